"""Install a wheel and the newest of all that pyproject.toml allows, run the unit tests, tell what moved and failed.

`python scripts/newest.py FOLDER WHEEL [PYTEST ARGUMENT…]`, by the Python to try, in the folder whose tests are run, so
that nothing but the wheel is tested; standard library only. The exit status is that of the tests. What others released
never turns a run red, for the locks are what is installed: whatever fails here, `.ci/run` tries again with the locks.
It is told, with the remedy, before it reaches a user.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from environment import created
from locks import UV, committed_layers, normal, pins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAYERS = ("base", "extras", "test")
VERSIONS = """
import json
from importlib.metadata import distributions
print(json.dumps({each.name: each.version for each in distributions()}))
"""
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)")


@dataclass(frozen=True)
class Tried:
    """What came of the tests with the newest packages."""

    status: int
    """Exit status of the tests, or of the installation that came before them."""
    output: str
    newest: Mapping[str, str]
    """Version of every installed package by its normalised name."""

    @property
    def failed(self) -> list[str]:
        """The tests that failed or could not be run."""
        return [found[1] for line in self.output.splitlines() if (found := _FAILED.match(line))]


def moved(locked: Mapping[str, Sequence[str]], newest: Mapping[str, str]) -> list[str]:
    """Name the packages whose newest version is in no lock: old → new."""
    return [
        f"{name} {' or '.join(locked[name])} → {newest[name]}"
        for name in sorted(locked.keys() & newest.keys())
        if newest[name] not in locked[name]
    ]


def report(tried: Tried, locked: Mapping[str, Sequence[str]], today: str) -> str:
    """Tell what moved, what failed and what to do."""
    new = sorted(tried.newest.keys() - locked.keys() - {"guidelint", "pip", "setuptools", "uv"})
    moves = moved(locked, tried.newest)
    lines = [
        *(f"moved: {move}" for move in moves),
        *(f"new: {name} {tried.newest[name]}" for name in new),
    ] or ["nothing moved: the locks hold the newest of everything"]
    if tried.status == 0:
        return "\n".join([*lines, "All unit tests pass with the newest packages." + _advice(moves)])
    first = tried.failed[:20] or tried.output.splitlines()[-20:]
    return "\n".join(
        [
            *lines,
            "WITH THE NEWEST PACKAGES THIS FAILS (red only if it does with the locks, which scripts install):",
            *(f"  {line}" for line in first),
            f"  … and {len(tried.failed) - len(first)} more" if len(tried.failed) > len(first) else "",
            "Remedy: mend it here; or, until it is mended there, bound the package that broke it in pyproject.toml",
            f'with the date and the reason, as in "{_example(moves)}",  # {today}: what broke',
            "and run scripts/lock.",
        ]
    )


def _advice(moves: Sequence[str]) -> str:
    return " To move the locks: scripts/lock --upgrade" if moves else ""


def _example(moves: Sequence[str]) -> str:
    """Show a bound below the first version that moved."""
    name, _, version = (moves[0] if moves else "name 1.0 → 2.0").partition(" ")
    return f"{name}<{version.rpartition(' ')[2]}"


def locked_versions() -> dict[str, list[str]]:
    """Read the versions of each package in the locks; more than one where Pythons differ."""
    versions: dict[str, list[str]] = {}
    for layer in committed_layers():
        if layer.name in ("build", *LAYERS):
            for pin in pins(layer.path.read_text(encoding="utf-8")):
                versions.setdefault(pin.name, []).append(pin.version)
    return versions


def attempt(folder: Path, wheel: Path, arguments: Sequence[str]) -> Tried:
    """Install the newest and a wheel into a fresh environment and run pytest with it."""
    python = created(folder) / "python"
    wanted = [asked for layer in committed_layers() if layer.name in LAYERS for asked in layer.asks]
    installer = _said([str(python), "-m", "pip", "--quiet", "install", "--require-hashes", "--requirement", str(UV)])
    uv = [str(python), "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    installed = _said([*uv, *wanted, str(wheel)]) if installer.returncode == 0 else installer
    if installed.returncode != 0:
        return Tried(installed.returncode, installed.stdout, {})
    tests = _said([str(python), "-m", "pytest", *arguments])
    versions: dict[str, str] = json.loads(_said([str(python), "-c", VERSIONS]).stdout)
    return Tried(tests.returncode, tests.stdout, {normal(name): version for name, version in versions.items()})


def _said(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    from datetime import UTC, datetime

    outcome = attempt(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
    print(outcome.output)
    print("\n──── the newest of everything that pyproject.toml allows ────")
    print(report(outcome, locked_versions(), datetime.now(tz=UTC).date().isoformat()))
    sys.exit(outcome.status)
