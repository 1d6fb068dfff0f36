"""A Python that has guidelint and the distributions of chosen extras, and nothing else: an installation in small."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

import guidelint

ROOTS = "roots of guidelint"
"""Folder with a link to each part of the package: nothing that lies beside it may be seen."""


def site_of(folder: Path, *extras: str) -> Path:
    """Fill a folder with links to what `pip install 'guidelint[extras]'` would bring, from this environment."""
    for name in _closure("guidelint", frozenset(extras), {}):
        if name != "guidelint":
            _link(distribution(name), folder)
    _link_metadata(distribution("guidelint"), folder)
    for number, root in enumerate(guidelint.__path__):
        place = folder / ROOTS / str(number)
        place.mkdir(parents=True)
        (place / "guidelint").symlink_to(root)
    return folder


def run_in(site: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a Python that sees the folder and guidelint, and no other installed package."""
    paths = [str(site), *map(str, (site / ROOTS).iterdir())]
    program = f"import sys; sys.path[:0] = {paths!r}; from guidelint.cli.__main__ import main; main()"
    command = [sys.executable, "-I", "-S", "-c", program, *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GUIDELINT")} | variables
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603


def _closure(name: str, extras: frozenset[str], seen: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Names of a distribution and of all that it requires with these extras."""
    if extras <= seen.get(name, frozenset()) and name in seen:
        return seen
    seen[name] = seen.get(name, frozenset()) | extras
    for line in distribution(name).requires or ():
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras | {""}):
            _closure(wanted.name.lower(), frozenset(wanted.extras), seen)
    return seen


def _link(found: Distribution, folder: Path) -> None:
    """Link the top-level files and folders of a distribution, namespace packages folder by folder."""
    root = Path(str(found.locate_file("")))
    for file in found.files or ():
        if file.parts[0] != ".." and "__pycache__" not in file.parts:
            _link_path(root, file.parts, folder)


def _link_path(root: Path, parts: tuple[str, ...], folder: Path) -> None:
    place = folder.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.symlink_to(root.joinpath(*parts))


def _link_metadata(found: Distribution, folder: Path) -> None:
    for file in found.files or ():
        if ".dist-info" in file.parts[0]:
            _link_path(Path(str(found.locate_file(""))), file.parts, folder)
