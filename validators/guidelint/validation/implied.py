"""Rules by which an answer to one question speaks for what else is answered and marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.annotation.region import option
from guidelint.validation.question import Asked, OptionsRule, OwnOption, Titles
from guidelint.validation.rule.parameters.naming import Answers, Classes
from guidelint.validation.rule.titles import ClassTitles, QuestionTitles, TitlesOfOptions
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names


class ImpliedRule(OptionsRule):
    """Judges what goes together with some answers to one question.

    Other questions are looked up where this one is put: at the same region and around it, or at the same image and at
    the regions on it. Marks are those on the same image.
    """

    values: Annotated[tuple[OwnOption, ...], Field(min_length=1)]
    """Answers that it is about."""
    answers: Answers = {}  # noqa: RUF012 - pydantic copies it
    """Other question → answers to it."""
    marked: Classes = ()
    """Classes whose regions it is about."""

    question_titles: QuestionTitles = {}  # noqa: RUF012 - pydantic copies it
    """The questions as annotators see them: key → title."""
    option_titles: TitlesOfOptions = {}  # noqa: RUF012 - pydantic copies it
    """Their options as annotators see them: question → key → title."""
    class_titles: ClassTitles = {}  # noqa: RUF012 - pydantic copies it
    """The classes as annotators see them: key → title."""

    @property
    def rests_on(self) -> frozenset[str]:
        """The question, and the others."""
        return frozenset({self.attribute, *self.answers})

    def told_where(self, names: Names) -> str:
        """Say when it is asked, after "where" or "if"."""
        return f"{self.asked_about(names)} is {names.answers(self.attribute, self.values)}"

    def given(self, submission: Submission) -> Iterator[tuple[Asked, str]]:
        """Everyone who gave one of the answers, with the answer as people see it."""
        for one, said in self.answered(submission):
            for answer in dict.fromkeys(map(option, said)):
                if answer in self.values:
                    yield one, self.shown(answer)

    def said_there(self, one: Asked, submission: Submission, question: str) -> tuple[str, ...]:
        """List what was answered to another question, at the same place or in it."""
        answers = (one.around, one.answers, *(region.answers for region in self._within(one, submission)))
        return tuple(option(value) for each in answers if question in each for value in each[question].said)

    def marked_there(self, one: Asked, submission: Submission) -> tuple[Region, ...]:
        """List the marks of the classes on the same image, but for the region that is asked itself."""
        return tuple(
            region
            for region in submission.regions
            if region.class_name in self.marked and region not in one.regions and one.is_on_image(region)
        )

    @property
    def called(self) -> Titles:
        """What annotators call the other questions, the answers to them, and the classes."""
        return Titles(self.question_titles, self.option_titles, self.class_titles)

    def any_of(self, question: str) -> str:
        """Name the answers to another question, as alternatives."""
        return either(self.called.option(question, answer) for answer in self.answers[question])

    def any_class(self) -> str:
        """Name the classes, as alternatives."""
        return either(map(self.called.class_, self.marked))

    def told_answers(self, names: Names) -> tuple[str, ...]:
        """Say each of the other answers: that question is this or that."""
        return (names.conditions(self.answers),) if self.answers else ()

    @staticmethod
    def _within(one: Asked, submission: Submission) -> Iterator[Region]:
        """Regions on the image that is asked; none within a region."""
        if not one.regions:
            yield from (region for region in submission.regions if one.is_on_image(region))
