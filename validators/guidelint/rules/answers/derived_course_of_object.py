"""The rule ``derived-course-of-object``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.criteria.course import Course, TimePoint
from guidelint.validation.derivation import Derivation
from guidelint.validation.deriving.derives import derived
from guidelint.validation.deriving.given import Given
from guidelint.validation.deriving.objects_over_time import AtVisit, marked_at, objects_over_time
from guidelint.validation.follows_from import FollowsFrom
from guidelint.validation.question import Asked
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.wording import both
from guidelint.validation.scopes.object import NO_NAME, Mark, mark_of
from guidelint.validation.told_of_several import AT_TIME_POINT, ListedTimePoints, ToldOfSeveral, says_what_follows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.annotation.region import Region, Value
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Share

_GIVEN = "`derive: {first_of: …}` of a question of regions that asks for other time points"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredThen(Mark):
    """What marks an object on one image, and what was answered of it there."""

    answers: dict[str, tuple[str | float, ...]]
    """Question → answers; nothing where it is asked and left open; a question that is not asked is not there."""


_NEW: dict[str, Any] = {
    "attribute": "course",
    "classes": ["lesion"],
    "derivation": {
        "how": "first-of",
        "terms": [{"question": "state", "of": ["lesion"]}],
        "first_of": [
            {"option": "new", "criteria": {"earlier": {"which": "every", "is_marked": False}}},
            {
                "option": "back",
                "criteria": {
                    "any_of": [
                        {"earlier": {"which": "last", "answer": {"state": ["gone"]}}, "answer": {"state": ["there"]}},
                        {"earlier": {"is_marked": False, "days": {"at_least": 20.0}}},
                    ]
                },
            },
            {"option": "same"},
        ],
    },
}
_REQUIRED: dict[str, Any] = {
    **_NEW,
    "derivation": {
        **_NEW["derivation"],
        "terms": [{"question": "state", "of": ["lesion"], "required": True}],
        "first_of": [
            *_NEW["derivation"]["first_of"][:2],
            {"option": "same", "criteria": {"answer": {"state": ["there"]}}},
        ],
    },
}


def _read(
    month: int,
    *states: str | None,
    name: str | None = "1",
    of: str = "lesion",
    study: str | None = "",
    point: str | None = None,
    by: str | None = "ann",
    task: str = "",
) -> Handed:
    """Hand in an image of a visit with a region of one object for each state; None: it was left open."""
    uid = f"1.{month}" if study == "" else study
    image = ImageFacts(spacing=ONE_MM, patient="P-1", study_uid=uid, study_date=date(2026, month, 1), time_point=point)
    drawn = tuple(_lesion(state, name, of) for state in states)
    return Handed(draws=drawn, task=task or f"{month}", image=image, annotator=by)


def _lesion(state: str | None, name: str | None, of: str) -> Drawn:
    answers: dict[str, Value | tuple[Value, ...]] = {} if state is None else {"state": state}
    return Drawn(text="#", class_name=of, object_name=name, answers=answers)


class DerivedCourseOfObject(ToldOfSeveral[AtVisit[AnsweredThen]]):
    """An answer that follows from what one object was at other time points of a patient is told.

    ## Why
    A lesion that was not there before, or that was gone and is there again, is what a follow-up looks for. At the
    visit alone nobody sees it, and by memory the one of three visits ago is forgotten.

    ## How it is measured
    What bears one name and one class is one object, over all images of the patient that one annotator has read. At each
    time point but the first of the patient at which it is marked, the first option counts whose criteria hold: by what
    was answered of the object there, and at the time points before (`earlier:`) and after (`later:`). With
    `is_marked: false` they ask that it is not marked there, on any image; time points at which it is not marked do
    not count otherwise. Answers of all its images at one time point count. Studies of one time point, or of one day
    (Study Date (0008,0020)), count together, in the order of their days. Where the guideline lists its time points
    (`images: time_points:`), nothing can be told where the first of them is not among what the annotator has read, or
    where the days tell another order. Where there are several time points, a region without an object name cannot be
    followed.

    Nobody enters the value: it is told once all tasks of the patient are in, and decides nothing, unless an escalation
    names it (`answer-escalates`). Where nothing follows, a note says why. Where an escalation names it, the patient is
    then not accepted: whether it escalates is not known.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026), section 4.3.5: a new lesion is progression,
    and so is one that comes back after a complete response.
    """

    derivation: Annotated[Derivation, From("attributes.*.course_of_object", given=_GIVEN, fills_in=True)] = Derivation(
        how="first-of"
    )
    """How it follows."""
    classes: Annotated[Classes, Concerned(asked="attribute"), From("attributes.*.of", fills_in=True)] = ()
    """Classes whose objects are followed."""
    time_points: ListedTimePoints = ()
    """Time points in the order in which they come; none: as their days tell."""

    contribution = AtVisit[AnsweredThen]
    compares_time_points = True
    follows = "attributes.*.course_of_object"
    needs = frozenset({"answers", "object names", "separate objects"})
    says = says_what_follows(AT_TIME_POINT, of_first=True)

    def told_of(self, names: Names) -> str:
        """Name the question, and of what it is told."""
        asked = names.question(self.attribute, self.title)
        return f"{asked} of any {names.kinds(self.classes or names.concerned)} at a time point of a patient"

    def told_sources(self, names: Names) -> str:
        """Name to annotators from what it follows."""
        asked = both(names.question(term.question) for term in self.derivation.terms)
        return f"{f'{asked} and ' if asked else ''}where it is marked at other time points"

    def gather(self, share: Share) -> Iterator[Gathered[AtVisit[AnsweredThen]]]:
        """Contribute what is marked at each study, and what was answered of it."""
        yield from map(Gathered, marked_at(share, self.classes, self._marked))

    def _marked(self, region: Region, submission: Submission) -> AnsweredThen:
        asked = Asked.of(region, submission)
        answers = {
            term.question: answer.said if (answer := asked.in_sight.get(term.question)) else ()
            for term in self.derivation.terms
            if term.is_asked(asked, submission)
        }
        return AnsweredThen(**mark_of(region, submission).given, answers=answers)

    def follows_from(self, contributed: Sequence[AtVisit[AnsweredThen]]) -> Iterator[Reply]:
        """Follow each object over all time points."""
        objects = objects_over_time(contributed, self.time_points)
        if objects.nameless:
            yield CannotTell(NO_NAME, objects.nameless)
        for key, at in objects.each():
            yield from self._followed(key, at, objects.days)

    def _followed(
        self, key: str, at: Mapping[str, Sequence[AnsweredThen]], days: Mapping[str, date]
    ) -> Iterator[Reply]:
        """Tell what follows wherever it is marked after the first time point."""
        course = [self._point(point, days[point], marks) for point, marks in at.items()]
        nobody = Submission("", "", None, ImageFacts())
        for position, now in enumerate(course):
            if not position or not now.is_there:
                continue
            by = self.derivation.model_copy(update={"terms": now.terms})
            regions, about = tuple(at[now.name]), f"{key}\x1f{now.name}"
            try:
                follows = derived(by, Given(now.one, nobody, self.known_titles, Course(course, position)))
            except LeftOpen as error:
                yield from self.tells(error, about=about, regions=regions, time_point=now.name, position=position)
            except NotMeasurable as error:
                yield CannotTell(f"{self.title or self.attribute} at {now.name}: {error}", regions, of_absence=True)
            else:
                yield from self.tells(follows, about=about, regions=regions, time_point=now.name, position=position)

    def _point(self, point: str, day: date, marks: Sequence[AnsweredThen]) -> TimePoint:
        said: dict[str, list[Value]] = {}
        for mark in marks:
            for question, values in mark.answers.items():
                said.setdefault(question, []).extend(values)
        answers = {name: Answer(name, tuple(dict.fromkeys(values))) for name, values in said.items() if values}
        terms = tuple(FollowsFrom(question=term.question, required=term.required) for term in self.derivation.terms)
        not_asked = frozenset(term.question for term in terms) - said.keys()
        return TimePoint(point, day, Asked((), answers), terms, not_asked, is_there=bool(marks))

    cases = (
        Case(
            "it was not there at any visit before",
            {**_NEW, "titles": {"new": "New"}, "question_titles": {"state": "State"}},
            (_read(1), _read(3, "there"), _read(5, "there")),
            finds="course at 2026-0",
            times=2,
        ),
        Case(
            "new is what somebody else must see",
            {**_NEW, "title": "Course", "values": ["new"]},
            (_read(1), _read(2, "there")),
            finds="Course at 2026-02-01 is new: at 2026-01-01 it is not marked",
        ),
        Case(
            "at the first time point nothing is new",
            {**_NEW, "values": ["new"]},
            (_read(1, "there"), _read(3, "there")),
        ),
        Case(
            "it was gone, and is there again",
            {**_NEW, "values": ["back"], "option_titles": {"state": {"gone": "Gone"}}},
            (_read(1, "there"), _read(2, "gone"), _read(3, "there")),
            finds="course at 2026-03-01 is back: state there and at 2026-02-01 state Gone",
        ),
        Case(
            "it was not marked, for long enough",
            {**_NEW, "values": ["back"]},
            (_read(1, "there"), _read(2), _read(3, "there")),
            finds="course at 2026-03-01 is back: at 2026-02-01, 28\N{NO-BREAK SPACE}days earlier, it is not marked",
        ),
        Case(
            "it stayed",
            _NEW,
            (_read(1, "there"), _read(2, "there")),
            finds="course at 2026-02-01 is same: nothing holds that leads to another answer (state there)",
        ),
        Case(
            "answers of two images of a time point",
            _NEW,
            (_read(1, "there"), _read(2, "there", "gone", point="b"), _read(3, "there", point="b", task="x")),
            finds="course at b is same",
        ),
        Case(
            "what may be left open was, and it depends on that",
            _NEW,
            (_read(1, "gone"), _read(2, None)),
            finds="course at 2026-02-01 does not follow: it depends on the answer to “state”, which was left open",
        ),
        Case(
            "what must be answered is missing",
            _REQUIRED,
            (_read(1, "gone"), _read(2, None)),
            cannot="course at 2026-02-01: it depends on the answer to “state”, which is missing",
        ),
        Case(
            "no criteria hold",
            {**_REQUIRED, "title": "Course"},
            (_read(1, "there"), _read(2, "gone")),
            cannot="Course at 2026-02-01: nothing holds that leads to an answer",
        ),
        Case("objects of another class", {**_NEW, "classes": ["mass"]}, (_read(1), _read(2, "there"))),
        Case(
            "of what bears no name it cannot be told",
            _NEW,
            (_read(1, "there", name=None), _read(2, "there", name=None)),
            cannot="name the object",
        ),
        Case(
            "the first time point that the guideline lists is not there",
            {**_NEW, "time_points": ["baseline", "after"]},
            (_read(3, "there", point="after"),),
            cannot="“baseline” is not among what this annotator has read of the patient (after)",
        ),
        Case("one time point alone", _NEW, (_read(1, "there", name=None),)),
        Case(
            "days that tell another order than the list",
            {**_NEW, "time_points": ["before", "after"]},
            (_read(3, "there", point="before"), _read(1, "there", point="after")),
            cannot="though it comes later",
        ),
        Case(
            "the study of an image is not known",
            _NEW,
            (_read(1, "there", study=None),),
            cannot="the study of the image",
        ),
        Case(
            "nobody knows who has read it",
            _NEW,
            (_read(1, "there", by=None), _read(2, "there", by=None)),
            cannot="does not say who made it",
        ),
    )
