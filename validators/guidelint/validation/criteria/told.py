"""Criteria in words, for annotators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.landmarks.distance import FROM_WHERE
from guidelint.validation.rule.wording import both, both_and_either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.criteria.criteria import AtOther, CountIs, Criteria, DistanceIs, QuadrantsAre
    from guidelint.validation.rule.condition import Condition
    from guidelint.validation.rule.names import Names


def criteria_told(criteria: Criteria, names: Names) -> str:
    """Say them in words that read on from "if"."""
    ways = ((criteria_told(one, names), len(tuple(_told(one, names))) + len(one.any_of) > 1) for one in criteria.any_of)
    return both_and_either(_told(criteria, names), ways)


def _told(criteria: Criteria, names: Names) -> Iterator[str]:
    if (condition := criteria.condition) is not None:
        yield from condition.told_each(names)
    if criteria.distance is not None:
        yield f"it lies {_distance(criteria.distance, names)}"
    if criteria.marked:
        yield f"any {names.kinds(criteria.marked)} is marked"
    for name, count in criteria.count.items():
        yield _count(name, count, names)
    for name, spread in criteria.quadrants.items():
        yield _quadrants(name, spread, names)
    for name, nearest in criteria.nearest.items():
        yield f"the nearest {names.class_(name)} lies {_distance(nearest, names)}"
    yield from _other_times(criteria, names)
    if criteria.not_ is not None:
        yield _not(criteria.not_, names)


def _not(criteria: Criteria, names: Names) -> str:
    if criteria.model_fields_set == {"marked"}:
        return f"no {names.kinds(criteria.marked)} is marked"
    return f"it is not so that {criteria_told(criteria, names)}"


def _other_times(criteria: Criteria, names: Names) -> Iterator[str]:
    if criteria.days_since_baseline is not None:
        yield f"it is {criteria.days_since_baseline.told('days')} since the first time point"
    if criteria.earlier is not None:
        yield _at_other(criteria.earlier, names, "earlier")
    if criteria.later is not None:
        yield _at_other(criteria.later, names, "later")
    if criteria.ever is not None:
        yield f"at any time point {criteria_told(criteria.ever, names)}"


def _at_other(wanted: AtOther, names: Names, way: str) -> str:
    """Say what holds before or after, and at which of those time points."""
    which = f"the {wanted.which}" if wanted.which in {"first", "last"} else wanted.which
    far = f"time point {wanted.days.told('days')} {way}" if wanted.days is not None else f"{way} time point"
    return f"at {which} {far} {criteria_told(wanted, names) if wanted.is_marked else 'it is not marked'}"


def _count(name: str, count: CountIs, names: Names) -> str:
    return f"the number of {names.class_(name)}{_where(count.where, names)} is {count.told()}"


def _quadrants(name: str, spread: QuadrantsAre, names: Names) -> str:
    each = f" (at least {spread.each} in each)" if spread.each > 1 else ""
    which = both(one.replace("-", " ") for one in spread.among) if spread.among else "four"
    of = f"{spread.told()} of the {which} quadrants about {names.class_(spread.about)}"
    return f"{names.class_(name)}{_where(spread.where, names)} lies in {of}{each}"


def _where(where: Condition | None, names: Names) -> str:
    return f" of which {where.told(names)}" if where is not None else ""


def _distance(wanted: DistanceIs, names: Names) -> str:
    measured_by = names.class_(wanted.diameter_of) if wanted.diameter_of else ""
    every = (
        (wanted.mm, "mm"),
        (wanted.px, "pixels"),
        (wanted.diagonal_fraction, "× the diagonal of the image"),
        (wanted.diameters, f"× the longest diameter of {measured_by}"),
    )
    limits = both(limits.told(unit) for limits, unit in every if limits is not None)
    return f"{limits} from {names.class_(wanted.to)}, {FROM_WHERE[wanted.from_where]}"
