from __future__ import annotations

from itertools import combinations_with_replacement
from math import cos, dist, hypot, radians, sin, sqrt

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.geometry.arrays import Pixels, disc, drawn, mask_of, pixels, spacings

from guidelint.geometry.measures.diameter import Diameter, longest_diameter, mask_diameter_points, short_axis
from guidelint.geometry.raster import ellipse_points
from guidelint.geometry.spacing import Spacing

Points = npt.NDArray[np.float64]
coordinates = st.integers(-20, 20).map(float) | st.floats(-20, 20).map(lambda number: round(number, 9))
clouds = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=12).map(np.array)
UNIT = Spacing(1, 1)


def _millimetres(point: tuple[float, float], spacing: Spacing) -> tuple[float, float]:
    return point[0] * spacing.column_mm, point[1] * spacing.row_mm


def _length_of_ends(diameter: Diameter, spacing: Spacing) -> float:
    return dist(*(_millimetres(end, spacing) for end in diameter.ends))


@given(clouds, spacings)
@settings(deadline=None, max_examples=examples(300))
def test_the_longest_diameter_is_the_largest_of_all_distances(points: Points, spacing: Spacing) -> None:
    places = [_millimetres((x, y), spacing) for x, y in points.tolist()]
    expected = max(dist(a, b) for a, b in combinations_with_replacement(places, 2))
    found = longest_diameter(points, spacing)
    assert found.length_mm == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert _length_of_ends(found, spacing) == pytest.approx(found.length_mm, abs=1e-9)


@given(clouds, spacings)
@settings(deadline=None)
def test_the_short_axis_is_the_longest_perpendicular_chord_of_the_hull(points: Points, spacing: Spacing) -> None:
    import shapely  # noqa: PLC0415 - the oracle

    longest, short = longest_diameter(points, spacing), short_axis(points, spacing)
    assume(longest.length_mm > 1e-3)
    start, stop = (np.array(_millimetres(end, spacing)) for end in longest.ends)
    along = (stop - start) / longest.length_mm
    across = np.array([-along[1], along[0]]) * 1000
    hull = shapely.MultiPoint(points * (spacing.column_mm, spacing.row_mm)).convex_hull
    places = [start + share * (stop - start) for share in np.linspace(0, 1, 101)]
    chords = [hull.intersection(shapely.LineString([place - across, place + across])).length for place in places]
    assert max(chords) <= short.length_mm + 1e-6
    assert _length_of_ends(short, spacing) == pytest.approx(short.length_mm, abs=1e-9)
    low, high = (np.array(_millimetres(end, spacing)) for end in short.ends)
    assert abs(np.dot(high - low, along)) < 1e-9 * max(1.0, longest.length_mm)
    assert hull.distance(shapely.LineString([low, high])) < 1e-6


@pytest.mark.parametrize("rotation_deg", [0, 30, 45, 90, 137])
def test_an_ellipse_has_its_axes_as_diameters(rotation_deg: float) -> None:
    points = ellipse_points(40, 30, 12, 5, rotation_deg, count=4000)
    assert longest_diameter(points, UNIT).length_mm == pytest.approx(24, rel=1e-6)
    assert short_axis(points, UNIT).length_mm == pytest.approx(10, rel=1e-6)


def test_spacing_decides_which_way_is_longest() -> None:
    box = np.array([[0.0, 0.0], [6.0, 0.0], [6.0, 4.0], [0.0, 4.0]])
    tall = Spacing(row_mm=3, column_mm=1)
    assert longest_diameter(box, tall).length_mm == pytest.approx(hypot(6, 12))
    assert short_axis(box, tall).length_mm == pytest.approx(6 * hypot(6, 12) / 12)


def test_a_rhombus_has_its_diagonals() -> None:
    rhombus = np.array([[0.0, 3.0], [5.0, 0.0], [10.0, 3.0], [5.0, 6.0]])
    assert short_axis(rhombus, UNIT) == Diameter(6.0, ((5.0, 0.0), (5.0, 6.0)))


@given(pixels(), spacings)
@settings(deadline=None)
def test_the_diameter_of_a_mask_runs_between_outer_corners(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    corners = [(c + i, r + j) for r, c in np.argwhere(array).tolist() for i in (0, 1) for j in (0, 1)]
    expected = longest_diameter(np.array(corners, np.float64), spacing)
    assert longest_diameter(mask_diameter_points(mask_of(array)), spacing).length_mm == pytest.approx(
        expected.length_mm
    )


def test_one_pixel_has_its_diagonal() -> None:
    points = mask_diameter_points(drawn("... .#. ..."))
    assert longest_diameter(points, UNIT).length_mm == pytest.approx(sqrt(2))
    assert longest_diameter(points, Spacing(row_mm=3, column_mm=4)).length_mm == 5
    assert mask_diameter_points(drawn("...")).shape == (0, 2)


@given(pixels(), spacings)
@settings(deadline=None)
def test_turning_and_flipping_a_mask_changes_no_diameter(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    turned = Spacing(spacing.column_mm, spacing.row_mm)
    length = longest_diameter(mask_diameter_points(mask_of(array)), spacing).length_mm
    for same, its_spacing in ((array[::-1], spacing), (array[:, ::-1], spacing), (np.rot90(array), turned)):
        assert longest_diameter(mask_diameter_points(mask_of(same)), its_spacing).length_mm == pytest.approx(length)


@given(st.floats(0.1, 10), st.floats(0, 360), clouds)
@settings(deadline=None)
def test_lengths_scale_with_the_spacing_and_ignore_rotation(scale: float, turn_deg: float, points: Points) -> None:
    cosine, sine = cos(radians(turn_deg)), sin(radians(turn_deg))
    turned = np.stack([points[:, 0] * cosine - points[:, 1] * sine, points[:, 0] * sine + points[:, 1] * cosine], 1)
    length = longest_diameter(points, UNIT).length_mm
    assert longest_diameter(turned, Spacing(scale, scale)).length_mm == pytest.approx(scale * length, abs=1e-9)


def test_a_digital_disc_is_at_most_a_pixel_diagonal_longer_than_the_disc() -> None:
    length = longest_diameter(mask_diameter_points(mask_of(disc(101, 40))), UNIT).length_mm
    assert 80 <= length <= 80 + sqrt(2)


def test_no_point_has_no_diameter() -> None:
    with pytest.raises(ValueError, match="no point"):
        longest_diameter(np.empty((0, 2)), UNIT)


def test_fifty_thousand_points_on_a_circle_take_no_quadratic_time() -> None:
    points = ellipse_points(0, 0, 1000, 1000, 0, count=50_000)
    assert longest_diameter(points, UNIT).length_mm == pytest.approx(2000)
