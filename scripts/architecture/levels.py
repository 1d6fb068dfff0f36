"""What imports what, from top to bottom."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    Imports = Mapping[str, AbstractSet[str]]


class CircleError(ValueError):
    """Names that import one another: there is no top and no bottom."""


def as_low_as_possible(imports: Imports) -> list[list[str]]:
    """Put names on levels, the highest first: each stands just above what it imports."""
    return _rounds(imports)[::-1]


def as_high_as_possible(imports: Imports) -> list[list[str]]:
    """Put names on levels, the highest first: each stands just below those that import it."""
    return _rounds({name: {other for other in imports if name in imports[other]} for name in imports})


def _rounds(waits_for: Imports) -> list[list[str]]:
    sorter = TopologicalSorter(waits_for)
    try:
        sorter.prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        raise CircleError(f"{', '.join(sorted(set(circle)))} import one another: cut the circle") from error
    found: list[list[str]] = []
    while ready := sorter.get_ready():
        found.append(sorted(ready))
        sorter.done(*ready)
    return found


def direct(imports: Imports) -> list[tuple[str, str]]:
    """List the imports that do not follow from others: a picture of all of them would be a tangle."""
    return [
        (name, below)
        for name in sorted(imports)
        for below in sorted(imports[name])
        if not any(below in reached(imports, other) for other in imports[name])
    ]


def reached(imports: Imports, name: str) -> set[str]:
    """Name all that a name imports, by itself or through others."""
    found: set[str] = set()
    todo = list(imports.get(name, ()))
    while todo:
        if (one := todo.pop()) not in found:
            found.add(one)
            todo += imports.get(one, ())
    return found
