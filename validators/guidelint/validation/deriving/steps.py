"""Options in an order as numbers: of a scale the step itself, of others the place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from guidelint.annotation.region import as_number, option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from guidelint.annotation.region import Value
    from guidelint.validation.question import Titles


def step_of(value: Value, steps: Sequence[str]) -> float | None:
    """Give the number of an answer; ``steps``: its options, none: it is a number. None: it is none of them."""
    if not steps:
        return as_number(value)
    return dict(zip(steps, _numbers(steps), strict=True)).get(option(value))


def shown_steps(question: str, steps: Sequence[str], titles: Titles) -> Callable[[float], str] | None:
    """Make what shows a step by the title of its option; None: it is a number."""
    return partial(_shown, dict(zip(_numbers(steps), steps, strict=True)), question, titles) if steps else None


def _shown(options: dict[float, str], question: str, titles: Titles, number: float) -> str:
    return titles.option(question, options[number])


def _numbers(steps: Sequence[str]) -> list[float]:
    numbers = [number for one in steps if (number := as_number(one)) is not None]
    return numbers if len(numbers) == len(steps) else [float(at) for at in range(len(steps))]
