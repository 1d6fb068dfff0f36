from __future__ import annotations

from fractions import Fraction
from math import cos, pi, radians, sin

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.geometry.arrays import Pixels, array_of

from guidelint.geometry.mask import MaskError
from guidelint.geometry.raster import Boundary, ellipse_mask, ellipse_points, polygon_mask, rectangle_points

Points = npt.NDArray[np.float64]
SHAPE = (9, 11)
both = pytest.mark.parametrize("boundary", ["inside", "outside"])
half_steps = st.tuples(st.integers(-6, 28), st.integers(-6, 24))
outlines = st.lists(half_steps, min_size=1, max_size=9)
Corner = tuple[Fraction, Fraction]


def _on_edge(x: Fraction, y: Fraction, a: Corner, b: Corner) -> bool:
    turn = (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])
    return turn == 0 and min(a[0], b[0]) <= x <= max(a[0], b[0]) and min(a[1], b[1]) <= y <= max(a[1], b[1])


def _crosses_left(x: Fraction, y: Fraction, a: Corner, b: Corner) -> bool:
    if (a[1] <= y) == (b[1] <= y):
        return False
    return a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) < x


def _slow(outline: list[tuple[int, int]], shape: tuple[int, int], boundary: Boundary) -> Pixels:
    """Decide every centre on its own, in exact fractions; corners are given in half pixels."""
    corners = [(Fraction(x, 2), Fraction(y, 2)) for x, y in outline]
    edges = list(zip(corners, corners[1:] + corners[:1], strict=True))
    found = np.zeros(shape, np.bool_)
    for row, column in np.ndindex(shape):
        x, y = column + Fraction(1, 2), row + Fraction(1, 2)
        if any(_on_edge(x, y, a, b) for a, b in edges):
            found[row, column] = boundary == "inside"
        else:
            found[row, column] = sum(_crosses_left(x, y, a, b) for a, b in edges) % 2 == 1
    return found


def _points(outline: list[tuple[int, int]]) -> Points:
    return np.array(outline, np.float64) / 2


@both
@given(outline=outlines)
@settings(deadline=None, max_examples=examples(150))
def test_polygons_equal_the_exact_twin_on_corners_and_centres(
    outline: list[tuple[int, int]], boundary: Boundary
) -> None:
    mask = polygon_mask(_points(outline), SHAPE, boundary)
    assert np.array_equal(array_of(mask), _slow(outline, SHAPE, boundary))


@both
@given(outline=outlines, seed=st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_rounding_noise_of_percent_coordinates_changes_no_pixel(
    outline: list[tuple[int, int]], seed: int, boundary: Boundary
) -> None:
    noise = np.random.default_rng(seed).uniform(-2e-4, 2e-4, (len(outline), 2))
    mask = polygon_mask(_points(outline) + noise, SHAPE, boundary)
    assert np.array_equal(array_of(mask), _slow(outline, SHAPE, boundary))


@both
@given(outline=outlines)
@settings(deadline=None)
def test_flipping_and_turning_the_outline_flips_and_turns_the_mask(
    outline: list[tuple[int, int]], boundary: Boundary
) -> None:
    points = _points(outline)
    rows, columns = SHAPE
    array = array_of(polygon_mask(points, SHAPE, boundary))
    flipped = polygon_mask(np.array([columns, 0]) + points * (-1, 1), SHAPE, boundary)
    assert np.array_equal(array_of(flipped), array[:, ::-1])
    turned = polygon_mask(np.stack([rows - points[:, 1], points[:, 0]], axis=1), (columns, rows), boundary)
    assert np.array_equal(array_of(turned), np.rot90(array, -1))


@given(outlines, st.integers(0, 8))
@settings(deadline=None)
def test_the_first_vertex_and_the_direction_do_not_matter(outline: list[tuple[int, int]], by: int) -> None:
    points = _points(outline)
    array = array_of(polygon_mask(points, SHAPE))
    assert np.array_equal(array_of(polygon_mask(np.roll(points, by, axis=0), SHAPE)), array)
    assert np.array_equal(array_of(polygon_mask(points[::-1], SHAPE)), array)
    assert np.array_equal(array_of(polygon_mask(np.vstack([points, points[:1]]), SHAPE)), array)


@given(outlines, st.integers(0, 6), st.integers(0, 6))
@settings(deadline=None)
def test_what_lies_outside_the_image_is_cut_off(outline: list[tuple[int, int]], right: int, down: int) -> None:
    large = array_of(polygon_mask(_points(outline) + np.array([10, 10]), (40, 40)))
    small = polygon_mask(_points(outline) - np.array([right - 10, down - 10]), (12, 14))
    assert np.array_equal(array_of(small), large[down : down + 12, right : right + 14])


def test_a_box_through_centres_of_rounded_percent_is_decided_by_the_border_rule() -> None:
    left, right = 36.2305 / 100 * 512, 36.6211 / 100 * 512
    box = np.array([[left, left], [right, left], [right, right], [left, right]])
    assert polygon_mask(box, (512, 512), "inside").area_px == 9
    assert polygon_mask(box, (512, 512), "outside").area_px == 1


def test_outlines_that_share_an_edge_off_the_centres_tile() -> None:
    one = polygon_mask(np.array([[1.0, 1.0], [5.3, 1.0], [2.6, 8.0], [1.0, 8.0]]), SHAPE)
    other = polygon_mask(np.array([[5.3, 1.0], [9.0, 1.0], [9.0, 8.0], [2.6, 8.0]]), SHAPE)
    assert (one & other).area_px == 0
    assert (one | other).area_px == 56


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, 1e300])
def test_impossible_coordinates_are_refused(number: float) -> None:
    with pytest.raises(MaskError, match="coordinate"):
        polygon_mask(np.array([[0.0, 0.0], [number, 1.0], [3.0, 3.0]]), SHAPE)
    with pytest.raises(MaskError, match="coordinate"):
        ellipse_mask(number, 1, 2, 2, 0, SHAPE, "inside")


