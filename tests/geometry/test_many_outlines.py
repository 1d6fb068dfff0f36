"""What is surely so of several outlines at once is so of each of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from guidelint.geometry.measures.many_outlines import ManyOutlines, simple
from guidelint.geometry.measures.outline import Points, area_mm2, invalid_reason, repeated_vertices
from guidelint.geometry.spacing import Spacing

COORDINATES = st.integers(-6, 6).map(float) | st.sampled_from([np.nan, np.inf, -np.inf, 1e-7, 1e8])
OUTLINES = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=7).map(np.array)
SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])


@given(st.lists(OUTLINES, min_size=1, max_size=5))
@settings(deadline=None)
def test_what_is_surely_so_is_so(outlines: list[Points]) -> None:
    many = ManyOutlines(outlines)
    for points, apart, enclosing in zip(outlines, many.apart(), many.enclosing(), strict=True):
        assert not apart or (np.isfinite(points).all() and not repeated_vertices(points))
        assert not enclosing or area_mm2(points, Spacing(1.0, 1.0)) > 0.5
    known = [points for points, apart in zip(outlines, many.apart(), strict=True) if apart]
    for points, is_simple in zip(known, simple(known) if known else (), strict=True):
        assert is_simple == (invalid_reason(points) is None)


def test_outlines_side_by_side_are_told_apart() -> None:
    bow_tie, twice = SQUARE[[0, 2, 1, 3]], np.concatenate([SQUARE, SQUARE])
    many = ManyOutlines([SQUARE, bow_tie, twice, SQUARE + 100.0])
    assert many.apart().tolist() == [True, True, False, True]
    assert many.enclosing().tolist() == [True, False, True, True]
    assert simple([SQUARE, bow_tie, SQUARE + 100.0]).tolist() == [True, False, True]
