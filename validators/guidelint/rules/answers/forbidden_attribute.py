"""The rule ``forbidden-attribute``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.validation.asked_when import answers_hold, where_told
from guidelint.validation.question import OptionsRule
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.parameters.naming import Answers, NumberedQuestion
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class ForbiddenAttribute(OptionsRule):
    """A question that must not be answered under some condition is left open there.

    ## Why
    "Describe the margin of solid nodules only": a margin on a cyst is an answer to a question that was not put. It was
    mostly given before the other answer was changed, and goes on to be counted.

    ## How it is measured
    Departs where the question is answered although each of the other questions under ``when`` is answered in one of
    the given ways, and each of the numbers under ``when_number`` lies within its limits, on the region or else on the
    image. Where one of those others is not answered, nothing is forbidden. With neither, it is never to be answered.

    ## Source
    A choice of this catalogue.
    """

    when: Annotated[Answers, From("attributes.*.forbidden.when")] = {}
    """Other question → answers under which this one must stay open."""
    when_number: Annotated[dict[NumberedQuestion, Between], From("attributes.*.forbidden.when_number")] = {}
    """Other question → limits of its number under which this one must stay open."""

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
        where = where_told(self.when, self.when_number, names)
        return f"{self.asked_about(names, 'every')} is left open{where}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is answered{where_told(self.when, self.when_number, names)}"

    @property
    def rests_on(self) -> frozenset[str]:
        """The question, and those that forbid it."""
        return frozenset({self.attribute, *self.when, *self.when_number})

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look for answers where there may be none."""
        for one, said in self.answered(submission):
            if answers_hold(self.when, self.when_number, one.in_sight):
                shown = both(map(self.shown, dict.fromkeys(said)))
                yield self.departs("answered", *one.regions, question=self.question_to(one), shown=shown)

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
