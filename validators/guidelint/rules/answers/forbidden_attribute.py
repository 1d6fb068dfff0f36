"""The rule ``forbidden-attribute``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.asked_when import Where, all_hold, where_told
from guidelint.validation.question import OptionsRule
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.parameters.naming import Answers, NumberedQuestion
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply


class ForbiddenAttribute(OptionsRule):
    """A question that must not be answered under some condition is left open there.

    ## Why
    "Describe the margin of solid nodules only": a margin on a cyst is an answer to a question that was not put. It was
    mostly given before the other answer was changed, and goes on to be counted.

    ## How it is measured
    Departs where the question is answered although each of the other questions under ``when`` is answered in one of
    the given ways, and each of the numbers under ``when_number`` lies within its limits, on the region or else on the
    image, and the condition under ``where`` on the image, on what is marked there, or on the region holds. Where one of
    those others is not answered, nothing is forbidden. With none of these, it is never to be answered.

    ## Source
    A choice of this catalogue.
    """

    when: Annotated[Answers, From("attributes.*.forbidden.when")] = {}
    """Other question → answers under which this one must stay open."""
    when_number: Annotated[dict[NumberedQuestion, Between], From("attributes.*.forbidden.when_number")] = {}
    """Other question → limits of its number under which this one must stay open."""

    where: Annotated[Where, UnlessEmpty(), From("attributes.*.forbidden.where")] = None
    """Condition on the image, on what is marked there, or on the region, under which this one must stay open."""

    follows = "attributes.*.forbidden"
    says = {
        "answered": Says(
            "{question} is answered {shown}, and is not to be answered here",
            "Take the answer away, or change the one that it depends on.",
            "Have the answer taken away, or the one that it depends on changed.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        where = where_told(self.when, self.when_number, names, self.where)
        return f"{self.asked_about(names, 'every')} is left open{where}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is answered{where_told(self.when, self.when_number, names, self.where)}"

    @property
    def rests_on(self) -> frozenset[str]:
        """The question, and those that forbid it."""
        return frozenset({self.attribute, *self.when, *self.when_number})

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Look for answers where there may be none."""
        for one, said in self.answered(submission):
            question = self.question_to(one)
            try:
                if all_hold(self.when, self.when_number, self.where, one, submission):
                    shown = both(map(self.shown, dict.fromkeys(said)))
                    yield self.departs("answered", *one.regions, question=question, shown=shown)
            except NotMeasurable as error:
                yield CannotTell(f"whether {question} is to stay open cannot be told: {error}", one.regions)

    cases = (
        Case(
            "answered where it may be",
            {"attribute": "margin", "classes": ["lesion"], "when": {"kind": ["cyst"]}},
            Drawn(text="#", answers={"margin": "smooth", "kind": "solid"}),
        ),
        Case(
            "left open",
            {"attribute": "margin", "classes": ["lesion"], "when": {"kind": ["cyst"]}},
            Drawn(text="#", answers={"kind": "cyst", "margin": " "}),
        ),
        Case(
            "answered where it may not be",
            {
                "attribute": "margin",
                "title": "Margin",
                "classes": ["lesion"],
                "when": {"kind": ["cyst", "sponge"]},
                "titles": {"smooth": "Smooth"},
            },
            Drawn(text="#", answers={"margin": "smooth", "kind": "sponge"}),
            finds="Margin is answered Smooth, and is not to be answered here",
        ),
        Case(
            "an answer about the image forbids it",
            {"attribute": "margin", "classes": ["lesion"], "when": {"contrast": ["no"]}},
            Drawn(text="#", answers={"margin": "smooth"}),
            finds="margin is answered smooth",
            answers={"contrast": "no"},
        ),
        Case(
            "answered on an image of this modality",
            {"attribute": "suv", "where": {"image": {"modality": ("CT",)}}},
            "",
            finds="suv is answered high, and is not to be answered here",
            answers={"suv": "high"},
        ),
        Case(
            "answered on an image of another",
            {"attribute": "suv", "where": {"image": {"modality": ("MR",)}}},
            "",
            answers={"suv": "high"},
        ),
        Case(
            "answered, and nobody knows of the image",
            {"attribute": "suv", "title": "SUV", "where": {"image": {"view": ("PA",)}}},
            "",
            cannot="whether SUV is to stay open cannot be told: the view (0018,5101) of the image is not known",
            answers={"suv": "high"},
        ),
        Case(
            "left open, so that nobody need know",
            {"attribute": "suv", "where": {"image": {"view": ("PA",)}}},
            "",
        ),
        Case(
            "answered of a small region beside another class",
            {
                "attribute": "margin",
                "classes": ["lesion"],
                "where": {"marked": ("cyst",), "size": {"longest_mm": {"below": 3}}},
            },
            (
                Drawn(text="##...", answers={"margin": "smooth"}),
                Drawn(text="..###", answers={"margin": "smooth"}),
                Drawn(text="#....", class_name="cyst"),
            ),
            finds="margin is answered smooth",
        ),
        Case(
            "what would forbid it is not answered",
            {"attribute": "margin", "when": {"kind": ["cyst"]}},
            "",
            answers={"margin": "smooth"},
        ),
        Case(
            "a number within its limits",
            {"attribute": "depth", "when_number": {"size": {"below": 5}}},
            "",
            finds="depth is answered 3 and 4",
            answers={"depth": (3.0, 4.0, 3.0), "size": 4.9},
        ),
        Case(
            "a number beyond its limits",
            {"attribute": "depth", "when_number": {"size": {"below": 5}}},
            "",
            answers={"depth": 3.0, "size": 5.0},
        ),
        Case(
            "a number about one of two images",
            {"attribute": "depth", "when_number": {"size": {"below": 5}}},
            "",
            finds="depth of image 1 is answered 3",
            item_answers={0: {"depth": 3.0, "size": 4.0}, 1: {"depth": 3.0, "size": 6.0}},
        ),
        Case("never to be answered", {"attribute": "depth"}, "", finds="depth is answered 3", answers={"depth": 3.0}),
    )
