"""What is surely so of several outlines at once is so of each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidelint.geometry.kernels.choice import installed, using
from guidelint.geometry.measures.many_outlines import FEW_VERTICES, ManyOutlines
from guidelint.geometry.measures.outline import Points, area_mm2, invalid_reason, repeated_vertices
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from guidelint.geometry.kernels.choice import KernelSet

COORDINATES = st.integers(-6, 6).map(float) | st.sampled_from([np.nan, np.inf, -np.inf, 1e-7, 1e8])
OUTLINES = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=7).map(np.array)
SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])


@pytest.mark.parametrize("kernels", installed())
@given(outlines=st.lists(OUTLINES, min_size=1, max_size=5))
@settings(deadline=None)
def test_what_is_surely_so_is_so(outlines: list[Points], kernels: KernelSet) -> None:
    with using(kernels):
        many = ManyOutlines(outlines)
        for points, apart, enclosing, is_simple in zip(
            outlines, many.apart(), many.enclosing(), many.simple(), strict=True
        ):
            assert not apart or (np.isfinite(points).all() and not repeated_vertices(points))
            assert not enclosing or area_mm2(points, Spacing(1.0, 1.0)) > 0.5
            is_valid = bool(apart) and invalid_reason(points) is None
            assert is_valid or not is_simple
            assert is_simple or not is_valid or kernels == "fast"


@pytest.mark.parametrize("kernels", installed())
def test_outlines_side_by_side_are_told_apart(kernels: KernelSet) -> None:
    bow_tie, twice = SQUARE[[0, 2, 1, 3]], np.concatenate([SQUARE, SQUARE])
    with using(kernels):
        many = ManyOutlines([SQUARE, bow_tie, twice, SQUARE + 100.0])
        assert many.apart().tolist() == [True, True, False, True]
        assert many.enclosing().tolist() == [True, False, True, True]
        assert many.simple().tolist() == [True, False, False, True]


@pytest.mark.parametrize("kernels", installed())
@pytest.mark.parametrize("count", [3, 4, 30, FEW_VERTICES, FEW_VERTICES + 1])
def test_outlines_as_people_draw_them_are_told(count: int, kernels: KernelSet) -> None:
    turn = np.arange(count, dtype=np.float64) * (2 * np.pi / count)
    reach = 20.0 + 5.0 * (np.arange(count) % 3)
    star = np.stack([reach * np.cos(turn), reach * np.sin(turn)], axis=1).astype(np.float64)
    with using(kernels):
        outlines: list[Points] = [np.round(star + 100, 3), np.round(star[::-1] + 200, 3)]
        many = ManyOutlines(outlines)
        assert all(told.all() for told in (many.apart(), many.enclosing(), many.simple()))


@pytest.mark.parametrize("kernels", installed())
@pytest.mark.parametrize(
    "points",
    [
        [(0, 0), (8, 0), (4, 0), (4, 4)],
        [(0, 0), (8, 0), (8, 8), (4, 0), (0, 8)],
        [(0, 0), (8, 0), (8, 8), (4, 8), (4, 2), (4, 9), (0, 8)],
        [(0, 0), (4, 4), (8, 0), (8, 8), (4, 4 + 1e-15), (0, 8)],
    ],
    ids=["runs back at a vertex", "a vertex on an edge", "edges upon each other", "nearer than rounding tells"],
)
def test_outlines_that_may_touch_themselves_are_left_to_a_closer_look(
    points: list[tuple[float, float]], kernels: KernelSet
) -> None:
    with using(kernels):
        assert ManyOutlines([np.array(points, np.float64)]).simple().tolist() == [False]
