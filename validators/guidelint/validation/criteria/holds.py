"""Whether criteria hold, and by what: in words where they do, and as NotMeasurable where that cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.criteria.other_times import Others, holds_ever, lies_since_baseline
from guidelint.validation.landmarks.distance import DIAMETERS
from guidelint.validation.landmarks.quadrants import Quadrants
from guidelint.validation.rule.condition import image_is, is_one_of, lies_within, shown_size, size_limits, size_of
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.settled import same, settled
from guidelint.validation.rule.size import DIAGONAL, MM, PX
from guidelint.validation.rule.wording import both, measure

if TYPE_CHECKING:
    from guidelint.annotation.region import Region, Value
    from guidelint.validation.criteria.criteria import CountIs, Criteria, DistanceIs, HowMany, QuadrantsAre
    from guidelint.validation.criteria.seen import Seen
    from guidelint.validation.rule.condition import Between, Condition, ImageIs, Situation
    from guidelint.validation.rule.size import Unit

_Ask = Callable[[], str | None]
"""Gives the words for what holds; None: it does not. Raises NotMeasurable where that cannot be told."""


def because_of(criteria: Criteria, seen: Seen) -> str | None:
    """Say by what criteria hold; None: they do not. Raises NotMeasurable where that cannot be told."""
    return _all(_parts(criteria, seen))


def _all(parts: Iterable[_Ask]) -> str | None:
    """Say by what all hold: one that does not decides."""
    found = settled(parts, lambda because: because is None)
    held = [because for because in found if because is not None]
    return both(held) if len(held) == len(found) else None


def _any(parts: Iterable[_Ask]) -> str | None:
    """Say by what one holds: it decides."""
    found = settled(parts, lambda because: because is not None)
    return found[-1] if found else None


def _not(criteria: Criteria, seen: Seen) -> str | None:
    """Say by what they do not hold: what is answered instead, and what is not marked."""
    if because_of(criteria, seen) is not None:
        return None
    answers = {name: seen.itself.answers[name].said for name in criteria.questions if name in seen.itself.answers}
    said = (f"{seen.titles.question(name)} {_said(name, values, seen)}" for name, values in answers.items() if values)
    unmarked = (f"no {seen.titles.class_(name)}" for name in criteria.marked)
    return both((*said, *unmarked)) or "what must not be so is not"


def _said(question: str, values: Iterable[Value], seen: Seen) -> str:
    return both(seen.titles.option(question, value) for value in values)


def _parts(criteria: Criteria, seen: Seen) -> Iterator[_Ask]:
    yield from _of_whoever_is_asked(criteria, seen)
    if criteria.marked:
        yield partial(_is_marked, criteria.marked, seen)
    for name, count in criteria.count.items():
        yield partial(_counted, name, count, seen)
    for name, spread in criteria.quadrants.items():
        yield partial(_spread, name, spread, seen)
    for name, nearest in criteria.nearest.items():
        yield partial(_nearest, name, nearest, seen)
    yield from _of_other_times(criteria, seen)
    if criteria.any_of:
        yield partial(_any, [partial(because_of, one, seen) for one in criteria.any_of])
    if criteria.not_ is not None:
        yield partial(_not, criteria.not_, seen)


def _of_other_times(criteria: Criteria, seen: Seen) -> Iterator[_Ask]:
    if criteria.days_since_baseline is not None:
        yield partial(lies_since_baseline, criteria.days_since_baseline, seen)
    if criteria.earlier is not None:
        yield Others(criteria.earlier, seen, because_of, "earlier").holds
    if criteria.later is not None:
        yield Others(criteria.later, seen, because_of, "later").holds
    if criteria.ever is not None:
        yield partial(holds_ever, criteria.ever, seen, because_of)


def _of_whoever_is_asked(criteria: Criteria, seen: Seen) -> Iterator[_Ask]:
    for question, options in criteria.answer.items():
        yield partial(_answered, question, partial(is_one_of, question, options), seen)
    for question, limits in criteria.number.items():
        yield partial(_answered, question, partial(lies_within, question, limits), seen)
    for name, limits in size_limits(criteria.size):
        yield partial(_of_size, name, limits, seen)
    if criteria.image is not None:
        yield partial(_image_is, criteria.image, seen)
    if criteria.distance is not None:
        yield partial(_own_distance, criteria.distance, seen)


def _answered(question: str, holds: Callable[[Situation], bool], seen: Seen) -> str | None:
    if not holds(it := seen.itself):
        return None
    return f"{seen.titles.question(question)} {_said(question, it.answers[question].said, seen)}"


def _of_size(name: str, limits: Between, seen: Seen) -> str | None:
    return shown_size(name, seen.region) if limits.holds(size_of(name, seen.region)) else None


def _image_is(asked: ImageIs, seen: Seen) -> str | None:
    return "what is known of the image" if image_is(asked, seen.itself.image) else None


def _is_marked(classes: tuple[str, ...], seen: Seen) -> str | None:
    found = [f"{len(regions)} × {seen.titles.class_(name)}" for name in classes if (regions := seen.regions(name))]
    return both(found) if found else None


def _counted(name: str, count: CountIs, seen: Seen) -> str | None:
    sure, doubtful, unknown = _those(seen.regions(name), count.where, seen)
    why = _because_of(unknown, f"it depends on which count as such: {unknown}")
    holds = _decided(count, len(sure), len(sure) + doubtful, why)
    return f"{'at least ' if doubtful else ''}{len(sure)} × {seen.titles.class_(name)}" if holds else None


def _spread(name: str, wanted: QuadrantsAre, seen: Seen) -> str | None:
    sure, doubtful, unknown = _those(seen.regions(name), wanted.where, seen)
    towards = wanted.nasal_towards or ""
    quadrants = Quadrants(seen.submission, wanted.about, seen.titles.classes, wanted.among, towards)
    spread = quadrants.spread(sure, doubtful, wanted.each)
    why = f"it depends on the quadrants of {seen.titles.class_(name)}: {unknown or spread.unknown}"
    if not _decided(wanted, spread.fewest, spread.most, _because_of(unknown, why)):
        return None
    least = f"at least {wanted.each} " if wanted.each > 1 else ""
    count = f"{'at least ' if spread.fewest < spread.most else ''}{spread.fewest}"
    of = f" ({both(name.replace('-', ' ') for name in wanted.among)})" if wanted.among else ""
    each = "each of " if least else ""
    return f"{least}{seen.titles.class_(name)} in {each}{count} of {quadrants.count} quadrants{of}"


def _because_of(unknown: NotMeasurable | None, reason: str) -> NotMeasurable:
    """Give a reason: that something was left open where that is why."""
    return LeftOpen(reason) if isinstance(unknown, LeftOpen) else NotMeasurable(reason)


def _those(
    regions: tuple[Region, ...], where: Condition | None, seen: Seen
) -> tuple[list[Region], int, NotMeasurable | None]:
    """Pick the regions for which a condition holds; of how many that cannot be told, and why."""
    sure: list[Region] = []
    doubtful = 0
    unknown: NotMeasurable | None = None
    for region in regions:
        try:
            if where is None or where.holds(seen.of(region)):
                sure.append(region)
        except NotMeasurable as error:
            doubtful, unknown = doubtful + 1, unknown or _because_of(error, f"{region.title}: {error}")
    return sure, doubtful, unknown


def _decided(limits: HowMany, fewest: int, most: int, unknown: NotMeasurable) -> bool:
    """Whether a count that lies between two lies within limits."""
    return same(map(limits.holds, range(fewest, most + 1)), unknown)


def _own_distance(wanted: DistanceIs, seen: Seen) -> str | None:
    return _all(partial(_within, seen.region, limits, unit, wanted, seen) for limits, unit in _limits(wanted))


def _nearest(name: str, wanted: DistanceIs, seen: Seen) -> str | None:
    """Ask the nearest region: with upper limits alone, any region that is as near decides."""
    regions = seen.regions(name)
    return _all(partial(_nearest_within, regions, limits, unit, wanted, seen) for limits, unit in _limits(wanted))


def _nearest_within(
    regions: tuple[Region, ...], limits: Between, unit: Unit, wanted: DistanceIs, seen: Seen
) -> str | None:
    known: list[tuple[float, Region]] = []
    unknown: NotMeasurable | None = None
    for region in regions:
        try:
            known.append((_distance(region, unit, wanted, seen), region))
        except NotMeasurable as error:
            unknown = unknown or error
    distance, nearest = min(known, key=lambda one: one[0], default=(None, None))
    is_near = distance is not None and limits.holds(distance)
    has_lower_end = limits.at_least is not None or limits.above is not None
    if unknown is not None and (not is_near or has_lower_end):
        raise unknown
    return _told(nearest, distance, unit, wanted, seen) if is_near and nearest and distance is not None else None


def _within(region: Region, limits: Between, unit: Unit, wanted: DistanceIs, seen: Seen) -> str | None:
    distance = _distance(region, unit, wanted, seen)
    return _told(region, distance, unit, wanted, seen) if limits.holds(distance) else None


def _distance(region: Region, unit: Unit, wanted: DistanceIs, seen: Seen) -> float:
    return seen.distances.to(wanted.to, region, wanted.from_where, unit, wanted.diameter_of or "")


def _told(region: Region, distance: float, unit: Unit, wanted: DistanceIs, seen: Seen) -> str:
    shown = measure(round(unit.times * distance, 2), unit.sign)
    of = {
        DIAMETERS: f" the diameter of {seen.titles.class_(wanted.diameter_of or '')}",
        DIAGONAL: " of the image diagonal",
    }
    return f"{region.title} {shown}{of.get(unit, '')} from {seen.titles.class_(wanted.to)}"


def _limits(wanted: DistanceIs) -> Iterator[tuple[Between, Unit]]:
    every = ((wanted.mm, MM), (wanted.px, PX), (wanted.diagonal_fraction, DIAGONAL), (wanted.diameters, DIAMETERS))
    yield from ((limits, unit) for limits, unit in every if limits is not None)
