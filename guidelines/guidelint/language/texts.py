"""Texts of the guidelines that come with the package, drafts among them, and of guidelines in files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from guidelint.language.text.decode import decode
from guidelint.language.text.parse import MAX_BYTES
from guidelint.language.text.suggest import did_you_mean

Version = tuple[int, int, int]
FINISHED = frozenset({"released", "retired"})
"""Where a guideline stands that nobody edits any more: a change of it is a new version beside it."""
_FILE = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.yaml")
_STATUS = re.compile(r"^status: *([a-z-]+)", re.MULTILINE)


class NoSuchGuidelineError(LookupError):
    """No guideline of that name, version or path; the message is for people."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A guideline that the library holds."""

    name: str
    version: Version
    text: str

    @property
    def label(self) -> str:
        """Name and version, e.g. ``lung-nodule-ct@1.0.0``."""
        return f"{self.name}@{'.'.join(str(number) for number in self.version)}"

    @property
    def status(self) -> str:
        """Where it stands in its life, e.g. ``draft``."""
        found = _STATUS.search(self.text)
        return found[1] if found else "draft"


def source(what: str) -> tuple[str, str]:
    """Text of a guideline and what to call its file. Raises NoSuchGuidelineError or GuidelineProblems."""
    if is_path(what):
        return _read(Path(what)), what
    name, _, wanted = what.partition("@")
    versions = [item for item in holdings() if item.name == name]
    if not versions:
        names = sorted({item.name for item in holdings()})
        raise NoSuchGuidelineError(f"there is no guideline `{name}`. {did_you_mean(name, names)}")
    chosen = versions if not wanted else [item for item in versions if item.label == what]
    if not chosen:
        known = ", ".join(item.label for item in versions)
        raise NoSuchGuidelineError(f"there is no version {wanted} of `{name}`; there is {known}")
    newest = max(chosen, key=lambda item: item.version)
    return newest.text, f"{newest.label}.yaml"


@cache
def holdings() -> tuple[Holding, ...]:
    """Every guideline of the library, by name and rising version."""
    found = [
        Holding(folder.name, (int(match[1]), int(match[2]), int(match[3])), file.read_text("utf-8"))
        for folder in files("guidelint").joinpath("library").iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if (match := _FILE.fullmatch(file.name))
    ]
    return tuple(sorted(found, key=lambda item: (item.name, item.version)))


def released() -> tuple[Holding, ...]:
    """Those of them that are released, by name and rising version."""
    return tuple(item for item in holdings() if item.status == "released")


def is_path(what: str) -> bool:
    """Whether it names a file, and no guideline of the library."""
    return what.lower().endswith((".yaml", ".yml")) or "/" in what or _is_file(what)


def folder_of(what: str) -> Path | None:
    """Folder of a guideline, where its pictures lie; None in a package that is not unpacked."""
    if is_path(what):
        return Path(what).parent
    place = files("guidelint").joinpath("library").joinpath(what.partition("@")[0])
    return place if isinstance(place, Path) else None


def _is_file(what: str) -> bool:
    """Whether it is a file under a name that no guideline of the library has: one with a full stop."""
    return "." in what.partition("@")[0] and Path(what).is_file()


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NoSuchGuidelineError(f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    return data.decode("utf-8", errors="replace") if len(data) > MAX_BYTES else decode(data, str(path))
