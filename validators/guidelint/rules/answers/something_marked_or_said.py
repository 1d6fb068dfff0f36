"""The rule ``something-marked-or-said``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.region import option
from guidelint.validation.rule.beside import Beside, UnlessEmpty
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import Answers, ImageName, QuestionName
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.region import Answer
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


_EMPTY = "`empty_reading:`"


class SomethingMarkedOrSaid(SubmissionRule):
    """A submission marks something, or says in so many words that there is nothing.

    ## Why
    An empty submission may mean "I looked and found nothing" or "I pressed the wrong key". In a set of normal images
    the two cannot be told apart later.

    ## How it is measured
    Passes with at least one region, with one of the answers that mean "nothing here", or when the guideline states
    that an empty submission is itself an answer. In a task of several images, an answer for one image speaks for no
    other.

    ## Source
    Label Studio issue 8441: results that arrive empty.
    """

    empty_is_an_answer: Annotated[bool, From("empty_reading.means", "is-given", given=_EMPTY)] = False
    """Whether the guideline states what an empty submission means."""
    say: Annotated[Answers, From("empty_reading.say", given=_EMPTY)] = {}
    """Question about the image → answers that mean that there is nothing."""
    asked_of: Annotated[
        dict[QuestionName, tuple[ImageName, ...]], UnlessEmpty(), From("names.asked_of", given=_EMPTY)
    ] = {}
    """Question → named images of the task that are asked, each by itself; left out: the task as a whole is."""
    instead: Annotated[Words, Beside(), From("empty_reading.say", "answered", given=_EMPTY)] = (
        "answer the question that says so"
    )
    """What to do where there is nothing to mark, in the words that annotators see."""

    always = True
    follows = "empty_reading"
    says = {
        "empty": Says(
            "nothing is marked, and no answer says that there is nothing to mark",
            "Mark what you see. If there is nothing to mark, {instead}.",
            "Have it marked, or answered that there is nothing. If handing in nothing is an answer, say under "
            "`empty_reading:` of the guideline what it means.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "Something is marked, or an answer says that there is nothing."

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Report an unexplained empty submission."""
        if submission.regions or self.empty_is_an_answer or self._said(submission):
            return
        yield self.departs("empty", instead=self.instead)

    def _said(self, submission: Submission) -> bool:
        by_item = [self._says(submission.item_answers.get(item, {})) for item in self._asked(submission)]
        return self._says(submission.answers) or (bool(by_item) and all(by_item))

    def _asked(self, submission: Submission) -> tuple[int, ...]:
        """List the images that speak for the task: all of it, or those that are asked where that is said."""
        named = {name for question in self.say for name in self.asked_of.get(question, ())}
        return submission.named_items(named) if named else submission.items

    def _says(self, answers: Mapping[str, Answer]) -> bool:
        return any(
            option(value) in self.say.get(attribute, ())
            for attribute, answer in answers.items()
            for value in answer.values
        )

    cases = (
        Case("something is marked", {}, "#"),
        Case("nothing is marked or said", {}, "", finds="nothing is marked"),
        Case("nothing is an answer here", {"empty_is_an_answer": True}, ""),
        Case(
            "normal, in so many words",
            {"say": {"finding": ["normal"]}},
            "",
            answers={"finding": "normal"},
        ),
        Case(
            "another answer does not say it",
            {"say": {"finding": ["normal"]}},
            "",
            finds="nothing is marked",
            answers={"finding": "abnormal", "quality": "good"},
        ),
        Case(
            "normal on both images",
            {"say": {"finding": ["normal"]}},
            "",
            item_answers={0: {"finding": "normal"}, 1: {"finding": "normal"}},
        ),
        Case(
            "normal on the only one of two named images that is asked",
            {"say": {"finding": ["normal"]}, "asked_of": {"finding": ["right"]}},
            "",
            item_answers={1: {"finding": "normal"}},
            of_task={"left": "Left eye", "right": "Right eye"},
        ),
        Case(
            "normal on one of two named images that are asked",
            {"say": {"finding": ["normal"]}, "asked_of": {"finding": ["left", "right"]}},
            "",
            finds="nothing is marked",
            item_answers={1: {"finding": "normal"}},
            of_task={"left": "Left eye", "right": "Right eye"},
        ),
        Case(
            "normal on one of two images",
            {"say": {"finding": ["normal"]}},
            "",
            finds="nothing is marked",
            item_answers={0: {"finding": "normal"}, 1: {"quality": "good"}},
        ),
    )
