"""The files of exact versions with hashes, one for each layer of packages; standard library only.

All layers come from one resolution for every platform and Python that guidelint supports. A package stands in the first
layer that needs it, so `base`, `base` and `extras`, and so on, are each complete and agree with one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "locks"
SHIPPED = ROOT / "labelstudio_configs/guidelint/labelstudio/environment"
"""Where the locks stand that the demonstration needs from a wheel too."""
UV = SHIPPED / "uv.txt"
LABEL_STUDIO = SHIPPED / "label_studio.txt"
GROUPS = ("test", "lint", "peers")
ASKS = "# asks: "
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$")
_HEAD = """\
# Exact versions with hashes, made by scripts/lock: not edited by hand.
# {title}
"""


@dataclass(frozen=True)
class Layer:
    """A file of exact versions and the requirements that it answers."""

    path: Path
    title: str
    asks: tuple[str, ...]

    @property
    def name(self) -> str:
        """How scripts name the layer."""
        return self.path.stem


@dataclass(frozen=True)
class Pin:
    """One package in one version, as it stands in a lock: with its hashes and with who asks for it."""

    name: str
    version: str
    marker: str
    """Where it is needed, in the words of PEP 508; empty: everywhere."""
    text: str

    @property
    def asked_by(self) -> frozenset[str]:
        """The packages that need it."""
        words = (line.strip().removeprefix("#").strip() for line in self.text.splitlines() if line.startswith("    #"))
        return frozenset(normal(word.removeprefix("via ")) for word in words)


def normal(requirement: str) -> str:
    """Name the package of a requirement as the index normalises it (PEP 503)."""
    name = re.split(r"[\s\[<>=!~;@]", requirement.strip(), maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def layers(project: dict[str, Any]) -> tuple[Layer, ...]:
    """List the layers of a decoded pyproject.toml, each building on those before it."""
    name = normal(project["project"]["name"])
    extras = project["project"]["optional-dependencies"].values()
    optional = sorted({asked for extra in extras for asked in extra if normal(asked) != name})
    asked: dict[str, tuple[str, list[str]]] = {
        "build": ("What builds guidelint.", project["build-system"]["requires"]),
        "base": ("What `pip install guidelint` needs.", project["project"]["dependencies"]),
        "extras": ("What the extras need beyond `base`.", optional),
    }
    for group in GROUPS:
        asked[group] = (f"What the dependency group `{group}` needs beyond the others.", _group(project, group))
    return tuple(Layer(FOLDER / f"{key}.txt", title, tuple(asks)) for key, (title, asks) in asked.items())


def committed_layers() -> tuple[Layer, ...]:
    """List the layers that the project file asks for now."""
    import tomllib  # noqa: PLC0415 - a Python that is too old must come as far as being told so

    return layers(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))


def alone() -> tuple[Layer, ...]:
    """List the locks of environments that hold nothing of guidelint: Label Studio's, and uv that fills all of them."""
    text = (SHIPPED / "environment.py").read_text(encoding="utf-8")
    (release,) = re.findall(r'^LABEL_STUDIO_VERSION = "(.+)"$', text, re.MULTILINE)
    return (
        Layer(UV, "uv, which installs everything else.", ("uv",)),
        Layer(LABEL_STUDIO, "The environment of Label Studio itself.", ("setuptools", f"label-studio=={release}")),
    )


def pins(text: str) -> list[Pin]:
    """Read the pinned packages of a lock, in its order."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    heads = ((_PIN.match(block.split("\n", 1)[0]), block.rstrip() + "\n") for block in blocks)
    return [Pin(normal(pin["name"]), pin["version"], pin["marker"] or "", block) for pin, block in heads if pin]


def split(all_pins: list[Pin], into: tuple[Layer, ...]) -> list[list[Pin]]:
    """Put each package into the first layer that needs it, itself or through others."""
    taken: set[str] = set()
    parts: list[list[Pin]] = []
    for layer in into:
        needed = _closure(all_pins, {normal(asked) for asked in layer.asks}) - taken
        parts.append([pin for pin in all_pins if pin.name in needed])
        taken |= needed
    return parts


def write(layer: Layer, chosen: list[Pin]) -> None:
    """Write a lock with the requirements that it answers on top."""
    asks = "".join(f"{ASKS}{asked}\n" for asked in layer.asks)
    text = _HEAD.format(title=layer.title) + asks + "\n" + "".join(pin.text for pin in chosen)
    layer.path.write_text(text, encoding="utf-8")


def disagreements(layer: Layer) -> list[str]:
    """Say in words where a committed lock answers other requirements than are asked for now."""
    place = layer.path.relative_to(ROOT) if layer.path.is_relative_to(ROOT) else layer.path
    if not layer.path.exists():
        return [f"{place} is missing"]
    text = layer.path.read_text(encoding="utf-8")
    answered = {line.removeprefix(ASKS) for line in text.splitlines() if line.startswith(ASKS)}
    wanted = set(layer.asks)
    return [
        *(f"{place} does not answer {asked}" for asked in sorted(wanted - answered)),
        *(f"{place} answers {asked}, which nothing asks for" for asked in sorted(answered - wanted)),
    ]


def _group(project: dict[str, Any], name: str) -> list[str]:
    """List the requirements of a dependency group."""
    return list(project["dependency-groups"][name])


def _closure(all_pins: list[Pin], roots: set[str]) -> set[str]:
    """Name the packages that `roots` need, with themselves."""
    needed = {pin.name for pin in all_pins if pin.name in roots}
    while further := {pin.name for pin in all_pins if pin.name not in needed and pin.asked_by & needed}:
        needed |= further
    return needed
