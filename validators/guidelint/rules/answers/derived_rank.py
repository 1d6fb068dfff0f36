"""The rule ``derived-rank``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.each_once import each_once
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.derivation import Derivation
from guidelint.validation.deriving.rank import number_of, place_among
from guidelint.validation.deriving.told import sources_told
from guidelint.validation.question import titled
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import DERIVED, Says
from guidelint.validation.rule.wording import number
from guidelint.validation.scopes.object import NOT_JOINED, Mark, mark_of
from guidelint.validation.scopes.patient import PATIENT
from guidelint.validation.scopes.series import SERIES
from guidelint.validation.scopes.study import STUDY
from guidelint.validation.told_of_several import LISTED, ToldOfSeveral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Region, Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.deriving.follows import Derived
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure, Reply
    from guidelint.validation.rule.scope import Scope, Share

_GIVEN = "`derive: {rank_of: …, per: …}` of a question of regions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked(Mark):
    """A region that is ranked, or asked for its place."""

    value: float | None = None
    """None: it is not among those that are ranked."""
    untold: str = ""
    """Why its number cannot be told; empty: it can."""
    entered: tuple[str | float, ...] = ()


_RANK = {
    "how": "rank",
    "per": "patient",
    "terms": [{"question": "points", "of": ["lesion"], "required": True}],
    "is_entered": False,
}
_TWO = [{"option": "yes", "limits": {"at_most": 2}}, {"option": "no", "limits": {"above": 2}}]
_BIOPSY = {**_RANK, "bands": _TWO}
_CHOSEN = {**_BIOPSY, "is_entered": True}
_SCOPES = {"series": SERIES, "study": STUDY, "patient": PATIENT}


def _lesion(name: str | None, points: float | None, biopsy: Value | None = None, *, large: str = "") -> Drawn:
    """Draw a lesion with its points."""
    said: dict[str, Value | None] = {"points": points, "biopsy": biopsy, "large": large or None}
    answers = {key: value for key, value in said.items() if value is not None}
    return Drawn(text="#", object_name=name, answers=answers)


def _read(task: str, *drawn: Drawn, study: str = "1", by: str | None = "ann") -> Handed:
    """Hand in one image of a patient."""
    image = ImageFacts(spacing=ONE_MM, patient="P-1", study_uid=study, series_uid=study)
    return Handed(draws=drawn, task=task, image=image, annotator=by)


_THREE = (_read("1", _lesion("a", 3), _lesion("b", 7)), _read("2", _lesion("c", 5), study="2"))


def _known(marks: Sequence[Ranked]) -> list[float]:
    return [one.value for one in marks if one.value is not None]


class DerivedRank(ToldOfSeveral[Ranked]):
    """The place of an object among all of a series, a study or a patient is the one that follows.

    ## Why
    A protocol sends the two nodules of a patient with most points to biopsy. They lie on many images, in a task each,
    and whoever looks at one of them does not know the points of the others.

    ## How it is measured
    As `derive:` of the question says: objects are ranked by a number that their regions are asked, from the highest on,
    over all that one annotator has read of the series, the study or the patient (`per`); those with one number share a
    place. What bears one name and one class is one object, of which the highest number counts; a region without an
    object name joins nothing, and no place can be told then. `among` says which of them are ranked, by their answers; a
    question that is not asked, or that may be left open and was, takes its region out. Where a number that must be
    there is missing, no place can be told. Bands lead from the place to an option.

    Where it is entered, the answer on every image on which there is one is compared. Where nobody is to enter it
    (`entered: never`), it is told, once for each object. It is told once all tasks are in.

    ## Source
    ACR TI-RADS recommends that no more than two nodules be biopsied, those with most points (Tessler et al. 2017, doi
    10.1016/j.jacr.2017.01.046).
    """

    classes: Annotated[Classes, Concerned(asked="attribute"), From("attributes.*.of", fills_in=True)] = ()
    """Classes whose regions are asked."""
    derivation: Annotated[Derivation, From("attributes.*.ranked", given=_GIVEN, fills_in=True)] = Derivation(how="rank")
    """How it follows."""

    contribution = Ranked
    follows = "attributes.*.ranked"
    needs = frozenset({"answers", "object names", "separate objects"})
    says = {
        "differs": Says(
            "{question} is answered {answer}; {because}",
            "Correct the answer, or the number by which it is ranked.",
            "Have the answer corrected, or the number by which it is ranked.",
            of_absence=True,
        ),
        DERIVED: Says("{question} is {shown}: {because}", "Nothing is to be done.", tells_value=True, of_absence=True),
        LISTED: Says("{question} is {shown}: {because}", "Check the number by which it is ranked.", of_absence=True),
    }

    def told_of(self, names: Names) -> str:
        """Name the question, and the classes that are asked."""
        asked = names.question(self.attribute, self.title)
        return f"{asked} of any {names.kinds(self.classes or names.concerned)}"

    def told_sources(self, names: Names) -> str:
        """Name to annotators from what it follows."""
        return f"its place by {sources_told(self.derivation, names)} among all of the {self._per}"

    @property
    def _per(self) -> str:
        return self.derivation.per or "patient"

    @property
    def told_question(self) -> str | None:
        """The question that nobody answers."""
        return None if self.derivation.is_entered else super().told_question

    @property
    def goes_by(self) -> frozenset[str]:
        """The number by which objects are ranked, and what says which of them are."""
        return frozenset((*(term.question for term in self.derivation.terms), *self.derivation.among))

    def over(self) -> Scope | None:
        """Gather over what is ranked together."""
        return _SCOPES[self._per]

    def gather(self, share: Share) -> Iterator[Gathered[Ranked]]:
        """Contribute what is ranked, and what is asked."""
        ranked = {name for term in self.derivation.terms for name in term.of}
        for region in each_once(one for one in share.regions if one.class_name in {*ranked, *self.classes}):
            yield Gathered(self._ranked(region, share.submission))

    def _ranked(self, region: Region, submission: Submission) -> Ranked:
        mark, answer = mark_of(region, submission), region.answers.get(self.attribute)
        value, untold = None, ""
        try:
            value = number_of(self.derivation, region, submission, self.known_titles)
        except NotMeasurable as error:
            untold = "" if isinstance(error, LeftOpen) else str(error)
        return Ranked(
            **mark.given,
            value=value,
            untold=untold,
            entered=tuple(answer.said) if answer and region.class_name in self.classes else (),
        )

    def follows_from(self, contributed: Sequence[Ranked]) -> Iterator[Reply]:
        """Tell the place of each object, or compare what was entered of it."""
        if untold := [one for one in contributed if one.untold]:
            yield from (CannotTell(one.untold, (one,)) for one in untold)
            return
        if nameless := tuple(one for one in contributed if not one.object_name):
            yield CannotTell(NOT_JOINED, nameless)
            return
        objects: dict[str, list[Ranked]] = defaultdict(list)
        for one in contributed:
            objects[one.object_key].append(one)
        numbers = {key: max(known) for key, marks in objects.items() if (known := _known(marks))}
        for key in numbers:
            asked = [one for one in objects[key] if one.class_name in self.classes]
            yield from self._of_object(key, asked, numbers)

    def _of_object(self, key: str, asked: Sequence[Ranked], numbers: dict[str, float]) -> Iterator[Reply]:
        by = self.derivation
        (term,) = by.terms
        follows = place_among(by, numbers, key, self.known_titles.question(term.question))
        if not by.is_entered:
            yield from self.tells(follows, about=key, regions=asked)
        for mark in asked if by.is_entered else ():
            other = next((one for one in mark.entered if not follows.is_same(one, by.tolerance)), None)
            if other is not None:
                yield self._differs(mark, other, follows)

    def _differs(self, mark: Ranked, entered: Value, follows: Derived) -> Departure:
        return self.departs(
            "differs",
            mark,
            question=self.title or self.attribute,
            answer=self._shown(entered),
            because=follows.leading(self._shown),
            attribute=self.attribute,
            value=follows.plain(""),
        )

    def _shown(self, value: Value) -> str:
        return titled(value, self.titles) if self.titles or isinstance(value, str) else number(value)

    cases = (
        Case(
            "the place of each object of a patient, on whatever image",
            {"attribute": "rank", "classes": ["lesion"], "derivation": _RANK},
            _THREE,
            finds="rank is",
            times=3,
        ),
        Case(
            "the first of three",
            {"attribute": "biopsy", "classes": ["lesion"], "derivation": _BIOPSY, "values": ["yes"]},
            (_read("1", _lesion("a", 7)),),
            finds="biopsy is yes: points 7 is place 1 of 1",
        ),
        Case(
            "those of a study alone",
            {"attribute": "biopsy", "classes": ["lesion"], "derivation": {**_BIOPSY, "per": "study"}, "values": ["no"]},
            _THREE,
        ),
        Case(
            "the third goes nowhere",
            {"attribute": "biopsy", "classes": ["lesion"], "derivation": _BIOPSY, "values": ["no"]},
            _THREE,
            finds="biopsy is no: points 3 is place 3 of 3",
        ),
        Case(
            "two share a place, and one object counts with its highest number",
            {"attribute": "biopsy", "classes": ["lesion"], "derivation": _BIOPSY, "values": ["no"]},
            (
                _read("1", _lesion("a", 1), _lesion("b", 5), _lesion("c", 5)),
                _read("2", _lesion("a", 7), _lesion("d", 4)),
            ),
            finds="biopsy is no: points 4 is place 4 of 4",
        ),
        Case(
            "what was chosen is what follows",
            {"attribute": "biopsy", "classes": ["lesion"], "derivation": _CHOSEN},
            (_read("1", _lesion("a", 3, "no"), _lesion("b", 7, "yes")), _read("2", _lesion("c", 5), _lesion("d", 3))),
        ),
        Case(
            "another was chosen",
            {
                "attribute": "biopsy",
                "title": "Biopsy",
                "classes": ["lesion"],
                "derivation": _CHOSEN,
                "titles": {"yes": "Yes", "no": "No"},
                "question_titles": {"biopsy": "Biopsy", "points": "Points"},
                "option_titles": {"biopsy": {"yes": "Yes", "no": "No"}},
            },
            (_read("1", _lesion("a", 3, "yes"), _lesion("b", 7, "yes")), _read("2", _lesion("c", 5))),
            finds="Biopsy is answered Yes; Points 3 is place 3 of 3 → No",
        ),
        Case(
            "another place was entered",
            {"attribute": "rank", "classes": ["lesion"], "derivation": {**_RANK, "is_entered": True}},
            (_read("1", Drawn(text="#", object_name="a", answers={"points": 3, "rank": 2})),),
            finds="rank is answered 2; points 3 is place 1 of 1",
        ),
        Case(
            "those that are not large are not ranked",
            {
                "attribute": "biopsy",
                "classes": ["lesion"],
                "derivation": {
                    **_BIOPSY,
                    "bands": [{"option": "yes", "limits": {"at_most": 9}}],
                    "among": {"large": ["yes"]},
                },
            },
            (_read("1", _lesion("a", 3, large="yes")), _read("2", _lesion("b", 9, large="no"), _lesion("c", 9))),
            finds="biopsy is yes: points 3 is place 1 of 1",
        ),
        Case(
            "other classes are ranked, and not asked",
            {
                "attribute": "biopsy",
                "classes": ["lesion"],
                "derivation": {**_CHOSEN, "terms": [{"question": "points", "of": ["lesion", "cyst"]}]},
            },
            (
                _read(
                    "1",
                    _lesion("a", 3, "yes"),
                    *(
                        Drawn(text="#", class_name="cyst", object_name=name, answers={"points": 5, "biopsy": "no"})
                        for name in "ab"
                    ),
                    Drawn(text="#", class_name="organ"),
                ),
            ),
            finds="biopsy is answered yes; points 3 is place 3 of 3 → no",
        ),
        Case(
            "a number is missing",
            {"attribute": "rank", "classes": ["lesion"], "derivation": _RANK},
            (_read("1", _lesion("a", 3)), _read("2", _lesion("b", None))),
            cannot="it follows from the answer to “points”, which is missing",
        ),
        Case(
            "a region has no object name",
            {"attribute": "rank", "classes": ["lesion"], "derivation": _RANK},
            (_read("1", _lesion("a", 3)), _read("2", _lesion(None, 7))),
            cannot="the region has no object name",
        ),
        Case(
            "nobody knows who has read it",
            {"attribute": "rank", "classes": ["lesion"], "derivation": _RANK},
            (_read("1", _lesion("a", 3), by=None),),
            cannot="does not say who made it",
        ),
    )
