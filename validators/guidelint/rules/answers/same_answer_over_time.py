"""The rule ``same-answer-over-time``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.each_once import each_once
from guidelint.annotation.region import option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.deriving.pieces import images_asked
from guidelint.validation.question import Asked, OptionTitles, titled
from guidelint.validation.rule.beside import Beside
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import CHOSEN, Classes, Concerned, QuestionOf
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both
from guidelint.validation.scopes.annotator import NO_ANNOTATOR
from guidelint.validation.scopes.object import NO_NAME, Mark, mark_of
from guidelint.validation.scopes.patient import ANSWERED_PATIENT
from guidelint.validation.time_point import time_point

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Value
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Share


@dataclass(frozen=True, slots=True)
class AnsweredThen:
    """What was answered of one object, or of an image, at one visit."""

    key: str
    """What tells the time point from others."""
    title: str
    """The time point for people."""
    day: str
    """Day of the study; empty: not known."""
    values: tuple[str, ...]
    """Options that were chosen."""
    mark: Mark | None = None
    """What marks the object; None: the image is asked."""

    @property
    def object(self) -> str:
        """What joins it with other visits."""
        return "" if self.mark is None else self.mark.object_key


def _read(
    side: str | None, at: str | None, *, name: str | None = "1", of: str = "lesion", by: str | None = "ann"
) -> Handed:
    """Hand in one image of a visit with an object, and what was answered of it."""
    answers: dict[str, Value | tuple[Value, ...]] = {} if side is None else {"side": side}
    image = ImageFacts(spacing=ONE_MM, patient="P-1", time_point=at)
    return Handed(
        draws=Drawn(text="#", class_name=of, object_name=name, answers=answers), task=f"{at}", image=image, annotator=by
    )


def _of_image(side: str, day: date) -> Handed:
    """Hand in one image of a visit, and what was answered of it."""
    image = ImageFacts(patient="P-1", study_uid=f"1.{9 - day.month}", study_date=day)
    return Handed(draws="", task=f"{day}", image=image, answers={"side": side}, annotator="ann")


_SIDE = {"attribute": "side", "classes": ["lesion"]}


class SameAnswerOverTime(GatheringRule[AnsweredThen]):
    """A question has the same answer at every time point at which it is answered.

    ## Why
    A lesion keeps its side, its organ and its part in the trial from visit to visit. Where it is left at baseline and
    right in week 8, either a slip was made or two lesions bear one name, and every change that was measured is wrong.

    ## How it is measured
    What bears one name and one class is one object, over all images of the patient that one annotator has read; all
    answers to the question about it must be the same, of several options the same set. What was left open is not
    compared, and neither is a time point at which the object is not marked. Of a question about the image the answers
    of all images of the patient are. Images of one time point are those with one name of it, Clinical Trial Time Point
    ID (0012,0050); where the task data do not tell it, each study is a time point.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026): target lesions are chosen at baseline, and the
    same ones are followed.
    """

    attribute: Annotated[str, QuestionOf(kinds=CHOSEN), From("attributes.*", "name")]
    """Key of the question."""
    title: Annotated[Words, Beside(), From("attributes.*.title", fills_in=True)] = ""
    """The question as annotators see it."""
    titles: OptionTitles = {}
    """The options as annotators see them: key → title."""
    classes: Annotated[Classes, Concerned(asked="attribute"), From("attributes.*.of", fills_in=True)] = ()
    """Classes whose regions are asked; none: the whole image is."""

    scope = ANSWERED_PATIENT
    contribution = AnsweredThen
    compares_time_points = True
    needs = frozenset({"answers", "object names", "separate objects"})
    says = {
        "differs": Says(
            "{question} is {answers}",
            "Correct the answer, or the name of the object.",
            "Have it looked at which of the answers is right, and whether it is one object.",
            of_first=True,
            of_absence=False,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self._asked(names, 'every')} is the same at each time point of a patient."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self._asked(names, 'any')} is not the same at each time point of a patient"

    def _asked(self, names: Names, which: str) -> str:
        classes = self.classes or names.concerned
        return names.question(self.attribute, self.title) + (f" of {which} {names.kinds(classes)}" if classes else "")

    def gather(self, share: Share) -> Iterator[Gathered[AnsweredThen]]:
        """Contribute what was answered at each time point."""
        submission = share.submission
        for one in () if self.classes else images_asked(share, self.attribute):
            for image in one.facts(submission):
                if image.patient == share.subject.name:
                    yield Gathered(self._answered(one, image))
        for region in each_once(one for one in share.regions if one.class_name in self.classes):
            asked = Asked.of(region, submission)
            yield Gathered(self._answered(asked, submission.image_of(region), mark_of(region, submission)))

    def _answered(self, one: Asked, image: ImageFacts, mark: Mark | None = None) -> AnsweredThen:
        key, title = time_point(image)
        values = tuple(sorted({option(value) for value in one.said(self.attribute)}))
        return AnsweredThen(key, title, str(image.study_date or ""), values, mark)

    def check_gathered(self, contributions: Sequence[Contributed[AnsweredThen]]) -> Iterator[Reply]:
        """Compare the answers about each object."""
        if None in {one.annotator for one in contributions}:
            raise NotMeasurable(NO_ANNOTATOR)
        visits = sorted((one.value for one in contributions), key=lambda visit: (visit.day, visit.key))
        if len({visit.key for visit in visits}) == 1:
            return
        marks = [visit.mark for visit in visits if visit.mark is not None]
        if nameless := tuple(mark for mark in marks if not mark.object_name):
            yield CannotTell(NO_NAME, nameless)
        objects: dict[str, list[AnsweredThen]] = defaultdict(list)
        for visit in visits:
            if visit.values and (visit.mark is None or visit.mark.object_name):
                objects[visit.object].append(visit)
        for about, answered in objects.items():
            yield from self._compared(about, answered)

    def _compared(self, about: str, answered: Sequence[AnsweredThen]) -> Iterator[Reply]:
        points: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for one in answered:
            points[one.values][one.title] = None
        if len(points) > 1:
            told = (
                f"{both(titled(value, self.titles) for value in values)} at {both(at)}" for values, at in points.items()
            )
            yield self.departs(
                "differs",
                *(one.mark for one in answered if one.mark is not None),
                about=about,
                question=self.title or self.attribute,
                answers=", and ".join(told),
            )

    cases = (
        Case("the same at both time points", _SIDE, (_read("left", "baseline"), _read("left", "week-8"))),
        Case(
            "another answer at one of three",
            {**_SIDE, "titles": {"left": "Left"}},
            (_read("left", "baseline"), _read("right", "week-8"), _read("left", "week-16")),
            finds="side is Left at baseline and week-16, and right at week-8",
        ),
        Case(
            "what was left open is not compared",
            {**_SIDE, "title": "Side"},
            (_read("left", "baseline"), _read(None, "week-8"), _read("left", "week-16")),
        ),
        Case(
            "under the title of the question",
            {**_SIDE, "title": "Side"},
            (_read("left", "baseline"), _read("right", "week-8")),
            finds="Side is left at baseline, and right at week-8",
        ),
        Case("other objects", _SIDE, (_read("left", "baseline"), _read("right", "week-8", name="2"))),
        Case("an object of another class", _SIDE, (_read("left", "baseline"), _read("right", "week-8", of="mass"))),
        Case(
            "about the image",
            {"attribute": "side"},
            (_of_image("left", date(2026, 3, 1)), _of_image("right", date(2026, 1, 1))),
            finds="side is right at study 1.8 of 2026-01-01, and left at study 1.6 of 2026-03-01",
        ),
        Case("one time point alone", _SIDE, (_read("left", "baseline", name=None),)),
        Case(
            "of what bears no name it cannot be told",
            _SIDE,
            (_read("left", "baseline", name=None), _read("left", "week-8")),
            cannot="name the object",
        ),
        Case(
            "at which time point it was is not known",
            _SIDE,
            (_read("left", None), _read("left", "week-8")),
            cannot="the time point of the image is not known",
        ),
        Case(
            "whose reading it is, is not known",
            _SIDE,
            (_read("left", "baseline", by=None), _read("right", "week-8", by=None)),
            cannot="the annotation does not say who made it",
        ),
    )
