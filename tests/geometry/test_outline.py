from __future__ import annotations

from math import pi

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.geometry.arrays import spacings

from guidelint.geometry.measures.outline import (
    area_mm2,
    closing_gap_mm,
    consecutive_repeats,
    distinct_points,
    invalid_reason,
    repeated_vertices,
)
from guidelint.geometry.raster import ellipse_points, rectangle_points
from guidelint.geometry.spacing import Spacing

Points = npt.NDArray[np.float64]
SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
rings = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=9)


@given(rings)
@settings(deadline=None)
def test_repeated_vertices_are_those_seen_before(ring: list[tuple[int, int]]) -> None:
    points = np.array(ring, np.float64)
    expected = [index for index, place in enumerate(ring) if place in ring[:index]]
    assert repeated_vertices(points) == expected
    assert consecutive_repeats(points) == [i for i, place in enumerate(ring) if len(ring) > 1 and place == ring[i - 1]]
    assert [tuple(point) for point in distinct_points(points).tolist()] == list(dict.fromkeys(ring))


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(-1, 1), st.floats(-1, 1))
@settings(deadline=None)
def test_repeats_within_the_tolerance_are_always_found(x: float, y: float, dx: float, dy: float) -> None:
    assert repeated_vertices(np.array([[x, y], [x + 0.099 * dx, y + 0.099 * dy]]), 0.1) == [1]


@given(st.floats(-50, 50), st.floats(-50, 50), st.sampled_from([-1, 1]))
@settings(deadline=None)
def test_places_beyond_twice_the_tolerance_are_never_repeats(x: float, y: float, side: int) -> None:
    assert repeated_vertices(np.array([[x, y], [x + 0.201 * side, y]]), 0.1) == []


def test_very_many_equal_vertices_take_no_quadratic_time() -> None:
    assert len(repeated_vertices(np.zeros((200_000, 2)))) == 199_999


def test_the_closing_gap_is_in_millimetres_of_both_directions() -> None:
    points = np.array([[0.0, 0.0], [9.0, 9.0], [3.0, 4.0]])
    assert closing_gap_mm(points, Spacing(row_mm=1, column_mm=1)) == 5
    assert closing_gap_mm(points, Spacing(row_mm=2, column_mm=1)) == pytest.approx(73**0.5)


@pytest.mark.parametrize(
    ("points", "reason", "place"),
    [
        ([[0, 0], [4, 4], [4, 0], [0, 4]], "the outline crosses itself", (2, 2)),
        ([[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]], "the outline touches itself", (2, 0)),
        ([[1, 1], [2, 2], [1, 1], [2, 2]], "the outline has fewer than three different vertices", (1, 1)),
        ([[1, 7]], "the outline has fewer than three different vertices", (1, 7)),
        ([[0, 0], [4, 0], [4, 4], [4, 0], [0, 4]], "the outline touches itself", (4, 0)),
        ([[0, 0], [np.nan, 1], [2, 2]], "a vertex is not at a finite place", (0, 0)),
    ],
    ids=["bow tie", "vertex on an edge", "two places", "one vertex", "spike", "not a number"],
)
def test_an_invalid_outline_has_a_reason_and_a_place(
    points: list[list[float]], reason: str, place: tuple[float, float]
) -> None:
    fault = invalid_reason(np.array(points, np.float64))
    assert fault is not None
    assert fault.reason == reason
    assert (fault.x, fault.y) == pytest.approx(place)


@pytest.mark.parametrize(
    "points",
    [SQUARE, np.vstack([SQUARE, SQUARE[:1]]), np.repeat(SQUARE, 2, axis=0), ellipse_points(5, 5, 3, 2, 20)],
    ids=["square", "first vertex repeated at the end", "every vertex twice", "ellipse"],
)
def test_simple_outlines_are_valid(points: Points) -> None:
    assert invalid_reason(points) is None


def test_known_areas() -> None:
    spacing = Spacing(row_mm=0.5, column_mm=2)
    assert area_mm2(SQUARE, spacing) == 16
    assert area_mm2(SQUARE[::-1], spacing) == 16
    assert area_mm2(rectangle_points(100, 70, 8, 3, 33), Spacing(1, 1)) == pytest.approx(24)
    assert area_mm2(ellipse_points(9, 9, 5, 3, 10, count=4096), spacing) == pytest.approx(15 * pi, rel=1e-6)


@given(rings, st.integers(0, 8), st.floats(-1e4, 1e4), spacings)
@settings(deadline=None)
def test_area_does_not_depend_on_start_direction_or_place(
    ring: list[tuple[int, int]], by: int, away: float, spacing: Spacing
) -> None:
    points = np.array(ring, np.float64)
    area = area_mm2(points, spacing)
    for same in (np.roll(points, by, axis=0), points[::-1], points + away):
        assert area_mm2(same, spacing) == pytest.approx(area, rel=1e-9, abs=1e-7)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (np.array([[0.0, 0.0], [1e300, 0.0], [0.0, 4.0]]), "a vertex is farther away than any image is large"),
        (np.random.default_rng(1).random((50_001, 2)) * 512, "the outline has more than 50,000 vertices"),
    ],
    ids=["far", "many"],
)
def test_an_outline_beyond_all_bounds_is_faulty(points: Points, reason: str) -> None:
    fault = invalid_reason(points)
    assert fault is not None
    assert fault.reason == reason
