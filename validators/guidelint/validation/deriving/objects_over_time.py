"""Objects over the time points of a patient: what is marked at each study, and each object at each time point."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date  # noqa: TC003 - contributions are read back from where they are kept
from typing import TYPE_CHECKING, Generic, TypeVar

from guidelint.annotation.each_once import each_once
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.criteria.course import NOT_KNOWN
from guidelint.validation.deriving.over_time import days_of, in_order, needs_baseline
from guidelint.validation.scopes.object import Mark
from guidelint.validation.scopes.study import no_study

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.scope import Share

M = TypeVar("M", bound=Mark)


@dataclass(frozen=True, slots=True)
class AtVisit(Generic[M]):
    """What one submission has of one study: nothing counts as well."""

    study: str
    day: date
    """Its day; the first of all where it is not known."""
    point: str
    """Time point, as those who run the study call it; empty: it has no name."""
    marks: tuple[M, ...]

    @property
    def called(self) -> str:
        """What people call the time point: by its name, its day, or its study."""
        return self.point or (self.day.isoformat() if self.day != NOT_KNOWN else self.study)


def marked_at(
    share: Share, classes: Collection[str], marking: Callable[[Region, Submission], M]
) -> Iterator[AtVisit[M]]:
    """Take from the share of a patient what is marked, study by study. Raises NotMeasurable where none is known."""
    submission = share.submission
    images = {image.study_uid: image for image in submission.images if image.patient == share.subject.name}
    marks: dict[str | None, list[M]] = defaultdict(list)
    for region in each_once(one for one in share.regions if one.class_name in classes):
        marks[submission.image_of(region).study_uid].append(marking(region, submission))
    for study, image in images.items():
        if study is None:
            raise NotMeasurable(no_study(image))
        yield AtVisit(study, image.study_date or NOT_KNOWN, image.time_point or "", tuple(marks[study]))


@dataclass(frozen=True, slots=True)
class ObjectsOverTime(Generic[M]):
    """What is marked at each time point, in their order; nothing where there is one time point alone."""

    points: Mapping[str, Sequence[M]]
    days: Mapping[str, date]
    """Time point → its day."""

    @property
    def nameless(self) -> tuple[M, ...]:
        """What cannot be followed, for want of an object name."""
        return tuple(mark for marks in self.points.values() for mark in marks if not mark.object_name)

    def each(self) -> Iterator[tuple[str, dict[str, list[M]]]]:
        """Give each object by its key, with what marks it at each time point."""
        objects: dict[str, dict[str, list[M]]] = {}
        for point, marks in self.points.items():
            for mark in marks:
                if mark.object_name:
                    objects.setdefault(mark.object_key, {at: [] for at in self.points})[point].append(mark)
        yield from objects.items()


def objects_over_time(contributed: Sequence[AtVisit[M]], listed: Sequence[str]) -> ObjectsOverTime[M]:
    """Put together what is marked at each time point: at studies of one name, or of one day.

    ``listed``: time points in the order that a guideline gives. Raises as ``needs_baseline`` and ``in_order`` do.
    """
    needs_baseline(contributed, listed)
    points: dict[str, list[M]] = {}
    if len({visit.called for visit in contributed}) > 1:
        for visit in in_order(contributed, listed):
            points.setdefault(visit.called, []).extend(visit.marks)
    return ObjectsOverTime(points, days_of(contributed))
