"""Which numbers are answers to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.language.form.written import WrittenAttribute


def answers_of(question: WrittenAttribute) -> tuple[float | None, float | None]:
    """Give the smallest and the largest number that is an answer; None where there is none."""
    if question.number is not None:
        return question.number.min, question.number.max
    steps = [int(step) for step in question.scale or ()]
    return (min(steps), max(steps)) if steps else (None, None)
