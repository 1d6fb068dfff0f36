"""Numbers, limits and lists in sentences for annotators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.validation.rule.wording import (
    beyond,
    both,
    bounds,
    counted,
    either,
    first_few,
    miscounted,
    number,
    percent,
    unless_all,
)

THINGS = ("piece", "pieces")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_all_its_digits_and_needs_no_exponent(value: float) -> None:
    assert float(number(value)) == value
    assert "e" not in number(value).lower()


@pytest.mark.parametrize(
    ("value", "words"), [(3, "3"), (3.0, "3"), (0.959, "0.959"), (12345678, "12345678"), (1e-7, "0.0000001")]
)
def test_a_number_is_written_as_an_author_writes_it(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(("fraction", "words"), [(0.95, "95"), (0.29, "29"), (0.9051, "90.51"), (1.0, "100")])
def test_a_share_is_written_in_percent(fraction: float, words: str) -> None:
    assert percent(fraction) == f"{words}\N{NO-BREAK SPACE}%"


def test_all_of_it_is_no_share() -> None:
    assert (unless_all(1.0), unless_all(0.5)) == ("", "50\N{NO-BREAK SPACE}%")


def test_lists_end_in_and_or_or() -> None:
    assert [both(words) for words in ("", "A", "AB", "ABC")] == ["", "A", "A and B", "A, B and C"]
    assert either("ABC") == "A, B or C"


@pytest.mark.parametrize(
    ("least", "most", "within", "without"),
    [
        (3, None, "at least 3_mm", "under 3_mm"),
        (None, 5, "at most 5_mm", "over 5_mm"),
        (3, 5, "at least 3_mm and at most 5_mm", "under 3_mm or over 5_mm"),
        (0, 5, "at least 0_mm and at most 5_mm", "under 0_mm or over 5_mm"),
        (3, 3, "exactly 3_mm", "under 3_mm or over 3_mm"),
        (None, None, "", ""),
    ],
)
def test_limits_are_said_as_what_is_within_and_what_is_not(
    least: float | None, most: float | None, within: str, without: str
) -> None:
    assert bounds(least, most, "mm") == within.replace("_", "\N{NO-BREAK SPACE}")
    assert beyond(least, most, "mm") == without.replace("_", "\N{NO-BREAK SPACE}")


def test_limits_that_depart_themselves_are_said_so() -> None:
    assert bounds(3, 5, is_open=True) == "more than 3 and less than 5"
    assert beyond(3, 5, is_open=True) == "at most 3 or at least 5"
    assert bounds(3, 3, is_open=True) == "more than 3 and less than 3"


@pytest.mark.parametrize(
    ("least", "most", "right", "wrong"),
    [
        (1, None, "at least 1 piece", "no piece"),
        (2, None, "at least 2 pieces", "fewer than 2 pieces"),
        (None, 1, "at most 1 piece", "more than 1 piece"),
        (None, 0, "no piece", "at least 1 piece"),
        (0, 3, "at most 3 pieces", "more than 3 pieces"),
        (1, 1, "exactly 1 piece", "no piece or more than 1 piece"),
        (1, 3, "at least 1 and at most 3 pieces", "no piece or more than 3 pieces"),
    ],
)
def test_counts_are_said_of_one_and_of_several(least: int | None, most: int | None, right: str, wrong: str) -> None:
    assert counted(least, most, THINGS) == right
    assert miscounted(least, most, THINGS) == wrong


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
    assert first_few([str(number) for number in range(1, count + 1)], count) == named
