"""The rule ``answer-within-length``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.validation.question import QuestionRule
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.amount import OneOrMore
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.says import Says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class AnswerWithinLength(QuestionRule):
    """An answer is no longer than can be read.

    ## Why
    Essays are not counted.

    ## How it is measured
    The characters of every answer are counted.

    ## Source
    A choice of this catalogue.
    """

    most: Annotated[OneOrMore, Upper("characters")] = 100
    """Most characters."""

    says = {
        "long": Says("{question} has an answer of {count} characters; at most {most} are asked for", "Say it shorter."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self.asked_about(names, 'every')} has an answer of at most {self.most} characters."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} has an answer of more than {self.most} characters"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Count the characters."""
        for one, said in self.answered(submission):
            count = max(len(str(value)) for value in said)
            if count > self.most:
                yield self.departs("long", *one.regions, question=self.question_to(one), count=count, most=self.most)

    cases = (
        Case(
            "as long as allowed",
            {"attribute": "margin", "classes": ["lesion"], "most": 5},
            Drawn(text="#", answers={"margin": "sharp"}),
        ),
        Case(
            "one character too long",
            {"attribute": "margin", "classes": ["lesion"], "most": 4},
            Drawn(text="#", answers={"margin": "sharp"}),
            finds="margin has an answer of 5 characters; at most 4 are asked for",
        ),
    )
