"""The largest answer to a question cannot be given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End


def find(draft: Draft) -> Iterator[Flaw]:
    """Count from the smallest answer to the largest in steps."""
    for one in ranges(draft).values():
        if one.upper is not None and one.step is not None and _is_missed(one.upper, one.step, one.lower):
            message = f"{one.upper.shown} is not among the answers, which are {one.step.shown} apart"
            yield Flaw(message, one.upper.path, "Write a largest answer that can be given, or another step.")


def _is_missed(upper: End, step: End, lower: End | None) -> bool:
    steps = (upper.value - (lower.value if lower is not None else 0.0)) / step.value
    return steps > 1 and abs(steps - round(steps)) > _ROUNDING


_ROUNDING: Final = 1e-6


LINT = Lint(
    code="step-misses-end",
    level="warning",
    means="The largest answer to a question cannot be given.",
    why=(
        "Answers are counted in steps from the smallest one, or from 0. A largest answer between two steps is "
        "returned as no answer."
    ),
    wrong="""\
attributes:
  score: {title: Score, of: lesion, number: {min: 0, max: 10, step: 4}}
""",
    right="""\
attributes:
  score: {title: Score, of: lesion, number: {min: 0, max: 12, step: 4}}
""",
    find=find,
)
