"""How alike readers apply every rule, limit and route of a guideline, on work that several of them did."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from guidelint.checking.reliability.judged import JudgedReadings
from guidelint.statistics.intervals import FEWEST
from guidelint.statistics.same_verdict import ReadTwice, flips, same_verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.annotation.submission import Submission
    from guidelint.checking.reliability.judged import Image
    from guidelint.checking.reliability.readings import SameObject
    from guidelint.statistics.same_verdict import Ranged, SameVerdict
    from guidelint.validation.judging.plan import Check, Plan

WITHIN_MM: Final = 1.5
"""So near a limit a pair of readings lies in its band, where the limit is in mm: their mean is within it."""
_SMALLEST_DETECTABLE: Final = 1.96
_ALIKE: Final = 4
"""Readers differ more on larger things: their differences are taken of objects whose mean is half to twice the limit,
so that their sum is up to so many times it."""
Judged = Literal["objects", "images"]
_TwoImages = tuple[tuple[str, str], tuple[str, str]]
"""Task and annotation of two readers of one task."""


@dataclass(frozen=True, slots=True)
class OfRule:
    """How alike readers apply one rule, criterion or route."""

    what: str
    """Where the guideline asks for it, in words."""
    clause: str
    judged: Judged
    same: SameVerdict
    untold: int
    """Pairs in which one of the two could not be evaluated; they are left out."""


@dataclass(frozen=True, slots=True)
class OfLimit:
    """How a limit parts what readers measure of the same objects."""

    what: str
    clause: str
    parameter: str
    value: float
    unit: str
    pairs: int
    """Pairs of readings of which both are measured."""
    differ_by: float | None
    """Smallest detectable change of objects about as large as the limit: what two readers measure of one differs by
    less in 95 % of pairs (1.96 √2 SEM, the standard error of measurement). None of fewer than ten pairs."""
    within: float
    near: int
    """Pairs whose mean lies so near the limit."""
    flips: Ranged | None
    """Share of those in which one reader is on this side of the limit and the other on that."""

    @property
    def is_within_error(self) -> bool:
        """Whether the limit lies inside its own measurement error: readers differ by more than it is."""
        return self.differ_by is not None and self.differ_by >= self.value


@dataclass(frozen=True, slots=True)
class Reliability:
    """What came out."""

    guideline: str
    readers: int
    objects: int
    """Objects that two readers or more marked."""
    object_pairs: int
    image_pairs: int
    """Pairs of readers of one task."""
    left_out: int
    """Regions that enclose nothing, such as points: whether two are the same cannot be told."""
    rules: tuple[OfRule, ...]
    routes: tuple[OfRule, ...]
    never: tuple[str, ...]
    """Rules from which nothing departs, in words: nothing can be said of them."""
    limits: tuple[OfLimit, ...]
    alone: int = 0
    """Objects that only one reader marked: with nobody's to compare, they count in no agreement."""
    unread: int = 0
    """Records that could not be read."""


def reliability(plan: Plan, submissions: Iterable[Submission], within_mm: float = WITHIN_MM) -> Reliability:
    """Tell how alike readers apply a guideline. Raises ReliabilityError."""
    judged = JudgedReadings.of(plan, submissions)
    pairs = judged.readings.same_objects()
    images = [pair for by_reader in judged.images.values() for pair in combinations(_by_reader(by_reader), 2)]
    told = [(check, _of_check(judged, check, pairs, images)) for check in judged.plan.checks]
    return Reliability(
        guideline=str(plan.guideline),
        readers=len({reader for by_reader in judged.images.values() for reader in by_reader}),
        objects=len({pair.one.unit for pair in pairs}),
        object_pairs=len(pairs),
        image_pairs=len(images),
        left_out=judged.readings.left_out,
        alone=judged.readings.alone,
        rules=tuple(one for _, one in told if one is not None and one.same.yes > 0),
        routes=tuple(_of_routes(judged, pairs, images)),
        never=tuple(_called(check) for check, one in told if one is None or one.same.yes == 0),
        limits=tuple(_of_limits(judged, pairs, within_mm)),
    )


