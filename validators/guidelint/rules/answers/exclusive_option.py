"""The rule ``exclusive-option``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.annotation.region import option
from guidelint.validation.question import OptionsRule, OwnOption
from guidelint.validation.rule.beside import AnyOrder
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import SEVERAL_CHOSEN, QuestionOf
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class ExclusiveOption(OptionsRule):
    """An option that excludes the others of its question is chosen alone.

    ## Why
    "None" beside "punctate foci" is two answers that cannot both be true. An editor with check boxes takes them both,
    and whoever sums points or counts findings takes one of them for the answer.

    ## How it is measured
    Where one of the exclusive options is among the answers to the question, on one region or on one image, the other
    answers that differ from it are listed.

    ## Source
    A choice of this catalogue.
    """

    attribute: Annotated[str, QuestionOf(kinds=SEVERAL_CHOSEN), From("attributes.*", "name")]
    exclusive: Annotated[tuple[OwnOption, ...], Field(min_length=1), AnyOrder(), From("attributes.*.exclusive")]
    """Options that exclude every other."""

    follows = "attributes.*.exclusive"

    says = {
        "together": Says(
            "{question} is answered {shown}, which excludes every other answer, and {others} as well",
            "Keep what you see, and take the other away.",
            "Have one of them taken away.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Where {self.asked_about(names)} is {self._alone(names)}, nothing else is chosen."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is {self._alone(names)} and something else as well"

    def _alone(self, names: Names) -> str:
        return names.answers(self.attribute, self.exclusive)

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look for company of what stands alone."""
        for one, said in self.answered(submission):
            chosen = tuple(dict.fromkeys(map(option, said)))
            alone = next((answer for answer in chosen if answer in self.exclusive), None)
            others = tuple(answer for answer in chosen if answer != alone)
            if alone is not None and others:
                yield self.departs(
                    "together",
                    *one.regions,
                    question=self.question_to(one),
                    answer=alone,
                    shown=self.shown(alone),
                    others=both(map(self.shown, others)),
                )

    cases = (
        Case(
            "alone",
            {"attribute": "foci", "classes": ["lesion"], "exclusive": ["none"]},
            Drawn(text="#", answers={"foci": "none"}),
        ),
        Case(
            "two that go together",
            {"attribute": "foci", "classes": ["lesion"], "exclusive": ["none"]},
            Drawn(text="#", answers={"foci": ("rim", "punctate")}),
        ),
        Case(
            "with another",
            {
                "attribute": "foci",
                "title": "Echogenic foci",
                "classes": ["lesion"],
                "exclusive": ["none"],
                "titles": {"none": "None", "rim": "Rim", "punctate": "Punctate"},
            },
            Drawn(text="#", answers={"foci": ("punctate", "none", "rim")}),
            finds="Echogenic foci is answered None, which excludes every other answer, and Punctate and Rim as well",
        ),
        Case(
            "the same answer twice is one",
            {"attribute": "foci", "classes": ["lesion"], "exclusive": ["none"]},
            Drawn(text="#", answers={"foci": ("none", "none")}),
        ),
        Case(
            "two that exclude each other",
            {"attribute": "findings", "exclusive": ["normal", "unreadable"]},
            "",
            finds="findings is answered normal, which excludes every other answer, and unreadable as well",
            answers={"findings": ("normal", "unreadable")},
        ),
        Case(
            "about one of two images",
            {"attribute": "findings", "exclusive": ["normal"]},
            "",
            finds="findings of image 2 is answered normal",
            item_answers={0: {"findings": "normal"}, 1: {"findings": ("normal", "effusion")}},
        ),
        Case("not answered", {"attribute": "findings", "exclusive": ["normal"]}, ""),
    )
