"""Questions to a region or to the whole image, and rules about their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.validation.rule import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.annotation.region import Answer, Region, Value
    from guidelint.annotation.submission import Submission


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a question is put to: one region, or the image when there is none."""

    regions: tuple[Region, ...]
    answers: Mapping[str, Answer]

    def said(self, attribute: str) -> tuple[Value, ...]:
        """List what was answered; blank answers left out."""
        answer = self.answers.get(attribute)
        return tuple(value for value in answer.values if str(value).strip()) if answer else ()


class QuestionRule(SubmissionRule):
    """Judges the answers to one question."""

    attribute: str
    """Key of the question."""
    title: str = ""
    """The question as annotators see it."""
    classes: tuple[str, ...] = ()
    """Classes whose regions are asked; none: the whole image is."""

    @property
    def question(self) -> str:
        """How a message names the question."""
        return self.title or self.attribute

    def asked(self, submission: Submission) -> Iterator[Asked]:
        """Everyone whom the question is put to."""
        if not self.classes:
            yield Asked((), submission.answers)
        for region in submission.regions:
            if region.class_name in self.classes:
                yield Asked((region,), region.answers)

    def answered(self, submission: Submission) -> Iterator[tuple[Asked, tuple[Value, ...]]]:
        """Everyone who gave an answer, with the answer."""
        yield from self._answers(self.asked(submission))

    def answered_anywhere(self, submission: Submission) -> Iterator[tuple[Asked, tuple[Value, ...]]]:
        """Every answer of the classes; with no class named, every answer on the image and on any region."""
        everywhere = () if self.classes else (Asked((region,), region.answers) for region in submission.regions)
        yield from self._answers((*self.asked(submission), *everywhere))

    def _answers(self, asked: Iterable[Asked]) -> Iterator[tuple[Asked, tuple[Value, ...]]]:
        for one in asked:
            if said := one.said(self.attribute):
                yield one, said


def option(value: Value) -> str:
    """Name the option key that a value stands for: a rating of 5.0 is the step ``5``."""
    return str(int(value)) if isinstance(value, float | int) and float(value).is_integer() else str(value)
