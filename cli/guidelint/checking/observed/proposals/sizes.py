"""Between which sizes the objects of a class lie."""

from __future__ import annotations

from itertools import takewhile
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, NamedTuple

from guidelint.checking.observed.cases import Cases
from guidelint.checking.observed.proposal import Outcome, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.annotation.tool import Tool
    from guidelint.checking.observed.facts import Observed

Unit = Literal["mm", "px"]
End = Literal["min", "max"]
_FINE = 10
"""Below this, limits are proposed in halves; from there on in whole numbers."""


class Thing(NamedTuple):
    """An object, by the slice on which it is largest."""

    longest: float
    place: str
    group: str
    tool: Tool

    def is_within(self, end: End, limit: float) -> bool:
        """Whether it lies within a limit."""
        return self.longest >= limit if end == "min" else self.longest <= limit


def propose(observed: Observed) -> Iterator[Proposal]:
    """Propose for each class the narrowest limits of the longest diameter that surely hold."""
    for key in observed.classes:
        unit = unit_of(observed, key)
        things = things_of(observed, key, unit)
        ceilings = sorted({_up(one.longest) for one in things}, reverse=True)
        for limit in floor_of(things):
            yield _limit(observed, key, unit, "min", limit)
        for limit in _narrowest(things, "max", ceilings):
            yield _limit(observed, key, unit, "max", limit)


def floor_of(things: Sequence[Thing]) -> list[float]:
    """Give the largest size that surely none is under, if there is one."""
    return _narrowest(things, "min", sorted({rounded_down(one.longest) for one in things} - {0}))


def _narrowest(things: Sequence[Thing], end: End, inwards: Iterable[float]) -> list[float]:
    """Take limits from the widest on as long as they surely hold, and give the last."""
    cases = Cases(one.group for one in things)
    inside = sorted(things, key=lambda one: one.longest, reverse=end == "min")

    def surely_holds(limit: float) -> bool:
        while inside and not inside[-1].is_within(end, limit):
            cases.depart(inside.pop().group)
        return cases.held().is_sure

    return list(takewhile(surely_holds, inwards))[-1:]


def unit_of(observed: Observed, key: str) -> Unit:
    """Use millimetres where the spacing of every region is known."""
    drawn = [one for one in observed.by_class[key] if one.longest_px is not None]
    return "mm" if drawn and all(one.longest_mm is not None for one in drawn) else "px"


def things_of(observed: Observed, key: str, unit: Unit) -> list[Thing]:
    """Give each object at the slice where it is largest."""
    largest: dict[str, Thing] = {}
    for one in observed.by_class[key]:
        size = one.longest_mm if unit == "mm" else one.longest_px
        if size is not None:
            thing = Thing(size, one.place, one.group, one.tool)
            largest[one.thing] = max(largest.get(one.thing, thing), thing)
    return list(largest.values())


def rounded_down(size: float) -> float:
    """Give the limit next below a size."""
    return floor(2 * size) / 2 if size < _FINE else floor(size)


def _up(size: float) -> float:
    return ceil(2 * size) / 2 if size < _FINE else ceil(size)


def _limit(observed: Observed, key: str, unit: Unit, end: End, limit: float) -> Proposal:
    def outcomes(observed: Observed) -> Iterator[Outcome]:
        for one in things_of(observed, key, unit):
            yield Outcome(f"{one.place} ({one.longest:.1f} {unit})", one.is_within(end, limit), one.group)

    words = "at least" if end == "min" else "at most"
    things = "objects" if observed.classes[key].is_named else "regions"
    path = ("classes", key, "rules", "diameter-limits", f"longest_{end}_{unit}")
    return Proposal(path, limit, f"{words} {limit:g} {unit} long", things, outcomes)
