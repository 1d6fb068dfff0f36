"""With which tool the small ones of a class are marked, and with which the large ones.

Points have no size. Where the small ones get points, it is seen only that nothing smaller is outlined.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import permutations
from typing import TYPE_CHECKING, Final, cast

from guidelint.annotation.tool import ENCLOSING, any_of
from guidelint.checking.observed.proposal import Outcome, Proposal
from guidelint.checking.observed.proposals import tools
from guidelint.checking.observed.proposals.sizes import Thing, floor_of, rounded_down, things_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.tool import Tool
    from guidelint.checking.observed.facts import Observed
    from guidelint.checking.observed.proposals.sizes import Unit

RULE: Final = "geometry-by-size"
_POINT: Final[Tool] = "keypoint"
_TWO: Final = 2


def propose(observed: Observed) -> Iterator[Proposal]:
    """Propose for each class that needs several tools the size at which one takes over from another."""
    for one in tools.propose(observed):
        key = one.path[1]
        drawn = cast("list[Tool]", one.value) if isinstance(one.value, list) else []
        areas: list[Tool] = [tool for tool in drawn if tool in ENCLOSING]
        if _POINT in drawn and areas:
            yield from _points_below(observed, key, areas)
        elif len(drawn) == len(areas) == _TWO:
            yield from _one_below_the_other(observed, key, areas)


def _points_below(observed: Observed, key: str, areas: list[Tool]) -> Iterator[Proposal]:
    """Propose points for what is smaller than whatever surely is outlined."""
    unit = unit_of(observed, key)

    def outcomes(observed: Observed) -> Iterator[Outcome]:
        return (_outcome(one, unit, holds=one.longest >= limit) for one in things_of(observed, key, unit))

    for limit in floor_of(things_of(observed, key, unit)):
        says = f"with a size are at least {limit:g} {unit} long; points have none, and may be what is smaller"
        of = _things_are(observed, key)
        yield Proposal(_path(key), _bands(f"below_{unit}", limit, [_POINT], areas), says, of, outcomes)


def _one_below_the_other(observed: Observed, key: str, areas: list[Tool]) -> Iterator[Proposal]:
    """Propose for both orders of two tools the size at which fewest are on the wrong side."""
    unit = unit_of(observed, key)
    every = things_of(observed, key, unit)
    sizes = {tool: sorted(one.longest for one in every if one.tool == tool) for tool in areas}
    for small, large in permutations(areas):
        limits = sorted({rounded_down(size) for size in sizes[large]} - {0.0})
        wrong = {at: _from(sizes[small], at) + len(sizes[large]) - _from(sizes[large], at) for at in limits}
        for limit in sorted(limits, key=lambda at: wrong[at])[:1]:
            yield _taking_over(observed, key, limit, (small, large))


def _from(ordered: Sequence[float], limit: float) -> int:
    """Count the sizes from a limit on."""
    return len(ordered) - bisect_left(ordered, limit)


def _taking_over(observed: Observed, key: str, limit: float, pair: tuple[Tool, Tool]) -> Proposal:
    unit, (small, large) = unit_of(observed, key), pair

    def outcomes(observed: Observed) -> Iterator[Outcome]:
        for one in things_of(observed, key, unit):
            yield _outcome(one, unit, holds=one.tool == (small if one.longest < limit else large))

    says = f"drawn as {any_of((small,))} below {limit:g} {unit}, and as {any_of((large,))} from there on"
    bands = _bands(f"below_{unit}", limit, [small], [large])
    return Proposal(_path(key), bands, says, _things_are(observed, key), outcomes)


def _outcome(one: Thing, unit: Unit, *, holds: bool) -> Outcome:
    return Outcome(f"{one.place} ({one.longest:.1f} {unit})", holds, one.group)


def _path(key: str) -> tuple[str, ...]:
    return ("classes", key, "rules", RULE, "bands")


def _bands(end: str, limit: float, small: list[Tool], large: list[Tool]) -> list[dict[str, object]]:
    return [{end: limit, "tools": small}, {"tools": large}]


def _things_are(observed: Observed, key: str) -> str:
    return "objects" if observed.classes[key].is_named else "regions"
