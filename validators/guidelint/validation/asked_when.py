"""Under which answers to other questions, and on which images, one is asked, or is not to be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Optional

from pydantic import AfterValidator, PlainSerializer

from guidelint.annotation.region import as_number, option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.condition import Between, Condition, Situation
from guidelint.validation.rule.parameters.naming import Condition as Waits
from guidelint.validation.rule.parameters.naming import NumberedQuestion
from guidelint.validation.rule.settled import same
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.region import Answer
    from guidelint.annotation.submission import Submission
    from guidelint.validation.question import Asked
    from guidelint.validation.rule.names import Names

WhenNumber = Annotated[dict[NumberedQuestion, Between], Waits()]
"""Question → limits of the number, or of the step of a scale, that is its answer."""


def _of_no_answer(where: Condition | None) -> Condition | None:
    if where is not None and where.questions:
        raise ValueError("name other questions under `when` and `when_number`, beside it")
    return where


def as_given(where: Condition | None) -> dict[str, Any] | None:
    """Write what an author gave, so that a key that comes later changes no digest."""
    return None if where is None else where.model_dump(mode="json", exclude_defaults=True)


Where = Annotated[
    Optional[Condition],  # noqa: UP045 - beside a model
    AfterValidator(_of_no_answer),
    PlainSerializer(as_given, when_used="json"),
]
"""What is marked and drawn, and what is known of the image: a condition that no answer decides."""
Which = Annotated[
    Optional[Condition],  # noqa: UP045 - beside a model
    PlainSerializer(as_given, when_used="json"),
]
"""Which regions count: a condition on each, of its answers, its size or its source."""
DIFFER = "it holds on one image of the task and not on another"


def answers_hold(
    when: Mapping[str, tuple[str, ...]], when_number: Mapping[str, Between], answers: Mapping[str, Answer]
) -> bool:
    """Whether each question is answered in one of the ways, and each number lies within its limits."""
    return all(_is_one_of(wanted, answers.get(name)) for name, wanted in when.items()) and all(
        _lies_within(limits, answers.get(name)) for name, limits in when_number.items()
    )


def all_hold(
    when: Mapping[str, tuple[str, ...]],
    when_number: Mapping[str, Between],
    where: Condition | None,
    one: Asked,
    submission: Submission,
) -> bool:
    """Whether other answers in sight of whoever is asked are so, and a condition that no answer decides holds, if any.

    Raises NotMeasurable where that cannot be told.
    """
    if not answers_hold(when, when_number, one.in_sight):
        return False
    return where is None or same(map(where.holds, _situations(one, submission)), NotMeasurable(DIFFER))


def _situations(one: Asked, submission: Submission) -> Iterator[Situation]:
    """Yield the region that is asked, the image that is, or every image of the task."""
    region = one.regions[0] if one.regions else None
    marked = submission.marked_on(one.item if region is None else region.image_index)
    yield from (Situation({}, image, region, marked=marked) for image in one.facts(submission))


def answers_told(
    when: Mapping[str, tuple[str, ...]],
    when_number: Mapping[str, Between],
    names: Names,
    where: Condition | None = None,
) -> str:
    """Say the conditions in words, after "where" or "when"; empty where there is none."""
    numbers = (f"{names.question(name)} is {limits.told(names.unit(name))}" for name, limits in when_number.items())
    others = () if where is None else (where.told(names),)
    return both((*([names.conditions(when)] if when else []), *numbers, *others))


def where_told(
    when: Mapping[str, tuple[str, ...]],
    when_number: Mapping[str, Between],
    names: Names,
    where: Condition | None = None,
) -> str:
    """Say the conditions behind what is asked under them: " where this is that"; empty where there is none."""
    told = answers_told(when, when_number, names, where)
    return f" where {told}" if told else ""


def _is_one_of(wanted: tuple[str, ...], answer: Answer | None) -> bool:
    return answer is not None and any(option(value) in wanted for value in answer.values)


def _lies_within(limits: Between, answer: Answer | None) -> bool:
    """Whether one of the answers does; what is no number, another rule tells."""
    numbers = map(as_number, answer.values) if answer is not None else ()
    return any(number is not None and limits.holds(number) for number in numbers)
