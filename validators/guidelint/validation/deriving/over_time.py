"""The time points of a patient: what is contributed to each, and the number that follows at each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - contributions are read back from where they are kept
from itertools import pairwise
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.change import AtTime
from guidelint.validation.deriving.over_several import OverSeveral
from guidelint.validation.deriving.pieces import Contributing, Pieces
from guidelint.validation.rule.image_fact import NOT_SAID, remedy
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.subject import Subject
from guidelint.validation.scopes.study import no_study

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.question import Titles
    from guidelint.validation.rule.scope import Share

NO_DAY = remedy("Study Date (0008,0020)", "study_date")


@dataclass(frozen=True, slots=True)
class AtStudy:
    """What one submission contributes of one study."""

    day: date
    point: str
    """Time point, as those who run the study call it; empty: it has no name."""
    pieces: Pieces


def contributed_at(by: Derivation, share: Share, titles: Titles) -> Iterator[AtStudy]:
    """Take from the share of a patient what counts, study by study. Raises NotMeasurable where no day is known."""
    images = {image.study_uid: image for image in share.submission.images if image.patient == share.subject.name}
    for study, image in images.items():
        regions = tuple(one for one in share.regions if share.submission.image_of(one).study_uid == study)
        of_study = replace(share, subject=Subject("study", name=_study(image)), regions=regions)
        yield AtStudy(_day(image), image.time_point or "", Contributing(by, of_study, titles).pieces())


def _study(image: ImageFacts) -> str:
    if image.study_uid is None:
        raise NotMeasurable(no_study(image))
    return image.study_uid


def _day(image: ImageFacts) -> date:
    if image.study_date is None:
        raise NotMeasurable(f"the day of the study is not known: {NOT_SAID}; {NO_DAY}")
    return image.study_date


def numbers_over_time(by: Derivation, contributed: Sequence[AtStudy]) -> list[AtTime]:
    """Give the number at each time point, by their days; studies of one name, or of one day, count together.

    A time point at which nothing follows is left out. Raises NotMeasurable where that cannot be told.
    """
    points: dict[str, list[AtStudy]] = {}
    for one in sorted(contributed, key=lambda one: one.day):
        points.setdefault(one.point or one.day.isoformat(), []).append(one)
    return [*_numbers(by, points)]


def in_order(contributed: Sequence[AtStudy], listed: Sequence[str]) -> None:
    """Raise NotMeasurable where the days of time points tell another order than a guideline lists them in."""
    places = {name.casefold(): place for place, name in enumerate(listed)}
    known = [one for one in contributed if one.point.casefold() in places]
    for before, after in pairwise(sorted(known, key=lambda one: (places[one.point.casefold()], one.day))):
        if before.day > after.day:
            raise NotMeasurable(
                f"“{before.point}” is of {before.day} and “{after.point}” of {after.day}, though it comes later: "
                "correct the time point or the day in the task data"
            )


def _numbers(by: Derivation, points: Mapping[str, Sequence[AtStudy]]) -> Iterator[AtTime]:
    for point, studies in points.items():
        try:
            value = OverSeveral(by, [one.pieces for one in studies]).derived().value
        except LeftOpen:
            continue
        if isinstance(value, str):
            raise NotMeasurable("what it is the change of is no number")
        yield AtTime(point, value)
