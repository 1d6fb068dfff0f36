"""Pairs of regions whose bounding boxes touch."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidelint.annotation.neighbours import neighbours
from guidelint.annotation.region import Region
from guidelint.annotation.shape import KeyPoint, Malformed, Rectangle
from guidelint.geometry.not_measurable import NotMeasurable

NUMBERS = st.integers(0, 12).map(float)
BOXES = st.builds(Rectangle, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
REGIONS = st.lists((BOXES | st.builds(KeyPoint, NUMBERS, NUMBERS)).map(lambda shape: Region("r", "a", shape, (20, 20))))


@given(REGIONS)
@settings(deadline=None)
def test_the_same_pairs_as_comparing_everything_with_everything(regions: list[Region]) -> None:
    found = {frozenset(pair) for pair in neighbours(regions, regions)}
    assert found == {frozenset(pair) for pair in combinations(regions, 2) if _touch(*pair)}


@given(REGIONS)
@settings(deadline=None)
def test_every_pair_comes_once_and_in_the_order_of_the_lists(regions: list[Region]) -> None:
    pairs = [(regions.index(one), regions.index(other)) for one, other in neighbours(regions, regions)]
    assert len(pairs) == len(set(pairs))
    assert all(one < other for one, other in pairs)


@given(REGIONS, REGIONS, REGIONS)
@settings(deadline=None)
def test_a_pair_that_two_lists_hold_in_both_orders_comes_once(
    mine: list[Region], both: list[Region], theirs: list[Region]
) -> None:
    first, second = mine + both, both[::-1] + theirs
    pairs = list(neighbours(first, second))
    meant = {frozenset((one, other)) for one in first for other in second if one is not other and _touch(one, other)}
    assert len(pairs) == len(meant)
    assert {frozenset(pair) for pair in pairs} == meant


def test_a_region_whose_place_cannot_be_told_may_touch_any_other() -> None:
    lost = Region("lost", "a", Malformed("polygon", "no points"), (20, 20))
    far = Region("far", "a", KeyPoint(1000.0, 1000.0), (20, 20))
    assert list(neighbours([lost], [far])) == [(lost, far)]


def _touch(one: Region, other: Region) -> bool:
    left, top, right, bottom = one.extent
    other_left, other_top, other_right, other_bottom = other.extent
    return left <= other_right and other_left <= right and top <= other_bottom and other_top <= bottom


def test_more_pairs_than_are_compared_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.annotation.neighbours.MOST_PAIRS", 44)
    regions = [Region(str(number), "a", KeyPoint(1.0, 1.0), (20, 20)) for number in range(10)]
    assert len(list(neighbours(regions[:9], regions[:9]))) == 36
    with pytest.raises(NotMeasurable, match="more than 44 pairs of regions lie upon each other"):
        list(neighbours(regions, regions))
