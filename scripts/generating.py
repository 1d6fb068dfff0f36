"""Files that follow from others: which of them are stale, and how they are brought up to date."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from locks import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

REMEDY = "Run scripts/generate and commit what it changes."


@dataclass(frozen=True)
class Derived:
    """Files that follow from others, by their path from the root of the project."""

    texts: Mapping[Path, str]
    folders: tuple[Path, ...] = ()
    """Folders that hold these files and no others."""


@dataclass(frozen=True, order=True)
class Stale:
    """A file that is not what it should be."""

    path: Path
    state: Literal["missing", "changed", "left over"]

    def __str__(self) -> str:
        return f"{self.path.as_posix()}: {self.state}"


def main(derived: Sequence[Derived], root: Path = ROOT) -> None:
    """Bring every derived file up to date, or end with 1 and the names of those that are stale."""
    parser = argparse.ArgumentParser(prog="scripts/generate", description="Make every derived file of the repository.")
    parser.add_argument("--check", action="store_true", help="write nothing; name what is stale and exit with 1")
    asked = parser.parse_args()
    found = stale(derived, root)
    for one in found:
        print(one)
    if asked.check and found:
        sys.exit(REMEDY)
    bring_up_to_date(found, derived, root)
    print(f"All {len(_texts(derived))} derived files are fresh")


def stale(derived: Sequence[Derived], root: Path) -> list[Stale]:
    """Find what is missing, what holds something else, and what is left over in a folder of derived files."""
    texts = _texts(derived)
    left_over = {path.relative_to(root) for path in _files(derived, root)} - texts.keys()
    return sorted([*(Stale(path, "left over") for path in left_over), *_departing(texts, root)])


def bring_up_to_date(found: Sequence[Stale], derived: Sequence[Derived], root: Path) -> None:
    """Write the files that are stale, and remove those that are left over."""
    texts = _texts(derived)
    for one in found:
        path = root / one.path
        if one.state == "left over":
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(texts[one.path].encode())


def _texts(derived: Sequence[Derived]) -> dict[Path, str]:
    return {path: text for one in derived for path, text in one.texts.items()}


def _departing(texts: Mapping[Path, str], root: Path) -> Iterator[Stale]:
    for path, text in texts.items():
        if not (root / path).is_file():
            yield Stale(path, "missing")
        elif (root / path).read_bytes() != text.encode():
            yield Stale(path, "changed")


def _files(derived: Sequence[Derived], root: Path) -> Iterator[Path]:
    for folder in (root / path for one in derived for path in one.folders):
        if folder.is_dir():
            yield from folder.iterdir()
