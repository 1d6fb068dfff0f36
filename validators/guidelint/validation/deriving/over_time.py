"""The time points of a patient: what is contributed to each, and how a number changed at each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - contributions are read back from where they are kept
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.criteria.course import NO_DAY, NOT_KNOWN
from guidelint.validation.deriving.change import AtTime, Change
from guidelint.validation.deriving.follows import Derived
from guidelint.validation.deriving.over_several import OverSeveral
from guidelint.validation.deriving.pieces import AREA, Pieces
from guidelint.validation.deriving.steps import shown_steps, step_of
from guidelint.validation.rule.image_fact import NOT_SAID
from guidelint.validation.rule.left_open import LeftOpen, NothingBefore, NotRead
from guidelint.validation.rule.subject import Subject
from guidelint.validation.rule.wording import both
from guidelint.validation.scopes.study import no_study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.derivation import ChangeOf, Derivation
    from guidelint.validation.deriving.follows import Follows
    from guidelint.validation.question import Titles
    from guidelint.validation.rule.scope import Share

FIRST: Final = "it is the first time point, and nothing is there to compare it with"


@dataclass(frozen=True, slots=True)
class AtStudy:
    """What one submission contributes of one study."""

    day: date
    """Its day; the first of all where it is not known."""
    point: str
    """Time point, as those who run the study call it; empty: it has no name."""
    pieces: Pieces

    @property
    def called(self) -> str:
        """What people call the time point: by its name, or its day."""
        return self.point or self.day.isoformat()


def contributed_at(share: Share, pieces_of: Callable[[Share], Pieces]) -> Iterator[AtStudy]:
    """Take from the share of a patient what counts, study by study. Raises NotMeasurable where no study is known."""
    images = {image.study_uid: image for image in share.submission.images if image.patient == share.subject.name}
    for study, image in images.items():
        regions = tuple(one for one in share.regions if share.submission.image_of(one).study_uid == study)
        of_study = replace(share, subject=Subject("study", name=_study(image)), regions=regions)
        yield AtStudy(image.study_date or NOT_KNOWN, image.time_point or "", pieces_of(of_study))


def _study(image: ImageFacts) -> str:
    if image.study_uid is None:
        raise NotMeasurable(no_study(image))
    return image.study_uid


def by_time_point(contributed: Sequence[AtStudy], listed: Sequence[str]) -> dict[str, list[Pieces]]:
    """Put together what counts at each time point, in their order: studies of one name, or of one day.

    ``listed``: time points in the order that a guideline gives. Raises as ``needs_baseline`` and ``in_order`` do.
    """
    needs_baseline(contributed, listed)
    points: dict[str, list[Pieces]] = {}
    for one in in_order(contributed, listed):
        points.setdefault(one.called, []).append(one.pieces)
    return points


def days_of(contributed: Sequence[Dated]) -> dict[str, date]:
    """Give the day of each time point, which is that of its first study."""
    days: dict[str, date] = {}
    for one in contributed:
        days[one.called] = min(one.day, days.get(one.called, one.day))
    return days


class Dated(Protocol):
    """Something of one study."""

    @property
    def day(self) -> date:
        """Day of the study."""
        ...

    @property
    def point(self) -> str:
        """Its time point by name; empty: it has none."""
        ...

    @property
    def called(self) -> str:
        """What people call the time point."""
        ...


D = TypeVar("D", bound=Dated)


def in_order(contributed: Sequence[D], listed: Sequence[str]) -> list[D]:
    """Order them by their days; where one of a listed time point has none, all by the list.

    Raises NotMeasurable where a day that it takes is not known, or days tell another order than the guideline.
    """
    places = {name.casefold(): place for place, name in enumerate(listed)}
    known = [one for one in contributed if one.point.casefold() in places]
    by_list = sorted(known, key=lambda one: (places[one.point.casefold()], one.day))
    for before, after in pairwise(one for one in by_list if one.day != NOT_KNOWN):
        if before.day > after.day:
            raise NotMeasurable(
                f"“{before.point}” is of {before.day} and “{after.point}” of {after.day}, though it comes later: "
                "correct the time point or the day in the task data"
            )
    if all(one.day != NOT_KNOWN for one in contributed):
        return sorted(contributed, key=lambda one: one.day)
    if len(known) < len(contributed):
        raise NotMeasurable(f"the day of the study is not known: {NOT_SAID}; {NO_DAY}")
    return by_list


def needs_baseline(contributed: Sequence[Dated], listed: Sequence[str]) -> None:
    """Ask for the first of the listed time points, with which all others are compared.

    One without a name may be it: that its name is missing is told of its image. Raises NotRead where it is not there.
    """
    points = {one.point.casefold(): one.point for one in contributed}
    if listed and points and not points.keys() & {"", listed[0].casefold()}:
        raise NotRead(
            f"“{listed[0]}” is not among what this annotator has read of the patient ({both(points.values())}), and "
            "everything later is compared with it; deliver it, or where somebody else has read it, have one annotator "
            "read all time points of the patient"
        )


def changes(by: ChangeOf, points: Mapping[str, Sequence[Pieces]], titles: Titles) -> Iterator[Follows]:
    """Give at each time point what follows from the change, or why nothing does; at the first nothing ever does.

    A time point whose number cannot be told leaves all later ones untold. One at which it does not follow, since a
    question was left open, has the answer that the guideline names; without a baseline all later ones have it. Where it
    names none, the time point is left out, and the next may be the baseline. So it is where an object is not asked for
    what it counts at other time points; but where what is known decides, that follows.
    """
    counted = {(piece.part, piece.of) for each in points.values() for one in each for piece in one.pieces if piece.of}
    before: list[AtTime] = []
    stays: Follows | None = None
    for position, (point, pieces) in enumerate(points.items()):
        now = _number(by.derivation, point, pieces, counted)
        if isinstance(now, AtTime) and now.lacks:
            if before and not stays and (sure := _change(by, now, before, titles).surely(by.bands)):
                yield sure
                continue
            now = LeftOpen(now.lacks)
        if isinstance(now, AtTime):
            yield stays or _changed(by, now, before, titles)
            before.append(now)
            continue
        is_open = isinstance(now, LeftOpen)
        follows = Derived(by.left_open, str(now)) if is_open and by.left_open else now
        if stays is None and not (is_open and (before or not by.left_open)):
            stays = follows
        yield NothingBefore(FIRST) if is_open and not position else stays or follows


def _number(
    by: Derivation, point: str, pieces: Sequence[Pieces], counted: AbstractSet[tuple[int, str]]
) -> AtTime | NotMeasurable:
    lacks = _lacks(pieces, counted)
    over = OverSeveral(by, [replace(one, left_open="") for one in pieces])
    try:
        value = over.derived().value
    except LeftOpen as error:
        return LeftOpen(lacks or str(error))
    except NotMeasurable as error:
        return error
    if lacks and (by.per_mm2_of or by.take == "smallest" or any(piece.value < 0 for piece in over.pieces)):
        return LeftOpen(lacks)  # what is not known need not add to it
    number = step_of(value, by.steps)
    if number is None:
        return NotMeasurable("what it is the change of is no number")
    of_classes: dict[str, float] = {}
    for piece in over.pieces:
        if piece.class_name and piece.part != AREA:
            of_classes[piece.class_name] = max(piece.value, of_classes.get(piece.class_name, piece.value))
    return AtTime(point, number, of_classes, lacks)


def _lacks(pieces: Sequence[Pieces], counted: AbstractSet[tuple[int, str]]) -> str:
    """Say which question was left open, or is not asked of an object that counts at another time point."""
    here = {(piece.part, piece.of) for one in pieces for piece in one.pieces}
    unasked = (lack.words for one in pieces for lack in one.unasked if (lack.part, lack.of) in counted - here)
    return next((one.left_open for one in pieces if one.left_open), "") or next(unasked, "")


def _change(by: ChangeOf, now: AtTime, before: Sequence[AtTime], titles: Titles) -> Change:
    shown = shown_steps(by.question, by.derivation.steps, titles)
    return Change(now, tuple(before), by.derivation.unit, titles.question(by.question), shown)


def _changed(by: ChangeOf, now: AtTime, before: Sequence[AtTime], titles: Titles) -> Follows:
    if not before:
        return NothingBefore(FIRST)
    try:
        return _change(by, now, before, titles).derived(by.bands)
    except NotMeasurable as error:
        return error
