"""What was answered, in the words of the guideline: beside the marks it is half of what a picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.region import option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.region import Answer, Value
    from guidelint.annotation.submission import Submission
    from guidelint.language.examples.form import Given
    from guidelint.language.form.guideline import Attribute, Guideline

Told = tuple[str, str]
"""A question, and what is answered to it."""


def answers_told(submission: Submission, guideline: Guideline) -> tuple[Told, ...]:
    """Tell every answer about regions and about the image, each alike once."""
    every = [answers for region in submission.regions for answers in _told(region.answers, guideline)]
    return tuple(dict.fromkeys((*every, *_told(submission.answers, guideline))))


def derived_told(derived: Given, guideline: Guideline) -> Iterator[Told]:
    """Tell what an example says that follows, as answers are told."""
    return _told(derived, guideline)


def _told(answers: Mapping[str, Answer] | Given, guideline: Guideline) -> Iterator[Told]:
    for name, answer in answers.items():
        if question := guideline.attributes.get(name):
            values = answer if isinstance(answer, tuple) else answer.values
            yield question.title, ", ".join(_shown(value, question) for value in values)


def _shown(value: Value, question: Attribute) -> str:
    key = option(value)
    if key in question.options:
        return question.options[key].title
    unit = question.number.unit if question.number and question.number.unit else ""
    return f"{key}\N{NO-BREAK SPACE}{unit}" if unit else key
