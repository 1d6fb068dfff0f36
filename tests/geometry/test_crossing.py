"""Outlines that run through themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from guidelint.geometry.mask import MaskError
from guidelint.geometry.measures.crossing import self_crossing
from guidelint.geometry.measures.outline import MAX_VERTICES, area_mm2
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Sequence

Ring = list[tuple[float, float]]
SQUARE: Ring = [(0, 0), (10, 0), (10, 10), (0, 10)]
INNER: Ring = [(3, 3), (3, 6), (6, 6), (6, 3), (3, 3)]


def kind(ring: Sequence[tuple[float, float]]) -> str | None:
    found = self_crossing(np.array(ring, np.float64))
    return found.kind if found else None


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        pytest.param(SQUARE, None, id="once around"),
        pytest.param([(0, 0), (10, 10), (10, 0), (0, 10)], "crossed", id="a bow tie"),
        pytest.param([(0, 0), (10, 9), (10, 0), (0, 4)], "crossed", id="a bow tie with unequal wings"),
        pytest.param([(0, 0), (5, 5), (10, 10), (10, 0), (5, 5), (0, 10)], "crossed", id="crossing in a vertex"),
        pytest.param(SQUARE * 2, "crossed", id="twice around"),
        pytest.param(
            [(0, 0), (10, 0), (10, 10), (4, 10), (4, 5), (6, 5), (6, 12), (0, 12)], "crossed", id="a loop inside"
        ),
        pytest.param([*SQUARE, SQUARE[0], *INNER], "keyhole", id="a keyhole"),
        pytest.param([*SQUARE, SQUARE[0], *INNER[::-1]], "keyhole", id="whose hole is run around the same way"),
        pytest.param(
            [(0, 0), (5, 0), (3, 3), (6, 3), (5, 0), (10, 0), (10, 10), (0, 10)], "keyhole", id="without a seam"
        ),
        pytest.param([(0, 0), (10, 0), (10, 10), (15, 15), (10, 10), (0, 10)], None, id="a spike"),
        pytest.param([(0, 0), (5, 5), (0, 10), (10, 10), (5, 5), (10, 0)], None, id="pinched in one vertex"),
        pytest.param([(0, 0), (5, 5), (9, 0), (5, 5)], None, id="all the way back: no area"),
    ],
)
def test_how_an_outline_runs_through_itself(ring: Ring, expected: str | None) -> None:
    assert kind(ring) == expected
    assert kind(ring[::-1]) == expected, "whichever way around"
    assert kind(ring[3:] + ring[:3]) == expected, "wherever it begins"


def test_the_place_is_where_it_crosses_even_if_it_touches_itself_before() -> None:
    pinched_then_crossed: Ring = [
        (0, 0),
        (5, 5),
        (0, 10),
        (10, 10),
        (5, 5),
        (10, 0),
        (40, 0),
        (40, 20),
        (30, 20),
        (44, 9),
    ]
    found = self_crossing(np.array(pinched_then_crossed, np.float64))
    assert found is not None
    assert (found.kind, (found.x, found.y) == (5, 5)) == ("crossed", False)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=9, unique=True))
@settings(deadline=None)
def test_where_nothing_crosses_the_shoelace_formula_gives_the_area_of_the_even_odd_rule(
    ring: list[tuple[int, int]],
) -> None:
    points = np.array(ring, np.float64)
    polygon = shapely.polygons(points)
    if self_crossing(points) is None:
        assert area_mm2(points, Spacing(1, 1)) == pytest.approx(float(shapely.area(shapely.make_valid(polygon))))
    else:
        assert not shapely.is_valid(polygon)


def test_an_outline_with_too_many_vertices_is_not_evaluated() -> None:
    with pytest.raises(MaskError, match="more than 50,000 vertices"):
        self_crossing(np.zeros((MAX_VERTICES + 1, 2)))


def test_what_lies_side_by_side_too_often_is_not_evaluated() -> None:
    """Parallel strokes across the whole image: every box overlaps almost every other."""
    along = np.arange(4000)
    strokes = np.stack([along * 0.02 + np.where(along % 2, 400, 0), np.where(along % 2, 400.0, 0.0)], axis=1)
    touching = [(2000, 500), (-100, 500), (-50, 450), (-100, 400), (-120, 450), (-50, 450), (-60, -10)]
    with pytest.raises(MaskError, match="pairs of segments that lie side by side"):
        self_crossing(np.array([*strokes.tolist(), *touching], np.float64))
