"""Holes in an object, and gaps of the series within it."""

from __future__ import annotations

import pytest
from tests.imaging.places import axial

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.marked_stretch import missing_between, unmarked_between
from guidelint.imaging.stack import stacked

Z_MM = [0, 1, 2, 3, 6, 7, 8, 12]
"""Slices a to h: two are missing between d and e, three between g and h."""


@pytest.mark.parametrize(
    ("marked", "holes", "missing"),
    [
        ("", [], []),
        ("b", [], []),
        ("ab", [], []),
        ("ac", ["b"], []),
        ("abd", ["c"], []),
        ("bg", ["c", "d", "e", "f"], [2]),
        ("de", [], [2]),
        ("efg", [], []),
        ("abcdefgh", [], [2, 3]),
        ("ah", ["b", "c", "d", "e", "f", "g"], [2, 3]),
    ],
)
def test_between_the_first_and_the_last_mark(marked: str, holes: list[str], missing: list[int]) -> None:
    stack = stacked(axial(*Z_MM))
    assert [level.slices for level in unmarked_between(stack, set(marked))] == [(name,) for name in holes]
    assert [gap.missing for gap in missing_between(stack, set(marked))] == missing


def test_a_place_delivered_twice_is_marked_when_one_of_both_is() -> None:
    stack = stacked(axial(0, 1, 1, 2, 3, 3))
    assert unmarked_between(stack, {"a", "c", "d"}) == ()
    (hole,) = unmarked_between(stack, {"a", "d"})
    assert hole.slices == ("b", "c")


def test_gaps_that_cannot_be_told_are_told_only_of_an_object_over_several_slices() -> None:
    stack = stacked(axial(0, 5))
    assert missing_between(stack, {"a"}) == ()
    with pytest.raises(NotMeasurable, match="one step only"):
        missing_between(stack, {"a", "b"})


def test_a_marked_slice_must_be_one_of_the_stack() -> None:
    with pytest.raises(ValueError, match="not in the stack: x, y"):
        unmarked_between(stacked(axial(0)), {"a", "y", "x"})
