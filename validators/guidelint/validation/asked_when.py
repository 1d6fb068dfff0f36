"""Under which answers to other questions one is asked, or is not to be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.region import as_number, option
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.parameters.naming import Condition, NumberedQuestion
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region import Answer
    from guidelint.validation.rule.names import Names

WhenNumber = Annotated[dict[NumberedQuestion, Between], Condition()]
"""Question → limits of the number, or of the step of a scale, that is its answer."""


def answers_hold(
    when: Mapping[str, tuple[str, ...]], when_number: Mapping[str, Between], answers: Mapping[str, Answer]
) -> bool:
    """Whether each question is answered in one of the ways, and each number lies within its limits."""
    return all(_is_one_of(wanted, answers.get(name)) for name, wanted in when.items()) and all(
        _lies_within(limits, answers.get(name)) for name, limits in when_number.items()
    )


def answers_told(when: Mapping[str, tuple[str, ...]], when_number: Mapping[str, Between], names: Names) -> str:
    """Say the conditions in words, after "where" or "when"; empty where there is none."""
    numbers = (f"{names.question(name)} is {limits.told(names.unit(name))}" for name, limits in when_number.items())
    return both((*([names.conditions(when)] if when else []), *numbers))


def where_told(when: Mapping[str, tuple[str, ...]], when_number: Mapping[str, Between], names: Names) -> str:
    """Say the conditions behind what is asked under them: " where this is that"; empty where there is none."""
    told = answers_told(when, when_number, names)
    return f" where {told}" if told else ""


def _is_one_of(wanted: tuple[str, ...], answer: Answer | None) -> bool:
    return answer is not None and any(option(value) in wanted for value in answer.values)


def _lies_within(limits: Between, answer: Answer | None) -> bool:
    """Whether one of the answers does; what is no number, another rule tells."""
    numbers = map(as_number, answer.values) if answer is not None else ()
    return any(number is not None and limits.holds(number) for number in numbers)
