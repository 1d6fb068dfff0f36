"""Tallies: what a sentence says of many things."""

from __future__ import annotations

import pytest

from guidelint.validation.rule.tally import Tally


@pytest.mark.parametrize(
    ("count", "named"),
    [
        (1, "1"),
        (2, "1 and 2"),
        (6, "1, 2, 3, 4, 5 and 6"),
        (7, "1, 2, 3, 4, 5, 6 and 1 more"),
        (100, "1, 2, 3, 4, 5, 6 and 94 more"),
    ],
)
def test_the_first_few_are_named_and_the_others_counted(count: int, named: str) -> None:
    tally = Tally()
    for number in range(1, count + 1):
        tally.add(str(number))
    assert tally.named == named
    assert tally.count == count
