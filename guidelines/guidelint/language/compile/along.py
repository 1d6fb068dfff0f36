"""Along a path through a guideline: what stands there, for one name or for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, cast

from guidelint.language.compile.vocabulary import vocabulary_of

if TYPE_CHECKING:
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.language.form.guideline import Guideline

NAMES = "names"
EVERY = "*"
Bound = Mapping[str, tuple[str, ...]]
"""Part of a guideline → the names that ``*`` stands for there; a part that is not among them: for all."""


@dataclass(frozen=True)
class Ways:
    """The ways through a guideline, and through the names that a delivery may use under it."""

    guideline: Guideline

    @cached_property
    def names(self) -> Vocabulary:
        """Every name, made when a path asks for one."""
        return vocabulary_of(self.guideline)

    def at(self, path: str, bound: Bound) -> object:
        """Find what stands at a path; None where nothing does. Where ``*`` stands for several, names lead to values."""
        steps = _steps(path)
        first: object = self.names if steps[0] == NAMES else self.guideline
        return _along(first, steps, 1 if steps[0] == NAMES else 0, bound)

    def entries(self, part: str, bound: Bound) -> Mapping[str, object]:
        """List what a part holds by name, as many as are bound."""
        found = self.at(part, bound)
        entries = cast("Mapping[str, object]", found) if isinstance(found, Mapping) else {}
        wanted = bound.get(part)
        return entries if wanted is None else {name: entries[name] for name in wanted if name in entries}


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


@cache
def parted(path: str) -> tuple[str, str]:
    """Split a path at its first ``*``: the part of the guideline, and the way on; no part where there is none."""
    part, star, rest = path.removeprefix(f"{NAMES}.").partition(f".{EVERY}")
    return (part, rest.removeprefix(".")) if star else ("", path)


def _along(here: object, steps: tuple[str, ...], at: int, bound: Bound) -> object:
    """Go on from one of the steps."""
    while here is not None and at < len(steps):
        if steps[at] == EVERY:
            return _through(cast("Mapping[str, object]", here), steps, at, bound)
        here = _step(here, steps[at])
        at += 1
    return here


def _through(entries: Mapping[str, object], steps: tuple[str, ...], at: int, bound: Bound) -> object:
    """Go on from the step that stands for every name, or for those that are bound there."""
    names = bound.get(_part(steps, at))
    if names is not None and len(names) == 1:
        return _along(entries.get(names[0]), steps, at + 1, bound)
    wanted = entries if names is None else names
    found = {name: _along(entries.get(name), steps, at + 1, bound) for name in wanted}
    return {name: value for name, value in found.items() if value is not None}


@cache
def _part(steps: tuple[str, ...], at: int) -> str:
    """Name the part of the guideline before a step."""
    return ".".join(steps[1 if steps[0] == NAMES else 0 : at])


def _step(here: object, step: str) -> object:
    entries: Any = here
    return entries.get(step) if isinstance(here, dict) else getattr(here, step, None)
