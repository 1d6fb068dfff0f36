"""The packages of guidelint and their rooms, as the folders, their docstrings and their imports tell them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merging import NAMESPACE, ROOTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MARK = "__init__.py"


class NoPurposeError(ValueError):
    """A package or a room that does not say what it is for."""


@dataclass(frozen=True)
class Room:
    """A folder of a package."""

    name: str
    purpose: str
    rooms: tuple[str, ...]
    """Rooms inside it."""


@dataclass(frozen=True)
class Package:
    """A package: what it is for, what it holds and what it imports."""

    name: str
    root: str
    """Source root where it stands."""
    purpose: str
    rooms: tuple[Room, ...]
    files: tuple[str, ...]
    """Modules that stand beside the rooms."""
    imports: frozenset[str]
    """Packages that it imports."""
    between: Mapping[str, frozenset[str]]
    """Which of its rooms each of its rooms imports."""


def packages(root: Path) -> tuple[Package, ...]:
    """Read every package under the source roots of a project, by name."""
    folders = [place for one in ROOTS for place in _rooms(root / one / NAMESPACE)]
    return tuple(sorted((_package(folder) for folder in folders), key=lambda package: package.name))


def purpose(folder: Path) -> str:
    """Read the first line of a folder's docstring; raises NoPurposeError where there is none."""
    said = ast.get_docstring(ast.parse((folder / MARK).read_text(encoding="utf-8")))
    if not said:
        raise NoPurposeError(f"{folder / MARK} has no docstring: say there in one line what the folder is for")
    return said.partition("\n")[0].replace("``", "")


def imported(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Yield the parts of every name of the namespace that a source imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (tuple(name.split(".")[1:]) for name in names if name.startswith(f"{NAMESPACE}."))


def _package(folder: Path) -> Package:
    rooms = {place.name: _imported_in(place.rglob("*.py")) for place in _rooms(folder)}
    everything = _imported_in(folder.rglob("*.py"))
    return Package(
        name=folder.name,
        root=folder.parents[1].name,
        purpose=purpose(folder),
        rooms=tuple(_room(folder / name) for name in rooms),
        files=tuple(sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))),
        imports=frozenset(parts[0] for parts in everything) - {folder.name},
        between={name: _of_the_house(found, folder.name, rooms) - {name} for name, found in rooms.items()},
    )


def _room(folder: Path) -> Room:
    return Room(folder.name, purpose(folder), tuple(place.name for place in _rooms(folder)))


def _rooms(folder: Path) -> list[Path]:
    return sorted(place for place in folder.iterdir() if (place / MARK).is_file())


def _imported_in(files: Iterable[Path]) -> set[tuple[str, ...]]:
    return {parts for path in files for parts in imported(ast.parse(path.read_text(encoding="utf-8")))}


def _of_the_house(found: set[tuple[str, ...]], package: str, rooms: Iterable[str]) -> frozenset[str]:
    return frozenset(parts[1] for parts in found if len(parts) > 1 and parts[0] == package) & frozenset(rooms)
