"""The range of a number, beside what the points or the sum from which it follows can come to."""

from __future__ import annotations

import pytest
from tests.language.mistakes import problems

from guidelint.language.reference.problem_explanations import with_part

PARTS = """\
attributes:
  left: {{title: Left, of: image, scale: {{1: Low, 2: High}}, higher_means: worse, required: true}}
  right: {{title: Right, of: image, scale: {{1: Low, 2: High}}, higher_means: worse, required: {right}}}
  width: {{title: Width, of: image, number: {{min: 0}}, required: true}}
  total: {{title: Total, of: image, number: {number}, derive: {derive}}}
"""


@pytest.mark.parametrize(
    ("number", "derive", "right", "expected"),
    [
        ("{min: 2, max: 4}", "{sum: [left, right]}", "true", []),
        ("{min: 2, max: 3}", "{sum: [left, right]}", "true", ["at most 3, and can come to 4"]),
        ("{min: 3, max: 4}", "{sum: [left, right]}", "true", ["at least 3, and can come to 2"]),
        ("{min: 2, max: 4}", "{sum: [left, right]}", "{when: {left: 2}}", ["at least 2, and can come to 1"]),
        ("{min: 1, max: 4}", "{sum: [left, right]}", "{when: {left: 2}}", []),
        ("{min: 2, max: 3, step: 2}", "{sum: [left, right]}", "true", []),
        ("{min: 0, max: 9}", "{sum: [left, width]}", "true", []),
        ("{min: 2, max: 9}", "{sum: [left, width]}", "true", ["at least 2, and can come to 1"]),
        ("{min: 5, max: 9}", "{sum: [left], measured: {count: lesion}}", "true", []),
    ],
)
def test_an_end_that_the_sum_passes_is_told(number: str, derive: str, right: str, expected: list[str]) -> None:
    found = problems(with_part(PARTS.format(number=number, derive=derive, right=right)))
    told = [problem.message for problem in found if problem.code == "number-out-of-reach"]
    assert [part in message for part, message in zip(expected, told, strict=True)] == [True] * len(expected), told
