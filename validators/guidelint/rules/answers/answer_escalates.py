"""The rule ``answer-escalates``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.annotation.region import option
from guidelint.validation.question import OptionsRule, OwnOption
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import DepartsOn
from guidelint.validation.rule.says import Says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class AnswerEscalates(OptionsRule):
    """An answer is none of those that somebody else must see.

    ## Why
    Some answers are right and still not the end of it: a likely cancer, a finding that needs a second reader.

    ## How it is measured
    Every answer to the question, on a region or on the image, is compared with the list. Where nobody enters the
    answer, and it follows from a whole series, study or patient (`of: patient`), that escalates once all of it is in:
    see [derived-from-all](derived-from-all.md), [derived-change](derived-change.md),
    [derived-at-time-points](derived-at-time-points.md) and [derived-from-time-points](derived-from-time-points.md).

    ## Source
    A choice of this catalogue.
    """

    values: Annotated[tuple[OwnOption, ...], Field(min_length=1), DepartsOn("attribute")]
    """Answers that somebody else must see."""

    of_several = (
        "derived-from-all",
        "derived-of-object",
        "derived-rank",
        "derived-change",
        "derived-at-time-points",
        "derived-from-time-points",
        "derived-change-of-object",
        "derived-course-of-object",
    )
    says = {
        "listed": Says("{question} is answered {shown}", "Check the answer."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self.asked_about(names)} is not answered {names.answers(self.attribute, self.values)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is {names.answers(self.attribute, self.values)}"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Compare every answer with the list."""
        for one, said in self.answered_anywhere(submission):
            for value in said:
                if (answer := option(value)) in self.values:
                    shown = self.shown(value)
                    yield self.departs(
                        "listed", *one.regions, question=self.question_to(one), answer=answer, shown=shown
                    )

    cases = (
        Case(
            "an everyday answer",
            {"attribute": "malignancy", "classes": ["lesion"], "values": ["5"]},
            Drawn(text="#", answers={"malignancy": 4.0}),
        ),
        Case(
            "an answer of the list",
            {
                "attribute": "malignancy",
                "title": "Malignancy",
                "classes": ["lesion"],
                "values": ["4", "5"],
                "titles": {"4": "Likely", "5": "Very likely"},
            },
            Drawn(text="#", answers={"malignancy": 5.0}),
            finds="Malignancy is answered Very likely",
        ),
        Case(
            "an answer about the image",
            {"attribute": "quality", "values": ["unreadable"]},
            "",
            finds="quality is answered unreadable",
            answers={"quality": "unreadable"},
        ),
        Case(
            "on any region, where no class is named",
            {"attribute": "malignancy", "values": ["5"]},
            Drawn(text="#", answers={"malignancy": 5.0}),
            finds="malignancy is answered 5",
        ),
        Case("not answered", {"attribute": "quality", "values": ["unreadable"]}, ""),
    )
