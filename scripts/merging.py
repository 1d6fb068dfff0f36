"""One tree of all source roots, for tools that know only one: made of links, so that an edit there is an edit here."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from locks import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOTS = ("guidelines", "labelstudio_configs", "validators", "cli")
NAMESPACE = "guidelint"


class MergeError(ValueError):
    """What stands in the way of one tree, and what to do about it."""


def main() -> None:
    """Link the tree into the folder that is named."""
    parser = argparse.ArgumentParser(
        prog="scripts/merged", description="Link all source roots into one tree, for tools that know only one."
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder that gets guidelint/")
    folder = parser.parse_args().folder
    try:
        linked = merge(packages(ROOT / root for root in ROOTS), folder / NAMESPACE)
    except MergeError as error:
        sys.exit(str(error))
    print(f"{folder / NAMESPACE}: {', '.join(linked)}")


def packages(roots: Iterable[Path]) -> dict[str, Path]:
    """Find what each source root holds of the namespace, by name; raises MergeError where two hold the same."""
    found: dict[str, Path] = {}
    for place in sorted(path for root in roots for path in (root / NAMESPACE).iterdir() if _is_package(path)):
        if place.name in found:
            raise MergeError(f"{place.name} stands in {found[place.name]} and in {place}: move one of the two")
        found[place.name] = place.resolve()
    return dict(sorted(found.items()))


def merge(wanted: Mapping[str, Path], tree: Path) -> list[str]:
    """Make a tree hold a link to each package and no other link; raises MergeError where something else is there."""
    tree.mkdir(parents=True, exist_ok=True)
    if others := sorted(path.name for path in tree.iterdir() if not path.is_symlink()):
        raise MergeError(f"{tree} holds {', '.join(others)}, which is no link: name another folder")
    for path in tree.iterdir():
        path.unlink()
    for name, place in wanted.items():
        (tree / name).symlink_to(place, target_is_directory=True)
    return list(wanted)


def _is_package(path: Path) -> bool:
    return path.is_dir() and path.name != "__pycache__"
