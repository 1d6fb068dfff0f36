"""Criteria as alternatives, to be compared with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.allowed import allowed
from guidelint.language.lint.conditions.alternatives import (
    MOST,
    NOTHING_SAID,
    Alternative,
    all_of,
    alternatives,
    contrary,
    each_with,
    marks,
    meet,
)
from guidelint.language.lint.numbers.interval import Interval, interval_between, interval_of
from guidelint.validation.landmarks.quadrants import QUADRANTS
from guidelint.validation.rule.condition import Between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.draft import Draft
    from guidelint.validation.criteria.criteria import CountIs, Criteria, DistanceIs, QuadrantsAre

_ENDS = set(Between.model_fields)
_OTHER_TIMES = ("days_since_baseline", "earlier", "later", "ever")
_SOME, _NONE = Interval(low=1), Interval(low=0, high=0)


def ways_of(criteria: Criteria, written: WrittenBody) -> list[Alternative]:
    """List the alternatives under which criteria hold, each with what it says of everything that it depends on."""
    found: list[Alternative] = alternatives(criteria.condition, written)
    for part in _parts(criteria):
        found = [meet(one, part) for one in found]
    if criteria.marked:
        found = [meet(one, {marks(name): _SOME}) for one in found for name in criteria.marked]
    if criteria.any_of:
        branches = [way for branch in criteria.any_of for way in ways_of(branch, written)]
        found = [meet(one, branch) for one in found for branch in branches]
    if criteria.not_ is not None:
        found = each_with(found[:MOST], _contrary(criteria.not_, written))
    return found[:MOST]


def _contrary(criteria: Criteria, written: WrittenBody) -> list[Alternative]:
    """List the alternatives under which criteria do not hold: one part of them, at least, does not.

    Of quadrants, distances and other time points, and of counts of which not all count, nothing is said.
    """
    found = contrary(criteria.condition, written) if criteria.condition is not None else []
    if criteria.marked:
        found.append({marks(name): _NONE for name in criteria.marked})
    for name, count in criteria.count.items():
        found += [NOTHING_SAID] if count.where else [{marks(name): beyond} for beyond in _limited(count).beyond]
    if criteria.own & {"quadrants", "nearest", "distance", *_OTHER_TIMES}:
        found.append(NOTHING_SAID)
    if criteria.any_of:
        found += all_of(_contrary(branch, written) for branch in criteria.any_of)
    return found + (ways_of(criteria.not_, written) if criteria.not_ is not None else [])


def everything(draft: Draft) -> Alternative:
    """Say of everything that the guideline limits what it may be, numbers of regions among it."""
    return draft.once(_everything)


def _everything(draft: Draft) -> Alternative:
    counts = {name: part.count for name, part in draft.written.classes.items() if part.count is not None}
    limits = {marks(name): interval_between(count.min or 0, count.max) for name, count in counts.items()}
    return {**allowed(draft), **limits}


def _parts(criteria: Criteria) -> Iterator[Alternative]:
    for name, count in criteria.count.items():
        yield _of_count(name, count)
    for name, spread in criteria.quadrants.items():
        yield from _of_quadrants(name, spread)
    for key in _OTHER_TIMES:
        if (asked := getattr(criteria, key)) is not None:
            yield {("time point", f"{key} {asked}"): _SOME}
    for name, nearest in criteria.nearest.items():
        yield {marks(name): _SOME}
        yield _of_distance(name, nearest)
    if criteria.distance is not None:
        yield _of_distance("", criteria.distance)


def _limited(limits: CountIs | QuadrantsAre) -> Interval:
    return interval_of(limits) if limits.is_limited else _SOME


def _of_count(name: str, count: CountIs) -> Alternative:
    """Say how many there are; where not all count, of all only how many there are at least."""
    limits = _limited(count).meet(Interval(low=0))
    if count.where is None:
        return {marks(name): limits}
    return {("count", f"{name} where {count.where}"): limits, marks(name): Interval(low=limits.low)}


def _of_quadrants(name: str, spread: QuadrantsAre) -> Iterator[Alternative]:
    """Say in how many quadrants they are, and with it how many there are at least."""
    limits = _limited(spread).meet(Interval(0, QUADRANTS))
    yield {("quadrants", f"{name} {spread.model_dump(exclude=_ENDS)}"): limits}
    yield {marks(name): Interval(low=max(0, limits.low) * spread.each)}


def _of_distance(name: str, wanted: DistanceIs) -> Alternative:
    beside = f"{name} {wanted.to} {wanted.from_where} {wanted.diameter_of}"
    limits = {key: getattr(wanted, key) for key in ("mm", "px", "diagonal_fraction", "diameters")}
    return {("distance", f"{beside} {key}"): interval_of(one) for key, one in limits.items() if one is not None}
