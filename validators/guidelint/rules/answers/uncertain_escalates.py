"""The rule ``uncertain-escalates``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.region import as_number, option
from guidelint.validation.question import OptionsRule, OwnOption
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.amount import Answer
from guidelint.validation.rule.parameters.naming import AnswerOf, DepartsOn
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class UncertainEscalates(OptionsRule):
    """The annotator is sure.

    ## Why
    Doubt is information. A guess that nobody reviews becomes ground truth; an annotator who says "not sure" must be
    heard, not corrected.

    ## How it is measured
    Every answer to the question, on a region or on the image, is compared with the words that mean doubt, or with the
    highest step of a confidence scale that still counts as doubt.

    ## Source
    A choice of this catalogue.
    """

    values: Annotated[tuple[OwnOption, ...], DepartsOn("attribute", unless=("at_most",))] = ()
    """Answers that mean doubt."""
    at_most: Annotated[Answer, AnswerOf("attribute")] | None = None
    """Highest confidence that still counts as doubt, on a scale where higher means surer."""

    says = {
        "uncertain": Says("{question} is answered {shown}", "Check the answer."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self.asked_about(names)} is not answered {self._doubt(names)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is {self._doubt(names)}"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look for doubt in every answer."""
        for one, said in self.answered_anywhere(submission):
            for value in said:
                if self._means_doubt(value):
                    answer, shown = option(value), self.shown(value)
                    yield self.departs(
                        "uncertain", *one.regions, question=self.question_to(one), answer=answer, shown=shown
                    )

    def _doubt(self, names: Names) -> str:
        """Say which answers mean doubt."""
        words = [names.answers(self.attribute, self.values)] if self.values else []
        return either((*words, *([] if self.at_most is None else [names.up_to(self.attribute, self.at_most)])))

    def _means_doubt(self, value: Value) -> bool:
        if option(value) in self.values:
            return True
        number = as_number(value)
        return self.at_most is not None and number is not None and number <= self.at_most

    cases = (
        Case(
            "sure",
            {"attribute": "certainty", "classes": ["lesion"], "values": ["not-sure"]},
            Drawn(text="#", answers={"certainty": "sure"}),
        ),
        Case(
            "not sure",
            {
                "attribute": "certainty",
                "title": "Certainty",
                "classes": ["lesion"],
                "values": ["not-sure"],
                "titles": {"not-sure": "Not sure"},
            },
            Drawn(text="#", answers={"certainty": "not-sure"}),
            finds="Certainty is answered Not sure",
        ),
        Case("surer than the limit", {"attribute": "confidence", "at_most": 2}, "", answers={"confidence": 3.0}),
        Case(
            "at the limit",
            {"attribute": "confidence", "at_most": 2},
            "",
            finds="confidence is answered 2",
            answers={"confidence": 2.0},
        ),
        Case(
            "a step of a scale, delivered as a word",
            {"attribute": "confidence", "at_most": 2},
            "",
            finds="confidence is answered 1",
            answers={"confidence": "1"},
        ),
        Case("a word is no number", {"attribute": "confidence", "at_most": 2}, "", answers={"confidence": "high"}),
    )