def _of_check(
    judged: JudgedReadings, check: Check, pairs: Sequence[SameObject], images: Sequence[_TwoImages]
) -> OfRule | None:
    """Compare the verdicts under one check; None where nothing is judged by it."""
    return _of_checks(judged, (check,), (_called(check), check.clause), pairs, images)


def _of_routes(judged: JudgedReadings, pairs: Sequence[SameObject], images: Sequence[_TwoImages]) -> Iterator[OfRule]:
    """Compare whether something goes to a route, by whichever criterion."""
    for route in judged.plan.routes:
        checks = tuple(check for check in judged.plan.checks if check.escalates_to == route)
        named = (f"to {route}", f"escalation.routes.{route}")
        told = _of_checks(judged, checks, named, pairs, images) if checks else None
        if told is not None and told.same.yes > 0:
            yield told


def _of_checks(
    judged: JudgedReadings,
    checks: Sequence[Check],
    named: tuple[str, str],
    pairs: Sequence[SameObject],
    images: Sequence[_TwoImages],
) -> OfRule | None:
    """Compare the verdicts under several checks taken together: of objects, or of images where one looks at those."""
    asked = [_classes_asked(judged, check) for check in checks]
    if all(classes is not None for classes in asked):
        classes = frozenset().union(*(one for one in asked if one is not None))
        of_class = (pair for pair in pairs if pair.one.class_name in classes)
        read = [
            (f"{pair.one.unit}", judged.any_says(checks, pair.one), judged.any_says(checks, pair.other))
            for pair in of_class
        ]
        kind: Judged = "objects"
    else:
        read = [
            (one[0], judged.any_says_of_image(checks, one), judged.any_says_of_image(checks, other))
            for one, other in images
        ]
        kind = "images"
    told = [ReadTwice(unit, one, other) for unit, one, other in read if one is not None and other is not None]
    same = same_verdict(told)
    return None if same is None else OfRule(*named, kind, same, len(read) - len(told))


def _classes_asked(judged: JudgedReadings, check: Check) -> frozenset[str] | None:
    """Name the classes whose objects a check judges; None: it judges images, or everything on them together."""
    if check.classes is not None:
        return check.classes - check.but_for
    of_check = judged.found[check.clause]
    if not check.rule.scope.of_regions and not (of_check.departs | of_check.untold):
        return None
    return frozenset(judged.plan.vocabulary.classes) - check.but_for


def _of_limits(judged: JudgedReadings, pairs: Sequence[SameObject], within_mm: float) -> Iterator[OfLimit]:
    for limit in judged.limits:
        told = judged.found[limit.moved.clause]
        values = [(pair.one.unit, judged.value(limit, pair.one), judged.value(limit, pair.other)) for pair in pairs]
        measured = [(unit, one, other) for unit, one, other in values if one is not None and other is not None]
        if measured and told.limit is not None:
            at = limit.value * told.limit / limit.moved_to
            alike = [one - other for _, one, other in measured if at <= one + other <= _ALIKE * at]
            differ_by = _differ_by(alike)
            within = within_mm if told.unit == "mm" else (differ_by or 0.0) / 2
            near = [
                ReadTwice(str(which), one < at, other < at)
                for which, one, other in measured
                if abs((one + other) / 2 - at) <= within
            ]
            yield OfLimit(
                what=_called(limit.check),
                clause=limit.check.clause,
                parameter=limit.parameter,
                value=at,
                unit=told.unit,
                pairs=len(measured),
                differ_by=differ_by,
                within=within,
                near=len(near),
                flips=flips(near),
            )


def _differ_by(differences: Sequence[float]) -> float | None:
    """Smallest detectable change: 1.96 √2 SEM is 1.96 of the root mean square of what two readers differ by."""
    if len(differences) < FEWEST:
        return None
    return _SMALLEST_DETECTABLE * float(np.sqrt(np.mean(np.square(differences))))


def _by_reader(by_reader: Mapping[str, Image]) -> list[Image]:
    return [image for _, image in sorted(by_reader.items())]


def _called(check: Check) -> str:
    return check.heading or check.clause
