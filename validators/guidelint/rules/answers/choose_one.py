"""The rule ``choose-one``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.region import option
from guidelint.validation.question import OptionsRule
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import ONE_CHOSEN, QuestionOf
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class ChooseOne(OptionsRule):
    """A question with one answer has one answer.

    ## Why
    "Benign" and "malignant" at once is no answer; whoever counts takes the first and is wrong half of the time.

    ## How it is measured
    Different answers to the question on one region, or on one image, are counted.

    ## Source
    A choice of this catalogue.
    """

    attribute: Annotated[str, QuestionOf(kinds=ONE_CHOSEN), From("attributes.*", "name")]

    follows = "attributes.*"

    says = {
        "several": Says("{question} has {count} answers ({shown}); one is asked for", "Keep the one that fits best."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self.asked_about(names, 'every')} has one answer."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} has more than one answer"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Count the answers."""
        for one, said in self.answered(submission):
            if not said[1:]:
                continue
            different = tuple(dict.fromkeys(option(value) for value in said))
            if len(different) > 1:
                yield self.departs(
                    "several",
                    *one.regions,
                    question=self.question_to(one),
                    count=len(different),
                    answers=", ".join(different),
                    shown=", ".join(map(self.shown, different)),
                )

    cases = (
        Case(
            "one answer",
            {"attribute": "margin", "classes": ["lesion"]},
            Drawn(text="#", answers={"margin": "sharp"}),
        ),
        Case("no answer is another rule's matter", {"attribute": "margin", "classes": ["lesion"]}, "#"),
        Case(
            "two answers",
            {
                "attribute": "margin",
                "title": "Margin",
                "classes": ["lesion"],
                "titles": {"sharp": "Sharp", "blurred": "Blurred"},
            },
            Drawn(text="#", answers={"margin": ("sharp", "blurred")}),
            finds="Margin has 2 answers (Sharp, Blurred)",
        ),
        Case(
            "the same answer twice is one",
            {"attribute": "margin", "classes": ["lesion"]},
            Drawn(text="#", answers={"margin": ("sharp", "sharp")}),
        ),
        Case(
            "two answers about the image",
            {"attribute": "quality"},
            "",
            finds="quality has 2 answers (1, 5)",
            answers={"quality": (1.0, 5.0)},
        ),
        Case(
            "two images, each with an answer",
            {"attribute": "quality"},
            "",
            item_answers={0: {"quality": 1.0}, 1: {"quality": 5.0}},
        ),
        Case(
            "two answers about one of two images",
            {"attribute": "quality"},
            "",
            finds="quality of image 2 has 2 answers (1, 5)",
            item_answers={0: {"quality": 1.0}, 1: {"quality": (1.0, 5.0)}},
        ),
    )