def test_a_zigzag_over_a_huge_image_is_refused_before_it_takes_memory() -> None:
    step = np.arange(50_000)
    zigzag = np.array([step % 2 * 20_000, step % 3 * 10_000], np.float64).T
    with pytest.raises(MaskError, match="pixel rows"):
        polygon_mask(zigzag, (20_000, 20_000))


def test_no_image_and_no_vertex_give_no_pixel() -> None:
    assert polygon_mask(np.empty((0, 2)), SHAPE).area_px == 0
    assert polygon_mask(np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0]]), (0, 5)).area_px == 0
    assert ellipse_mask(3, 3, 0, 0, 0, SHAPE, "outside").area_px == 0


@given(
    st.tuples(st.floats(-2, 14), st.floats(-2, 12)),
    st.tuples(st.floats(0.1, 9), st.floats(0.1, 9)),
    st.floats(-360, 360),
)
@settings(deadline=None, max_examples=examples(300))
def test_ellipses_hold_the_centres_within_them(
    centre: tuple[float, float], radii: tuple[float, float], rotation_deg: float
) -> None:
    array = array_of(ellipse_mask(*centre, *radii, rotation_deg, SHAPE, "inside"))
    turn = radians(rotation_deg)
    y, x = np.indices(SHAPE) + 0.5
    dx, dy = x - centre[0], y - centre[1]
    along = (dx * cos(turn) + dy * sin(turn)) / radii[0]
    across = (-dx * sin(turn) + dy * cos(turn)) / radii[1]
    level = np.hypot(along, across)
    sure = np.abs(level - 1) * min(radii) > 2e-3
    assert np.array_equal(array[sure], (level < 1)[sure])


def test_centres_on_an_ellipse_follow_the_border_rule() -> None:
    assert array_of(ellipse_mask(2.5, 2.5, 2, 1, 0, (5, 5), "inside")).sum() == 5 + 2
    assert array_of(ellipse_mask(2.5, 2.5, 2, 1, 0, (5, 5), "outside")).sum() == 3


def test_the_area_of_a_large_disc_is_that_of_the_circle() -> None:
    mask = ellipse_mask(1000.3, 1000.7, 800, 800, 17, (2001, 2001), "inside")
    assert mask.area_px == pytest.approx(pi * 800**2, rel=1e-4)


def test_a_box_turns_clockwise_about_its_top_left_corner() -> None:
    assert np.array_equal(rectangle_points(10, 20, 4, 2, 90), [[10, 20], [10, 24], [8, 24], [8, 20]])
    assert np.array_equal(rectangle_points(10, 20, 4, 2, 0), [[10, 20], [14, 20], [14, 22], [10, 22]])
    assert np.allclose(rectangle_points(0, 0, 2, 0, 30)[1], [2 * cos(pi / 6), 1])


def test_points_of_an_ellipse_lie_on_it_and_turn_clockwise() -> None:
    points = ellipse_points(5, 6, 3, 1, 90, count=4)
    assert np.allclose(points, [[5, 9], [4, 6], [5, 3], [6, 6]])


def test_the_polygon_of_an_ellipse_covers_what_the_ellipse_covers() -> None:
    fine = polygon_mask(ellipse_points(50.2, 48.1, 31, 12, 33, count=2000), (100, 100))
    exact = ellipse_mask(50.2, 48.1, 31, 12, 33, (100, 100), "inside")
    assert (fine | exact).area_px - (fine & exact).area_px <= 2
