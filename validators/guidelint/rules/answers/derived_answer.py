"""The rule ``derived-answer``."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.validation.asked_when import Where, all_hold, answers_told
from guidelint.validation.derivation import Derivation
from guidelint.validation.deriving.derives import derived
from guidelint.validation.deriving.follows import Derived
from guidelint.validation.deriving.given import Given
from guidelint.validation.deriving.told import sources_told
from guidelint.validation.question import Asked, OptionsRule, Titles
from guidelint.validation.rule.beside import Beside, UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import Answers, ClassName, NumberedQuestion
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import DERIVED, Says
from guidelint.validation.rule.titles import QuestionTitles, TitlesOfOptions
from guidelint.validation.rule.wording import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.filled import Filled
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply

_GIVEN = "`derive:` of a question"
_SUM = {"how": "sum", "terms": [{"question": "a", "required": True}, {"question": "b", "required": True}]}
_TABLE = {
    "how": "table",
    "terms": [{"question": "primary", "required": True}, {"question": "secondary", "required": True}],
    "cells": {"3": {"3": "1", "4": "2"}, "4": {"3": "3"}},
}
_WORST = {
    "how": "worst-of",
    "terms": [{"question": "left", "required": True}, {"question": "right"}],
    "steps": ["none", "mild", "severe"],
}
_DIAMETERS = {
    "how": "sum",
    "parts": [
        {"measured": "longest-diameter", "classes": ["lesion"]},
        {"measured": "short-axis", "classes": ["node"]},
    ],
    "unit": "mm",
    "step": 1,
    "tolerance": 1,
}
_LARGEST = {**_DIAMETERS, "take": "largest", "tolerance": 0}
_SURE_ONES = {
    "how": "sum",
    "parts": [{"measured": "count", "classes": ["lesion"]}],
    "which": {"answer": {"sure": ["yes"]}},
    "asked": [{"question": "sure", "of": ["lesion"], "required": True}],
}
_CARDIOTHORACIC = {
    "how": "ratio",
    "parts": [{"measured": "width", "classes": ["heart"]}],
    "divided_by": {"measured": "width", "classes": ["lung", "thorax"]},
    "bands": [
        {"option": "normal", "limits": {"at_most": 0.5}},
        {"option": "enlarged", "limits": {"above": 0.5}},
    ],
}
_HEART = Drawn(text="...##....\n...##....", class_name="heart")
_LUNGS = (
    Drawn(text="##.......\n##.......", class_name="lung"),
    Drawn(text=".........\n....###..", class_name="lung"),
)
_NECROSIS = {
    "how": "ratio",
    "parts": [{"measured": "area", "classes": ["necrosis"]}],
    "divided_by": {"measured": "area", "classes": ["lesion"]},
    "unit": "%",
    "tolerance": 1,
}
_ELLIPSOID = {
    "how": "product",
    "terms": [{"question": name, "unit": "mm", "required": True} for name in ("length", "width", "height")],
    "times": 0.5236,
    "unit": "ml",
    "tolerance": 0.01,
}
_BY_TWO = {
    "how": "product",
    "terms": [{"question": "length", "unit": "cm"}, {"question": "width", "unit": "mm"}],
    "unit": "cm2",
    "bands": [{"option": "small", "limits": {"below": 3}}, {"option": "large", "limits": {"at_least": 3}}],
}
_RANK = {
    "how": "rank",
    "terms": [{"question": "points", "of": ["lesion"], "required": True}],
    "bands": [{"option": "yes", "limits": {"at_most": 2}}, {"option": "no", "limits": {"above": 2}}],
}
_SHARES = [{"question": "share", "unit": "%"}, {"question": "strength"}]
_TALLER = {
    "how": "ratio",
    "parts": [{"measured": "height", "classes": ["lesion"]}],
    "divided_by": {"measured": "width", "classes": ["lesion"]},
    "bands": [{"option": "wider", "limits": {"at_most": 1}}, {"option": "taller", "limits": {"above": 1}}],
    "tolerance": 0.1,
}
_POSITIVE = {
    "how": "ratio",
    "parts": [{"measured": "count", "classes": ["stained"]}],
    "divided_by": {"measured": "count", "classes": ["stained", "lesion"]},
}
_FIRST = {
    "how": "first-of",
    "first_of": [
        {
            "option": "severe",
            "criteria": {
                "any_of": [
                    {"quadrants": {"blot": {"about": "fovea", "at_least": 4, "each": 2}}},
                    {"quadrants": {"bead": {"about": "fovea", "at_least": 2}}},
                ]
            },
        },
        {"option": "mild", "criteria": {"marked": ["blot", "bead"]}},
        {"option": "none"},
    ],
}
_FOVEA = Drawn(text=".....\n.....\n..#..\n.....\n.....", as_="keypoint", class_name="fovea")
_ABOVE = Drawn(text="#....\n.....\n.....\n.....\n.....", class_name="bead")
_BELOW = Drawn(text=".....\n.....\n.....\n.....\n#....", class_name="bead")
_OWN = {
    "how": "first-of",
    "terms": [{"question": "kind", "required": True}, {"question": "sure"}],
    "first_of": [
        {"option": "4b", "criteria": {"answer": {"kind": ["solid"]}, "size": {"longest_mm": {"at_least": 5}}}},
        {"option": "3", "criteria": {"number": {"sure": {"at_least": 3}}}},
        {"option": "2"},
    ],
}
_NEAR = {
    "how": "first-of",
    "first_of": [
        {"option": "near", "criteria": {"nearest": {"spot": {"to": "fovea", "px": {"at_most": 2}}}}},
        {
            "option": "far",
            "criteria": {"count": {"spot": {"at_least": 2, "where": {"size": {"area_px": {"above": 1}}}}}},
        },
        {"option": "none"},
    ],
}
_SURE = {
    "how": "first-of",
    "terms": [{"question": "sure", "of": ["lesion"]}],
    "first_of": [
        {
            "option": "two",
            "criteria": {"count": {"lesion": {"at_least": 2, "where": {"answer": {"sure": ["yes"]}}}}},
        },
        {"option": "fewer"},
    ],
}
_ASKED = {
    "how": "first-of",
    "terms": [
        {"question": "level", "required": True, "when": {"plane": ["across"]}, "open_when": {"plane": ["long"]}},
        {"question": "kind", "required": True, "open_when": {"plane": ["long"]}},
    ],
    "first_of": [
        {"option": "4", "criteria": {"number": {"level": {"at_least": 4}}, "size": {"longest_mm": {"at_least": 5}}}},
        {"option": "3", "criteria": {"any_of": [{"answer": {"kind": ["cyst"]}}]}},
        {"option": "none"},
    ],
}
_UNLESS = {
    "how": "first-of",
    "terms": [
        {"question": "kind", "required": True},
        {"question": "side", "required": True, "when": {"kind": ["node"]}},
    ],
    "first_of": [
        {"option": "other", "criteria": {"not": {"answer": {"side": ["left", "right"]}}}},
        {"option": "alone", "criteria": {"answer": {"side": ["left"]}, "not": {"marked": ["cyst"]}}},
        {"option": "two", "criteria": {"not": {"any_of": [{"count": {"lesion": {"at_most": 1}}}]}}},
        {"option": "none"},
    ],
}
_PLANES = {"across": "Across", "along": "Along"}
_JOINED = {
    "how": "product",
    "terms": [
        {"question": "width", "of": ["lesion"], "on": ["across"], "unit": "mm", "required": True},
        {"question": "length", "of": ["lesion"], "on": ["along"], "unit": "mm", "required": True},
    ],
    "unit": "mm2",
    "is_entered": False,
}
_WHEN_SOLID = {
    "how": "sum",
    "terms": [
        {"question": "a", "of": ["lesion"], "required": True},
        {"question": "b", "of": ["lesion"], "on": ["along"], "required": True, "when": {"kind": ["solid"]}},
    ],
    "is_entered": False,
}
_WIDTHS = {"how": "sum", "terms": [{"question": "width", "of": ["lesion"], "on": ["across"], "required": True}]}
_FORBIDDEN = {
    "how": "sum",
    "terms": [{"question": "a", "required": True, "when": {"c": ["y"]}, "open_when": {"c": ["n"]}}],
}
_DENSITY = {
    "how": "sum",
    "parts": [{"measured": "count", "classes": ["mitosis"]}],
    "per_mm2_of": ["lesion"],
    "is_entered": False,
}
_POINTS = {
    "how": "points",
    "terms": [
        {"question": "echo", "of": ["lesion"], "points": {"iso": 1, "hypo": 2}, "required": True},
        {"question": "foci", "of": ["lesion"], "points": {"none": 0, "rim": 2, "dots": 3}, "required": True},
    ],
    "bands": [
        {"option": "1", "limits": {"at_most": 1}},
        {"option": "2", "limits": {"at_least": 2, "at_most": 4}},
        {"option": "3", "limits": {"at_least": 5}},
    ],
}
_HELPER = {**_POINTS, "is_entered": False, "is_helper": True}


class DerivedAnswer(OptionsRule):
    """An answer that follows from others is the one that follows.

    ## Why
    A level is read off a sum of points by people in a hurry. Of the same five answers, one gives 4 and another 5, and
    the level is what decides about the needle.

    ## How it is measured
    As `derive:` of the question says. Points of the options that were chosen are added up, or numbers, or measures of
    the regions; a band of the sum is the answer, or the sum itself. With `take` the largest or the smallest number is
    it in place of the sum, with `where` those regions count of which it is so. Of a product, numbers are multiplied;
    one of lengths is given in the unit of the question. Of a ratio, one measure is divided by another, each of all
    regions of its classes together: pixels that two of them have count once, a width is that from the leftmost to the
    rightmost of them. Where no spacing is known, pixels are as good if both are measured in the same way on one image.
    Where nothing is marked of either, nothing follows. A table leads from two answers to a third. A rank is the place
    of a number among those of all objects in the task, from the highest on; those with one number share a place. The
    highest of several steps is the answer. Of criteria on answers, sizes, counts, quadrants and distances, in their
    order, the first that hold lead to the answer; where it cannot be told whether some hold, and none before them do,
    the answer cannot be told either.

    Answers are taken from the same region, from its image and its task; of an image, from all regions on it. On named
    images of a task (`images: of_task:`) regions of one class that bear one object name are one object: what is
    answered about it on one image counts on the others, where it has no answer itself, so that a volume may follow from
    a width in one plane and a length in the other. Where it is not marked on an image that is asked (`on:`), nothing
    follows; without a name it cannot be told.

    Of an answer that is not there, one thing counts in every way of deriving. A question that is not asked here, since
    others were answered otherwise (`required: {when: …}` that is not met, or `forbidden:` that is), counts nothing, and
    criteria that ask for it do not hold; neither does an answer count that must not be there (`forbidden:`). Where none
    of the questions is asked, or one of the two of a table is not, nothing follows. Nor does anything where a question
    that may always be left open was, and the answer depends on it. Where one that must be answered is missing, the
    answer cannot be told. Of regions, where none is marked, a sum is 0.

    Departs where something else was entered. Where nobody is to enter it (`entered: never`), the answer that follows is
    told, unless it is a helper (`told: false`), and other rules go by it as if it had been entered. Nothing follows
    either where the question itself is not to be answered (`forbidden:` of the question).

    ## Source
    A choice of this catalogue; points and bands after ACR TI-RADS (Tessler et al. 2017, doi
    10.1016/j.jacr.2017.01.046) in the examples.
    """

    derivation: Annotated[Derivation, From("attributes.*.derivation", given=_GIVEN, fills_in=True)] = Derivation(
        how="sum"
    )
    """How it follows."""
    open_when: Annotated[Answers, UnlessEmpty(), From("attributes.*.forbidden.when", fills_in=True)] = {}
    """Other question → answers under which this one stays open, and nothing follows."""
    open_when_number: Annotated[
        dict[NumberedQuestion, Between],
        UnlessEmpty(),
        From("attributes.*.forbidden.when_number", fills_in=True),
    ] = {}
    """Other question → limits of its number under which this one stays open, and nothing follows."""
    open_where: Annotated[Where, UnlessEmpty(), From("attributes.*.forbidden.where", fills_in=True)] = None
    """Condition on the image, on what is marked there, or on the region, under which this one stays open."""
    question_titles: QuestionTitles = {}
    """The questions as annotators see them: key → title."""
    option_titles: TitlesOfOptions = {}
    """Their options as annotators see them: question → key → title."""

    class_titles: Annotated[
        dict[ClassName, Words],
        Beside(),
        UnlessEmpty(),
        From("attributes.*.class_titles", given="the titles of the classes", fills_in=True),
    ] = {}
    """The classes that criteria name, as annotators see them: class → title."""

    follows = "attributes.*.derivation"
    says = {
        "differs": Says(
            "{question} is answered {answer}; {because}",
            "Correct the answer, or those that it follows from.",
            "Have the answer corrected, or those that it follows from.",
        ),
        DERIVED: Says("{question} is {shown}: {because}", "Nothing is to be done.", tells_value=True),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self.asked_about(names, 'every')} follows from {self._sources(names)}{self._joined}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is not what follows from {self._sources(names)}"

    @property
    def _joined(self) -> str:
        is_joined = any(term.on and {*term.on} != {*self.on} for term in self.derivation.terms)
        return ", of one object on all images, which bears one object name" if is_joined and self.classes else ""

    def _sources(self, names: Names) -> str:
        where = answers_told(self.open_when, self.open_when_number, names, self.open_where)
        return f"{sources_told(self.derivation, names)}{f', unless {where}' if where else ''}"

    @property
    def rests_on(self) -> frozenset[str]:
        """The question, and those that it follows from."""
        terms = (term.question for term in self.derivation.terms)
        return frozenset({self.attribute, *terms, *self.open_when, *self.open_when_number})

    @property
    def filled_question(self) -> str | None:
        """The question that nobody answers."""
        return None if self.derivation.is_entered else self.attribute

    @property
    def told_question(self) -> str | None:
        """The question that nobody answers, unless other rules alone go by it."""
        return None if self.derivation.is_helper else self.filled_question

    def filled(self, submission: Submission) -> Iterator[Filled]:
        """Answer it for everyone, as far as that follows."""
        for one, follows in self._following(submission):
            if isinstance(follows, Derived):
                yield (one.regions[0] if one.regions else None), one.item, follows.value

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare what was entered with what follows, and tell that where nobody enters it."""
        for one, follows in self._following(submission):
            said = one.said(self.attribute)
            if isinstance(follows, Derived):
                yield from self._compare(one, said, follows)
            elif said or not isinstance(follows, LeftOpen):
                yield CannotTell(str(follows), one.regions)

    def _following(self, submission: Submission) -> Iterator[tuple[Asked, Derived | NotMeasurable]]:
        """Derive it, or tell why that cannot be, for everyone who is to answer, but for those who were to enter it."""
        for one in self.asked(submission):
            if self.derivation.is_entered and not one.said(self.attribute):
                continue
            try:
                if not self._stays_open(one, submission):
                    yield one, self._derived(one, submission)
            except NotMeasurable as error:
                yield one, error

    def _stays_open(self, one: Asked, submission: Submission) -> bool:
        """Whether it is not to be answered; an answer that is there all the same is the matter of another rule."""
        may_be_open = bool(self.open_when or self.open_when_number or self.open_where)
        return may_be_open and all_hold(self.open_when, self.open_when_number, self.open_where, one, submission)

    def _derived(self, one: Asked, submission: Submission) -> Derived:
        return derived(self.derivation, Given(one, submission, self._titles))

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.question_titles, self.option_titles, self.class_titles)

    def _compare(self, one: Asked, said: tuple[Value, ...], follows: Derived) -> Iterator[Reply]:
        question, value = self.question_to(one), follows.plain(self.derivation.unit)
        other = next((entered for entered in said if not follows.is_same(entered, self.derivation.tolerance)), None)
        if other is not None:
            yield self.departs(
                "differs",
                *one.regions,
                question=question,
                answer=self._shown(other),
                because=follows.leading(self._shown),
                attribute=self.attribute,
                value=value,
            )
        elif self.told_question is not None:
            told = self.departs(
                DERIVED,
                *one.regions,
                question=question,
                shown=self._shown(follows.value),
                because=follows.because,
                attribute=self.attribute,
                value=value,
            )
            yield replace(told, evidence={**told.evidence, **one.evidence})

    def _shown(self, value: Value) -> str:
        if self.titles or isinstance(value, str):
            return self.shown(value)
        return measure(value, self.derivation.unit)

    cases = (
        Case(
            "nothing follows where it is not to be answered",
            {"attribute": "density", "derivation": _DENSITY, "open_when": {"readable": ["no"]}},
            "",
            answers={"readable": "no"},
        ),
        Case(
            "it cannot be told where it is to be answered, and nothing is marked by whose area to divide",
            {"attribute": "density", "derivation": _DENSITY, "open_when": {"readable": ["no"]}},
            "",
            cannot="nothing is marked by whose area it could be divided",
            answers={"readable": "yes"},
        ),
        Case(
            "nothing follows where a number says that it is not to be answered",
            {"attribute": "density", "derivation": _DENSITY, "open_when_number": {"fields": {"below": 1}}},
            "",
            answers={"fields": 0.0},
        ),
        Case(
            "where a region is not to be rated, nothing follows from what was left open there",
            {
                "attribute": "level",
                "classes": ["lesion"],
                "derivation": {**_POINTS, "is_entered": False},
                "open_when": {"readable": ["no"]},
            },
            Drawn(text="#"),
            answers={"readable": "no"},
        ),
        Case(
            "nothing follows on an image where it is not to be answered",
            {"attribute": "density", "derivation": _DENSITY, "open_where": {"image": {"modality": ("CT",)}}},
            "",
        ),
        Case(
            "a helper is not told",
            {"attribute": "level", "classes": ["lesion"], "derivation": _HELPER},
            Drawn(text="#", answers={"echo": "iso", "foci": "none"}),
        ),
        Case(
            "a helper of which it cannot be told",
            {"attribute": "level", "classes": ["lesion"], "derivation": _HELPER},
            Drawn(text="#", answers={"echo": "iso"}),
            cannot="“foci”, which is missing",
        ),
        Case(
            "it cannot be told whether it is to be answered on an image",
            {"attribute": "density", "derivation": _DENSITY, "open_where": {"image": {"view": ("PA",)}}},
            "",
            cannot="the view (0018,5101) of the image is not known",
        ),
        Case(
            "an answer of the region itself says so",
            {
                "attribute": "level",
                "classes": ["lesion"],
                "derivation": {**_POINTS, "is_entered": False},
                "open_when": {"kind": ["cyst"]},
            },
            Drawn(text="#", answers={"kind": "cyst"}),
        ),
        Case(
            "a product of three lengths in ml",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _ELLIPSOID},
            Drawn(text="#", answers={"length": 12.0, "width": 10.0, "height": 8.0, "volume": 0.51}),
        ),
        Case(
            "another volume than that of the ellipsoid",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _ELLIPSOID},
            Drawn(text="#", answers={"length": 12.0, "width": 10.0, "height": 8.0, "volume": 0.96}),
            finds=(
                "volume is answered 0.96\N{NO-BREAK SPACE}ml; length 12\N{NO-BREAK SPACE}mm × width"
                " 10\N{NO-BREAK SPACE}mm × height 8\N{NO-BREAK SPACE}mm × 0.5236 = 502.656\N{NO-BREAK SPACE}mm³ ="
                " 0.503\N{NO-BREAK SPACE}ml"
            ),
        ),
        Case(
            "the band of a product of lengths in different units",
            {"attribute": "size", "derivation": _BY_TWO, "titles": {"large": "Large"}},
            "",
            answers={"length": 2.0, "width": 15.0, "size": "small"},
            finds=(
                "size is answered small; length 2\N{NO-BREAK SPACE}cm × width 15\N{NO-BREAK SPACE}mm ="
                " 300\N{NO-BREAK SPACE}mm² = 3\N{NO-BREAK SPACE}cm2 → Large"
            ),
        ),
        Case(
            "a product of what are no lengths",
            {"attribute": "score", "derivation": {**_BY_TWO, "terms": _SHARES, "unit": "", "bands": []}},
            "",
            answers={"share": 4.0, "strength": 3.0, "score": 7.0},
            finds="score is answered 7; share 4\N{NO-BREAK SPACE}% × strength 3 = 12",
        ),
        Case(
            "the two with most points, of which none is said to be one of them",
            {"attribute": "first", "classes": ["lesion"], "derivation": _RANK, "titles": {"yes": "Yes"}},
            tuple(Drawn(text="#", answers={"points": points, "first": "no"}) for points in (4.0, 9.0, 7.0)),
            finds="first is answered no; points",
            times=2,
        ),
        Case(
            "those with as many points share a place",
            {"attribute": "first", "classes": ["lesion"], "derivation": _RANK},
            tuple(Drawn(text="#", answers={"points": points, "first": "no"}) for points in (7.0, 7.0, 4.0)),
            finds="points 7 is place 1 of 3, as 1 more → yes",
            times=2,
        ),
        Case(
            "an object on two images of the task counts once, with its highest",
            {"attribute": "first", "classes": ["lesion"], "derivation": _RANK},
            (
                *(
                    Drawn(text="#", object_name="1", answers={"points": points, "first": "yes"}, item_index=at)
                    for at, points in enumerate((9.0, 3.0))
                ),
                Drawn(text="#", object_name="2", answers={"points": 4.0, "first": "yes"}, item_index=0),
                Drawn(text="#", object_name="3", answers={"points": 3.0, "first": "yes"}, item_index=0),
                Drawn(text="#", class_name="node", answers={"points": 9.0}, item_index=0),
            ),
            finds="points 3 is place 3 of 3 → no",
        ),
        Case(
            "of those that are ranked, and of no others",
            {"attribute": "first", "classes": ["lesion"], "derivation": {**_RANK, "among": {"large": ["yes"]}}},
            (
                Drawn(text="#", answers={"points": 9.0, "large": "no"}),
                *(Drawn(text="#", answers={"points": 4.0, "large": "yes", "first": "yes"}) for _ in range(2)),
            ),
        ),
        Case(
            "one that is not ranked, and answered all the same",
            {"attribute": "first", "classes": ["lesion"], "derivation": {**_RANK, "among": {"large": ["yes"]}}},
            Drawn(text="#", answers={"points": 9.0, "large": "no", "first": "yes"}),
            cannot="it is not among those that are ranked",
        ),
        Case(
            "a number of another is missing",
            {"attribute": "first", "classes": ["lesion"], "derivation": _RANK},
            (Drawn(text="#", answers={"points": 9.0, "first": "yes"}), Drawn(text="#", class_name="lesion")),
            cannot="of Region 2 lesion: it follows from the answer to “points”, which is missing",
        ),
        Case(
            "a number of another may be left out, and was",
            {
                "attribute": "first",
                "classes": ["lesion"],
                "derivation": {**_RANK, "terms": [{"question": "points", "of": ["lesion"]}]},
            },
            (Drawn(text="#", answers={"points": 9.0, "first": "yes"}), Drawn(text="#")),
        ),
        Case(
            "what is no number",
            {"attribute": "first", "classes": ["lesion"], "derivation": _RANK},
            Drawn(text="#", answers={"points": "many", "first": "yes"}),
            cannot="of Region 1 lesion: the answer to “points” is no number",
        ),
        Case(
            "a rank of the whole image",
            {"attribute": "first", "derivation": _RANK},
            Drawn(text="#", answers={"points": 9.0}),
            cannot="the whole image is asked, and a rank is one of a region",
            answers={"first": "yes"},
        ),
        Case(
            "a factor is missing",
            {"attribute": "volume", "classes": ["lesion"], "derivation": {**_ELLIPSOID, "is_entered": False}},
            Drawn(text="#", answers={"length": 12.0, "width": 10.0}),
            cannot="it follows from the answer to “height”, which is missing",
        ),
        Case(
            "a product of three lengths in a unit of areas",
            {"attribute": "volume", "derivation": {**_ELLIPSOID, "unit": "mm2", "is_entered": False}},
            "",
            answers={"length": 12.0, "width": 10.0, "height": 8.0},
            cannot="a product of 3 lengths is not given in “mm2”",
        ),
        Case(
            "the level of its points",
            {"attribute": "level", "classes": ["lesion"], "derivation": _POINTS},
            Drawn(text="#", answers={"echo": "hypo", "foci": ("rim", "none", "rim"), "level": 2.0}),
        ),
        Case(
            "another level than that of its points",
            {
                "attribute": "level",
                "title": "Level",
                "classes": ["lesion"],
                "derivation": _POINTS,
                "titles": {"3": "TR3"},
                "question_titles": {"echo": "Echogenicity"},
                "option_titles": {"foci": {"rim": "Rim"}},
            },
            Drawn(text="#", answers={"echo": "hypo", "foci": ("rim", "dots"), "level": "1"}),
            finds=(
                "Level is answered 1; Echogenicity hypo 2 + foci Rim 2 + foci dots 3 = 7\N{NO-BREAK SPACE}points → TR3"
            ),
        ),
        Case(
            "not entered",
            {"attribute": "level", "classes": ["lesion"], "derivation": _POINTS},
            Drawn(text="#", answers={"echo": "hypo"}),
        ),
        Case(
            "an answer is missing from which it follows",
            {"attribute": "level", "classes": ["lesion"], "derivation": _POINTS},
            Drawn(text="#", answers={"echo": "hypo", "level": 2.0}),
            cannot="it follows from the answer to “foci”, which is missing",
        ),
        Case(
            "an answer without points",
            {"attribute": "level", "classes": ["lesion"], "derivation": _POINTS},
            Drawn(text="#", answers={"echo": "dark", "foci": "rim", "level": 2.0}),
            cannot="echo dark counts no points",
        ),
        Case(
            "nobody enters it",
            {"attribute": "level", "classes": ["lesion"], "derivation": {**_POINTS, "is_entered": False}},
            Drawn(text="#", answers={"echo": "iso", "foci": "none"}),
            finds="level is 1: echo iso 1 + foci none 0 = 1",
        ),
        Case(
            "nobody enters it, and it cannot be told",
            {"attribute": "level", "classes": ["lesion"], "derivation": {**_POINTS, "is_entered": False}},
            Drawn(text="#", answers={"echo": "iso"}),
            cannot="“foci”, which is missing",
        ),
        Case(
            "a question that is not asked counts nothing",
            {
                "attribute": "level",
                "derivation": {
                    "how": "sum",
                    "terms": [
                        {"question": "a", "required": True},
                        {"question": "b", "required": True, "when": {"c": ["y"]}},
                    ],
                },
            },
            "",
            finds="level is answered 3; a 2 = 2",
            answers={"a": 2.0, "c": "n", "level": 3.0},
        ),
        Case(
            "none of the questions is asked",
            {"attribute": "level", "derivation": {**_FORBIDDEN, "is_entered": False}},
            "",
            answers={"c": "n"},
        ),
        Case(
            "a sum of regions that are asked nothing, and of none",
            {"attribute": "level", "derivation": {**_POINTS, "is_entered": False}},
            "",
            finds="level is 1: nothing = 0",
        ),
        Case(
            "an answer that must not be there counts nothing",
            {"attribute": "level", "derivation": {**_FORBIDDEN, "terms": [*_FORBIDDEN["terms"], _SUM["terms"][1]]}},
            "",
            finds="level is answered 5; b 3 = 3",
            answers={"a": 2.0, "b": 3.0, "c": "n", "level": 5.0},
        ),
        Case(
            "a number says that an answer must not be there",
            {
                "attribute": "level",
                "derivation": {
                    "how": "sum",
                    "terms": [{"question": "a", "open_when_number": {"c": {"below": 1}}}, _SUM["terms"][1]],
                },
            },
            "",
            finds="level is answered 5; b 3 = 3",
            answers={"a": 2.0, "b": 3.0, "c": 0.0, "level": 5.0},
        ),
        Case(
            "an answer that must not be there, elsewhere",
            {"attribute": "level", "derivation": _FORBIDDEN},
            "",
            finds="level is answered 5; a 2 = 2",
            answers={"a": 2.0, "c": "y", "level": 5.0},
        ),
        Case(
            "a sum of numbers",
            {"attribute": "sum", "derivation": _SUM},
            "",
            answers={"a": 0.1, "b": 0.2, "sum": 0.3},
        ),
        Case(
            "another sum than that of its numbers",
            {"attribute": "sum", "derivation": {**_SUM, "unit": "mm"}},
            "",
            finds="sum is answered 4\N{NO-BREAK SPACE}mm; a 1 + b 2 = 3\N{NO-BREAK SPACE}mm",
            answers={"a": 1.0, "b": 2.0, "sum": 4.0},
        ),
        Case(
            "no number where one follows",
            {"attribute": "sum", "derivation": _SUM},
            "",
            finds="sum is answered many; a 1 + b 2 = 3",
            answers={"a": 1.0, "b": "2", "sum": "many"},
        ),
        Case(
            "no number from which one follows",
            {"attribute": "sum", "derivation": _SUM},
            "",
            cannot="the answer to “a” is no number",
            answers={"a": "many", "b": 2.0, "sum": 4.0},
        ),
        Case(
            "no finite number from which one follows",
            {"attribute": "sum", "derivation": {**_SUM, "step": 1, "is_entered": False}},
            "",
            cannot="adds up to no finite number",
            answers={"a": "inf", "b": 2.0},
        ),
        Case(
            "a sum in no band",
            {"attribute": "sum", "derivation": {**_SUM, "bands": [{"option": "low", "limits": {"below": 3}}]}},
            "",
            cannot="a 1 + b 2 = 3, for which the guideline names no answer",
            answers={"a": 1.0, "b": 2.0, "sum": "low"},
        ),
        Case(
            "a sum of diameters, rounded, within the tolerance",
            {"attribute": "sum", "derivation": _DIAMETERS},
            (
                Drawn(text="####....\n####....\n####...."),
                Drawn(text="....#...\n........\n........", class_name="other"),
                Drawn(text="....####\n....####\n....####", class_name="node"),
            ),
            answers={"sum": 10.0},
        ),
        Case(
            "a sum of diameters beyond the tolerance",
            {"attribute": "sum", "derivation": _DIAMETERS},
            Drawn(text="####\n####\n####"),
            finds="sum is answered 7\N{NO-BREAK SPACE}mm; longest diameter of Region 1 lesion 5 = 5",
            answers={"sum": 7.0},
        ),
        Case(
            "a count per area",
            {
                "attribute": "rate",
                "derivation": {
                    "how": "sum",
                    "parts": [{"measured": "count", "classes": ["mitosis"]}],
                    "per_mm2_of": ["lesion"],
                },
            },
            (Drawn(text="##..\n##.."), Drawn(text="...#", class_name="mitosis")),
            finds="rate is answered 1; (1 × mitosis) in 4\N{NO-BREAK SPACE}mm² = 0.25 per mm²",
            answers={"rate": 1.0},
        ),
        Case(
            "a count per area, and no area",
            {
                "attribute": "rate",
                "derivation": {
                    "how": "sum",
                    "parts": [{"measured": "count", "classes": ["mitosis"]}],
                    "per_mm2_of": ["tumour"],
                },
            },
            Drawn(text="#", class_name="mitosis"),
            cannot="nothing is marked by whose area it could be divided",
            answers={"rate": 1.0},
        ),
        Case(
            "on each of two images",
            {
                "attribute": "number",
                "derivation": {"how": "sum", "parts": [{"measured": "count", "classes": ["lesion"]}]},
            },
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1)),
            finds="number of image 2 is answered 2; 1 × lesion = 1",
            item_answers={0: {"number": 1.0}, 1: {"number": 2.0}},
        ),
        Case(
            "a width by the width from the leftmost to the rightmost, in pixels where no spacing is known",
            {"attribute": "heart-size", "derivation": _CARDIOTHORACIC},
            (_HEART, *_LUNGS),
            finds="heart-size is answered enlarged; width of Region 1 heart 2\N{NO-BREAK SPACE}px / width of lung"
            " 7\N{NO-BREAK SPACE}px = 0.29 → normal",
            answers={"heart-size": "enlarged"},
            spacing=None,
        ),
        Case(
            "a ratio near the end of a band",
            {
                "attribute": "heart-size",
                "derivation": {
                    **_CARDIOTHORACIC,
                    "bands": [
                        {"option": "normal", "limits": {"at_most": 0.289}},
                        {"option": "enlarged", "limits": {"above": 0.289}},
                    ],
                },
            },
            (_HEART, *_LUNGS),
            finds="7\N{NO-BREAK SPACE}mm = 0.286 → normal",
            answers={"heart-size": "enlarged"},
        ),
        Case(
            "nothing is marked of either",
            {"attribute": "heart-size", "derivation": {**_CARDIOTHORACIC, "is_entered": False}},
            Drawn(text="#"),
        ),
        Case(
            "nothing is marked that is divided",
            {"attribute": "heart-size", "derivation": {**_CARDIOTHORACIC, "is_entered": False}},
            _LUNGS,
            cannot="nothing is marked whose width could be measured",
        ),
        Case(
            "nothing is marked by which it is divided",
            {"attribute": "share", "derivation": _NECROSIS},
            Drawn(text="##", class_name="necrosis"),
            cannot="nothing is marked by whose area it could be divided",
            answers={"share": 50.0},
        ),
        Case(
            "a percentage of areas, in which pixels that two regions have count once",
            {"attribute": "share", "derivation": _NECROSIS},
            (
                Drawn(text="##...\n##...", class_name="necrosis"),
                Drawn(text=".##..\n.##..", class_name="necrosis"),
                Drawn(text="###..\n###.#"),
            ),
            finds="share is answered 84.6\N{NO-BREAK SPACE}%; area of necrosis 6\N{NO-BREAK SPACE}mm² / area of"
            " Region 3 lesion 7\N{NO-BREAK SPACE}mm² = 85.7\N{NO-BREAK SPACE}%",
            answers={"share": 84.6},
        ),
        Case(
            "a percentage within the tolerance, on two images",
            {"attribute": "share", "derivation": _NECROSIS},
            (
                Drawn(text="##..", class_name="necrosis", item_index=0),
                Drawn(text="##..", class_name="necrosis", item_index=1),
                Drawn(text="####", item_index=0),
                Drawn(text="###.", item_index=1),
            ),
            answers={"share": 57.0},
        ),
        Case(
            "a percentage of nothing, which nobody enters",
            {"attribute": "share", "derivation": {**_NECROSIS, "is_entered": False}},
            Drawn(text="####\n####"),
            finds="share is 0\N{NO-BREAK SPACE}%: area of nothing 0\N{NO-BREAK SPACE}mm² / area of Region 1 lesion"
            " 8\N{NO-BREAK SPACE}mm² = 0\N{NO-BREAK SPACE}%",
        ),
        Case(
            "areas on two images, and no spacing",
            {"attribute": "share", "derivation": _NECROSIS},
            (Drawn(text="##", class_name="necrosis", item_index=0), Drawn(text="##", item_index=1)),
            cannot="pixel spacing",
            answers={"share": 100.0},
            spacing=None,
        ),
        Case(
            "taller than wide, each region by itself",
            {"attribute": "shape", "classes": ["lesion"], "derivation": _TALLER},
            (
                Drawn(text="#.....\n#.....", answers={"shape": "wider"}),
                Drawn(text="..####\n......", answers={"shape": "wider"}),
            ),
            finds="shape is answered wider; height of Region 1 lesion 4\N{NO-BREAK SPACE}mm / width of Region 1 lesion"
            " 1\N{NO-BREAK SPACE}mm = 4 → taller",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case(
            "as tall as wide but for the tolerance",
            {"attribute": "shape", "classes": ["lesion"], "derivation": _TALLER},
            Drawn(text="##########\n##########", answers={"shape": "wider"}),
            spacing=Spacing(row_mm=5.5, column_mm=1.0),
        ),
        Case(
            "taller than wide, and no spacing",
            {"attribute": "shape", "classes": ["lesion"], "derivation": _TALLER},
            Drawn(text="#...\n#...", answers={"shape": "wider"}),
            cannot="pixel spacing",
            spacing=None,
        ),
        Case(
            "a share of what is counted",
            {"attribute": "index", "derivation": _POSITIVE},
            (
                Drawn(text="#...", class_name="stained"),
                Drawn(text=".#..", class_name="stained"),
                Drawn(text="...#"),
            ),
            finds="index is answered 0.5; 2 × stained / 3 × stained and lesion = 0.667",
            answers={"index": 0.5},
            spacing=None,
        ),
        Case(
            "a diameter of two regions",
            {
                "attribute": "index",
                "derivation": {
                    **_POSITIVE,
                    "parts": [{"measured": "longest-diameter", "classes": ["lesion"]}],
                    "divided_by": {"measured": "longest-diameter", "classes": ["organ"]},
                },
            },
            (Drawn(text="##.."), Drawn(text="...#"), Drawn(text="####", class_name="organ")),
            cannot="2 regions are marked, and the longest diameter is one of a region",
            answers={"index": 0.5},
        ),
        Case(
            "a ratio that does not say of what",
            {"attribute": "index", "derivation": {"how": "ratio", "parts": _POSITIVE["parts"]}},
            Drawn(text="#", class_name="stained"),
            cannot="the guideline does not say what is divided by what",
            answers={"index": 1.0},
        ),
        Case(
            "looked up in a table",
            {"attribute": "group", "derivation": _TABLE},
            "",
            answers={"primary": 3.0, "secondary": 4.0, "group": 2.0},
        ),
        Case(
            "another group than that of the table",
            {"attribute": "group", "derivation": _TABLE},
            "",
            finds="group is answered 2; primary 4 and secondary 3 → 3",
            answers={"primary": 4.0, "secondary": 3.0, "group": 2.0},
        ),
        Case(
            "a pair that the table does not have",
            {"attribute": "group", "derivation": _TABLE},
            "",
            cannot="for primary 4 and secondary 4 the guideline names no answer",
            answers={"primary": 4.0, "secondary": 4.0, "group": 2.0},
        ),
        Case(
            "two answers where the table wants one",
            {"attribute": "group", "derivation": _TABLE},
            "",
            cannot="“primary” has several answers, and one is wanted",
            answers={"primary": (3.0, 4.0), "secondary": 4.0, "group": 2.0},
        ),
        Case(
            "an answer that is not asked for the table",
            {
                "attribute": "group",
                "derivation": {
                    **_TABLE,
                    "terms": [
                        {"question": "primary", "required": True, "when": {"seen": ["yes"]}},
                        {"question": "secondary"},
                    ],
                },
            },
            "",
            cannot="it follows from the answer to “primary”, which is not asked here",
            answers={"secondary": 4.0, "group": 2.0},
        ),
        Case(
            "the worst of two",
            {"attribute": "grade", "derivation": _WORST},
            "",
            finds="grade is answered mild; right severe is the highest of 2 → severe",
            answers={"left": "mild", "right": "severe", "grade": "mild"},
        ),
        Case(
            "the worst over all regions",
            {
                "attribute": "grade",
                "derivation": {**_WORST, "terms": [{"question": "left", "of": ["lesion"], "required": True}]},
            },
            (
                Drawn(text="#..", answers={"left": "mild"}),
                Drawn(text=".#.", answers={"left": "none"}),
                Drawn(text="..#", class_name="other", answers={"left": "severe"}),
            ),
            answers={"grade": "mild"},
        ),
        Case(
            "nothing is asked from which it could follow",
            {
                "attribute": "grade",
                "derivation": {**_WORST, "terms": [{"question": "left", "of": ["lesion"], "required": True}]},
            },
            "",
            cannot="none of the questions that it follows from is asked here",
            answers={"grade": "mild"},
        ),
        Case(
            "one may be left open, and was",
            {"attribute": "grade", "derivation": {**_WORST, "is_entered": False}},
            "",
            answers={"left": "mild"},
        ),
        Case(
            "one was left open, and the grade entered",
            {"attribute": "grade", "derivation": _WORST},
            "",
            cannot="“right”, which was left open",
            answers={"left": "mild", "grade": "mild"},
        ),
        Case(
            "an answer that is no step",
            {"attribute": "grade", "derivation": _WORST},
            "",
            cannot="right awful is no step of it",
            answers={"left": "mild", "right": "awful", "grade": "mild"},
        ),
        Case(
            "one alone",
            {"attribute": "grade", "derivation": {**_WORST, "terms": [{"question": "left", "required": True}]}},
            "",
            finds="grade is answered none; left mild → mild",
            answers={"left": "mild", "grade": "none"},
        ),
        Case(
            "in two quadrants about the landmark",
            {
                "attribute": "grade",
                "derivation": _FIRST,
                "titles": {"severe": "Severe"},
                "class_titles": {"bead": "Venous beading"},
            },
            (_FOVEA, _ABOVE, _BELOW),
            finds="grade is answered mild; Venous beading in 2 of 4 quadrants → Severe",
            answers={"grade": "mild"},
        ),
        Case(
            "in one quadrant",
            {"attribute": "grade", "derivation": _FIRST},
            (_FOVEA, _ABOVE, _ABOVE),
            answers={"grade": "mild"},
        ),
        Case(
            "so few that they cannot lie in two quadrants, and no landmark",
            {"attribute": "grade", "derivation": _FIRST},
            _ABOVE,
            finds="grade is answered severe; 1 × bead → mild",
            answers={"grade": "severe"},
        ),
        Case(
            "perhaps in two quadrants, and no landmark",
            {"attribute": "grade", "derivation": _FIRST},
            (_ABOVE, _BELOW),
            cannot="it depends on the quadrants of bead: no fovea is marked",
            answers={"grade": "severe"},
        ),
        Case(
            "nothing of what leads to another answer",
            {"attribute": "grade", "derivation": {**_FIRST, "is_entered": False}},
            _FOVEA,
            finds="grade is none: nothing holds that leads to another answer",
        ),
        Case(
            "no criteria hold, and nothing is said of that",
            {"attribute": "grade", "derivation": {**_FIRST, "first_of": _FIRST["first_of"][:2]}},
            _FOVEA,
            cannot="nothing holds that leads to an answer",
            answers={"grade": "none"},
        ),
        Case(
            "by the answer and the size of the region",
            {"attribute": "category", "classes": ["lesion"], "derivation": _OWN},
            Drawn(text="####\n####\n####", answers={"kind": "solid", "category": "2"}),
            finds="category is answered 2; kind solid and longest diameter 5\N{NO-BREAK SPACE}mm → 4b",
        ),
        Case(
            "an answer that may be left open, and was",
            {"attribute": "category", "classes": ["lesion"], "derivation": _OWN},
            Drawn(text="###\n###\n###", answers={"kind": "solid", "category": "2"}),
            cannot="it depends on the answer to “sure”, which was left open",
        ),
        Case(
            "an answer that may be left open, and was, where nobody enters what follows",
            {"attribute": "category", "classes": ["lesion"], "derivation": {**_OWN, "is_entered": False}},
            Drawn(text="###\n###\n###", answers={"kind": "solid"}),
        ),
        Case(
            "a counted region of which an answer was left open",
            {"attribute": "grade", "derivation": {**_SURE, "is_entered": False}},
            (Drawn(text="#..", answers={"sure": "yes"}), Drawn(text="..#")),
        ),
        Case(
            "criteria of which no question is asked",
            {"attribute": "category", "classes": ["lesion"], "derivation": {**_ASKED, "is_entered": False}},
            Drawn(text="####\n####\n####", answers={"kind": "solid", "level": 5.0}),
            answers={"plane": "long"},
        ),
        Case(
            "criteria of which one question is asked",
            {"attribute": "category", "classes": ["lesion"], "derivation": _ASKED},
            Drawn(text="####\n####\n####", answers={"kind": "solid", "category": "4"}),
            finds="category is answered 4; nothing holds that leads to another answer (kind solid) → none",
            answers={"plane": "coronal"},
        ),
        Case(
            "the largest of what is measured",
            {"attribute": "size", "derivation": _LARGEST},
            (Drawn(text="####"), Drawn(text="######\n######", class_name="node")),
            finds=(
                "size is answered 7\N{NO-BREAK SPACE}mm; longest diameter of Region 1 lesion 4\N{NO-BREAK SPACE}mm, the"
                " largest of 2"
            ),
            answers={"size": 7},
        ),
        Case(
            "those of which somebody is sure",
            {"attribute": "count", "derivation": _SURE_ONES},
            (Drawn(text="#", answers={"sure": "yes"}), Drawn(text="#", answers={"sure": "no"})),
            finds="count is answered 2; 1 × lesion = 1",
            answers={"count": 2},
        ),
        Case(
            "it is not answered whether somebody is sure",
            {"attribute": "count", "derivation": _SURE_ONES},
            Drawn(text="#"),
            cannot="it depends on the answer to “sure”, which is missing",
            answers={"count": 1},
        ),
        Case(
            "an object on two images, which has one answer on each",
            {"attribute": "size", "classes": ["lesion"], "on": ["across"], "derivation": _JOINED},
            (
                Drawn(text="#", object_name="1", item_index=0, answers={"width": 3}),
                Drawn(text="#", object_name="2", item_index=1, answers={"length": 7}),
                Drawn(text="#", object_name="1", item_index=1, answers={"length": 5}),
            ),
            finds="size is 15\N{NO-BREAK SPACE}mm2: width 3\N{NO-BREAK SPACE}mm × length 5",
            of_task=_PLANES,
        ),
        Case(
            "the object is marked on the other image, and not answered about there",
            {"attribute": "size", "classes": ["lesion"], "on": ["across"], "derivation": _JOINED},
            (
                Drawn(text="#", object_name="1", item_index=0, answers={"width": 3}),
                Drawn(text="#", object_name="1", item_index=1),
            ),
            cannot="it follows from the answer to “length”, which is missing",
            of_task=_PLANES,
        ),
        Case(
            "what is asked on the other image is not asked of this object",
            {"attribute": "sum", "classes": ["lesion"], "on": ["across"], "derivation": _WHEN_SOLID},
            (
                Drawn(text="#", object_name="1", item_index=0, answers={"kind": "cyst", "a": 1}),
                Drawn(text="#", object_name="1", item_index=1),
            ),
            finds="sum is 1: a 1 = 1",
            of_task=_PLANES,
        ),
        Case(
            "the object is not marked on the other image",
            {"attribute": "size", "classes": ["lesion"], "on": ["across"], "derivation": _JOINED},
            (
                Drawn(text="#", object_name="1", item_index=0, answers={"width": 3}),
                Drawn(text="#", object_name="1", class_name="cyst", item_index=1, answers={"length": 7}),
            ),
            of_task=_PLANES,
        ),
        Case(
            "the object has no name",
            {"attribute": "size", "classes": ["lesion"], "on": ["across"], "derivation": _JOINED},
            (
                Drawn(text="#", item_index=0, answers={"width": 3}),
                Drawn(text="#", item_index=1, answers={"length": 5}),
            ),
            cannot="it cannot be joined with what is marked on other images: the region has no object name",
            of_task=_PLANES,
        ),
        Case(
            "of an image, each answer counts once",
            {"attribute": "sum", "derivation": _WIDTHS},
            (
                Drawn(text="#", object_name="1", item_index=0, answers={"width": 3}),
                Drawn(text="#", object_name="1", item_index=1),
            ),
            finds="sum is answered 6; width 3 = 3",
            answers={"sum": 6},
            of_task=_PLANES,
        ),
        Case(
            "what must not be so is not: another answer, and nothing of a class",
            {"attribute": "grade", "derivation": _UNLESS, "class_titles": {"cyst": "Cyst"}},
            "#",
            finds="grade is answered none; side left and no Cyst → alone",
            answers={"grade": "none", "kind": "node", "side": "left"},
        ),
        Case(
            "another answer than those that must not be",
            {"attribute": "grade", "derivation": _UNLESS},
            "#",
            finds="grade is answered none; side both → other",
            answers={"grade": "none", "kind": "node", "side": "both"},
        ),
        Case(
            "a question that is not asked has none of its answers",
            {"attribute": "grade", "derivation": _UNLESS},
            "#",
            finds="grade is answered none; what must not be so is not → other",
            answers={"grade": "none", "kind": "cyst"},
        ),
        Case(
            "what must not be so is",
            {"attribute": "grade", "derivation": _UNLESS},
            (Drawn(text="#", class_name="cyst"), Drawn(text="#")),
            answers={"grade": "none", "kind": "node", "side": "left"},
        ),
        Case(
            "it cannot be told whether what must not be so is",
            {"attribute": "grade", "derivation": _UNLESS},
            "#",
            cannot="it depends on the answer to “side”, which is missing",
            answers={"grade": "none", "kind": "node"},
        ),
        Case(
            "an answer is missing that criteria ask for",
            {"attribute": "category", "classes": ["lesion"], "derivation": _OWN},
            Drawn(text="####\n####\n####", answers={"category": "2"}),
            cannot="it depends on the answer to “kind”, which is missing",
        ),
        Case(
            "an answer is missing, and the size decides",
            {"attribute": "category", "classes": ["lesion"], "derivation": _OWN},
            Drawn(text="##\n##\n##", answers={"category": "3", "sure": 4.0}),
        ),
        Case(
            "near the landmark",
            {"attribute": "zone", "derivation": _NEAR},
            (_FOVEA, Drawn(text="..#..\n.....\n.....\n.....\n.....", class_name="spot")),
            finds="zone is answered far; Region 2 spot 2\N{NO-BREAK SPACE}px from fovea → near",
            answers={"zone": "far"},
        ),
        Case(
            "away from the landmark, and many that are large",
            {"attribute": "zone", "derivation": _NEAR},
            (
                _FOVEA,
                Drawn(text="##...\n.....\n.....\n.....\n.....", class_name="spot"),
                Drawn(text="...##\n.....\n.....\n.....\n.....", class_name="spot"),
                Drawn(text="#....\n.....\n.....\n.....\n.....", class_name="spot"),
            ),
            finds="zone is answered none; 2 × spot → far",
            answers={"zone": "none"},
        ),
        Case(
            "nothing whose distance would count",
            {"attribute": "zone", "derivation": _NEAR},
            "",
            answers={"zone": "none"},
        ),
        Case(
            "a question that does not say what it follows from",
            {"attribute": "grade"},
            "",
            cannot="the guideline does not say what it follows from",
            answers={"grade": "mild"},
        ),
    )
