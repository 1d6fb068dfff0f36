from __future__ import annotations

from itertools import combinations
from math import cos, dist, hypot, inf, pi, sin
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
import SimpleITK
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import affinity, ops
from tests.examples import examples
from tests.geometry.arrays import Pixels, disc, drawn, mask_of, pixels, spacings

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.components import components
from guidelint.geometry.measures.thickness import thickness
from guidelint.geometry.measures.triangulation import Contour, contour_of, triangulated
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.many

sitk: Any = SimpleITK
UNIT = Spacing(1, 1)
small = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(pixels)
steps = st.sampled_from([0.5, 0.7, 1.0, 1.3, 2.0])
few_spacings = st.builds(Spacing, steps, steps)


def _contour_of_cells(array: Pixels) -> Any:
    """Inside of the contour at one half, cell by cell of four pixel centres, as x, y in pixels."""
    framed = np.pad(array, 1)
    pieces: list[Any] = []
    for row, column in np.ndindex(array.shape[0] + 1, array.shape[1] + 1):
        ring = [(0, 0), (1, 0), (1, 1), (0, 1)]
        inside = [bool(framed[row + y, column + x]) for x, y in ring]
        for first in range(4):
            if inside[first] and not inside[first - 1]:
                pieces += [affinity.translate(_cell(ring, inside, first), column - 0.5, row - 0.5)]
        if all(inside):
            pieces.append(shapely.box(column - 0.5, row - 0.5, column + 0.5, row + 0.5))
    return shapely.union_all(pieces)


def _cell(ring: list[tuple[int, int]], inside: list[bool], first: int) -> shapely.Polygon:
    """Part of a cell that the run of inner corners beginning at ``first`` takes, cut at the middles of the sides."""
    last = first
    while inside[(last + 1) % 4]:
        last += 1
    corners = [np.array(ring[index % 4], float) for index in range(first - 1, last + 2)]
    corners[0], corners[-1] = (corners[0] + corners[1]) / 2, (corners[-1] + corners[-2]) / 2
    return shapely.Polygon(corners)


def _polygon(contour: Contour) -> Any:
    """Inside of the lines of a contour in its units."""
    rings: list[shapely.Polygon] = []
    left = set(range(len(contour.points)))
    while left:
        start = place = min(left)
        ring = [start]
        while (place := int(contour.following[place])) != start:
            ring.append(place)
        left -= set(ring)
        rings.append(shapely.Polygon(contour.points[ring]))
    clockwise = [ring.exterior.is_ccw for ring in rings]  # y points down: the inside on the right turns this way
    outer = shapely.union_all([ring for ring, right in zip(rings, clockwise, strict=True) if right])
    holes = shapely.union_all([ring for ring, right in zip(rings, clockwise, strict=True) if not right])
    return outer.difference(holes)


def _empty_circles(places: np.ndarray[Any, Any], first: int, second: int) -> tuple[float, float]:
    """Least and greatest place along the bisector of two points for a circle through both that holds no other."""
    p, q = places[first], places[second]
    middle, across = (p + q) / 2, np.array([p[1] - q[1], q[0] - p[0]])
    low, high = -inf, inf
    for index, other in enumerate(places):
        if index in {first, second}:
            continue
        # |middle + t·across − other|² ≥ |middle + t·across − p|²
        slope, rest = 2 * across @ (p - other), other @ other - p @ p - 2 * middle @ (other - p)
        if slope > 1e-12:
            low = max(low, -rest / slope)
        elif slope < -1e-12:
            high = min(high, -rest / slope)
        elif rest < 0:
            return inf, -inf
    return low, high


def _slow_cuts(mask: Mask, spacing: Spacing) -> Iterator[float]:
    """Lengths of the cuts that count, by trying every pair of points against all others."""
    contour = contour_of(mask, spacing)
    inside = _polygon(contour)
    square_mm2 = contour.unit_mm[0] * contour.unit_mm[1]
    for first, second in combinations(range(len(contour.points)), 2):
        low, high = _empty_circles(contour.points_mm, first, second)
        line = shapely.LineString(contour.points[[first, second]])
        if high - low <= 1e-7 or not inside.contains(line.interpolate(0.5, normalized=True)):
            continue
        (piece,) = [part for part in shapely.get_parts(inside) if part.intersects(line.centroid)]
        parts = [part.area * square_mm2 for part in ops.split(piece, line).geoms]
        length = dist(contour.points_mm[first], contour.points_mm[second])
        if len(parts) == 1 or min(parts) > max(length, spacing.row_mm, spacing.column_mm) ** 2 * (1 + 1e-9):
            yield length


@given(pixels(), spacings)
@settings(deadline=None)
def test_the_contour_is_the_one_at_one_half(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    mask = mask_of(array)
    contour = contour_of(mask, spacing)
    assert mask.box is not None
    unit = (contour.unit_mm[0] / spacing.column_mm, contour.unit_mm[1] / spacing.row_mm)
    placed = affinity.scale(_polygon(contour), *unit, origin=(0, 0))
    placed = affinity.translate(placed, mask.box.left, mask.box.top)
    cells = _contour_of_cells(array)
    assert placed.symmetric_difference(cells).area == pytest.approx(0, abs=1e-9)
    assert contour.area_units * unit[0] * unit[1] == pytest.approx(cells.area)


@given(pixels(), spacings)
@settings(deadline=None)
def test_the_triangles_fill_the_contour(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    found = triangulated(mask_of(array), spacing)
    inside = _polygon(found.contour)
    corners = found.contour.points[found.triangles]
    assert shapely.union_all(shapely.polygons(corners)).symmetric_difference(inside).area < 1e-6
    assert found.areas_mm2.sum() == pytest.approx(inside.area * found.contour.unit_mm[0] * found.contour.unit_mm[1])


@given(small, few_spacings)
@settings(deadline=None, max_examples=examples(30))
def test_the_narrowest_thickness_equals_the_trial_of_every_cut(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    mask = mask_of(array)
    discs = [thickness(piece, spacing).largest_mm for piece in components(mask, 4)]
    slow = min([*_slow_cuts(mask, spacing), *discs])
    assert thickness(mask, spacing).narrowest_mm == pytest.approx(slow, rel=1e-6)


@given(pixels(), spacings)
@settings(deadline=None)
def test_the_largest_disc_agrees_with_that_of_shapely(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    contour = contour_of(mask_of(array), spacing)
    inside = affinity.scale(_polygon(contour), *contour.unit_mm, origin=(0, 0))
    radii = [shapely.maximum_inscribed_circle(part, 1e-3 * spacing.row_mm).length for part in shapely.get_parts(inside)]
    radius, step = thickness(mask_of(array), spacing).largest_mm / 2, min(spacing.row_mm, spacing.column_mm)
    assert max(radii) == pytest.approx(radius, abs=radius - max(radius**2 - step**2 / 4, 0) ** 0.5 + 1e-2 * step)


@given(pixels(), spacings)
@settings(deadline=None)
def test_turning_flipping_moving_and_scaling(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    first = thickness(mask_of(array), spacing)
    turned, double = Spacing(spacing.column_mm, spacing.row_mm), Spacing(2 * spacing.row_mm, 2 * spacing.column_mm)
    for other, step, scale in (
        (np.rot90(array), turned, 1),
        (array[::-1], spacing, 1),
        (np.pad(array, ((3, 1), (0, 2))), spacing, 1),
        (array, double, 2),
    ):
        again = thickness(mask_of(other), step)
        assert again.narrowest_mm == pytest.approx(scale * first.narrowest_mm, rel=1e-6)
        assert again.largest_mm == pytest.approx(scale * first.largest_mm, rel=1e-6)


@given(pixels(), spacings)
@settings(deadline=None)
def test_the_narrowest_place_is_where_it_is_said_to_be(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    found = thickness(mask_of(array), spacing)
    (x, y), (other_x, other_y) = found.narrowest_ends
    across = hypot((x - other_x) * spacing.column_mm, (y - other_y) * spacing.row_mm)
    assert across == pytest.approx(found.narrowest_mm)
    assert found.narrowest_mm <= found.largest_mm * (1 + 1e-9)
    inside = _contour_of_cells(array).buffer(1e-6)
    assert inside.covers(shapely.Point(found.narrowest_at))
    assert inside.covers(shapely.Point(found.largest_at))


@given(pixels(), spacings)
@settings(deadline=None)
def test_pieces_are_measured_one_by_one(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    mask = mask_of(array)
    parts = [thickness(piece, spacing) for piece in components(mask, 4)]
    found = thickness(mask, spacing)
    assert found.narrowest_mm == pytest.approx(min(part.narrowest_mm for part in parts), rel=1e-6)
    assert found.largest_mm == pytest.approx(max(part.largest_mm for part in parts), rel=1e-6)


@pytest.mark.parametrize("spacing", [Spacing(1, 1), Spacing(0.7, 0.7), Spacing(row_mm=3, column_mm=0.5)])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8])
def test_a_strip_of_n_pixels_is_n_spacings_thick(spacing: Spacing, count: int) -> None:
    level, upright = np.ones((count, 90), np.bool_), np.ones((90, count), np.bool_)
    for array, step_mm in ((level, spacing.row_mm), (upright, spacing.column_mm)):
        found = thickness(mask_of(np.pad(array, 2)), spacing)
        assert found.narrowest_mm == pytest.approx(count * step_mm)
        assert found.largest_mm == pytest.approx(count * step_mm)


def test_long_straight_lines_are_no_burden() -> None:
    array = np.ones((3, 15_000), np.bool_)
    array[1, 7000] = array[0, 7000] = False
    assert thickness(mask_of(array), UNIT).narrowest_mm == 1
    assert thickness(mask_of(array.T), UNIT).narrowest_mm == 1


CASES = {
    "a neck": ("####...#### ########### ####...####", 1, ((5.5, 1), (5.5, 2))),
    "a neck where rows are far apart": ("####....#### ############ ############ ####....####", 2, None),
    "a tail": ("######...... ############ ######...... ######...... ######......", 1, None),
    "a tail no longer than wide is an end": ("######. ####### ######. ######. ######. ######.", 6, None),
    "a wall around a hole": ("######## ######## ##....## ##....## ##....## ######## ########", 2, None),
    "a thin place in a wall": (
        "######## ######## ##....## #.....## ##....## ######## ########",
        1,
        ((0, 3.5), (1, 3.5)),
    ),
    "two blocks that share only a corner": ("###... ###... ###... ...### ...### ...###", 3, None),
    "a single pixel, whose corners the contour cuts": ("#", 0.5**0.5, None),
    "two pixels": ("##", 1, None),
}


@pytest.mark.parametrize("title", CASES)
def test_drawn_shapes(title: str) -> None:
    text, expected, ends = CASES[title]
    found = thickness(drawn(text), UNIT)
    assert found.narrowest_mm == pytest.approx(expected)
    assert ends is None or set(found.narrowest_ends) == set(ends)


def test_rows_farther_apart_than_columns() -> None:
    neck = drawn("####....#### ############ ####....####")
    assert thickness(neck, Spacing(row_mm=0.5, column_mm=0.25)).narrowest_mm == pytest.approx(0.5)
    assert thickness(neck, Spacing(row_mm=0.3, column_mm=0.9)).narrowest_mm == pytest.approx(0.3)


def test_what_is_small_can_be_left_out() -> None:
    tailed = drawn("######.... ########## ######.... ######.... ######.... ######....")
    assert thickness(tailed, UNIT).narrowest_mm == 1
    assert thickness(tailed, UNIT, ignored_mm2=4).narrowest_mm == 6
    specks = drawn("######.# ######.# ######.. ######.. ######.. ######..")
    assert thickness(specks, UNIT).narrowest_mm == 1
    assert thickness(specks, UNIT, ignored_mm2=2).narrowest_mm == 6
    assert thickness(drawn("##.##"), UNIT, ignored_mm2=50).narrowest_mm == 1


def _capsule(length: float, width: float) -> Any:
    return shapely.LineString([(-length / 2, 0), (length / 2, 0)]).buffer(width / 2, quad_segs=64)


def _round(x: float, radius: float) -> Any:
    return shapely.Point(x, 0).buffer(radius, quad_segs=64)


def _bent(radius: float, width: float) -> Any:
    arc = [(radius * cos(step * pi / 60), radius * sin(step * pi / 60)) for step in range(91)]
    return shapely.LineString(arc).buffer(width / 2, cap_style="flat")


ANALYTIC: dict[str, tuple[Any, float, float | None]] = {
    "disc": (_round(0, 5), 10, 10),
    "square": (shapely.box(-4, -4, 4, 4), 8, 8),
    "rectangle": (shapely.box(-7, -3, 7, 3), 6, 6),
    "strip": (shapely.box(-10, -1, 10, 1), 2, 2),
    "dumbbell": (_round(-6, 4) | _capsule(12, 1.5) | _round(6, 4), 1.5, 8),
    "lollipop": (_round(-5, 4) | _capsule(16, 2), 2, 8),
    "annulus": (_round(0, 8) - _round(0, 5.5), 2.5, 2.5),
    "annulus with its hole to one side": (_round(0, 8) - _round(1, 5.5), 1.5, 3.5),
    "angle": (shapely.box(0, 0, 10, 3) | shapely.box(0, 0, 2, 10), 2, None),
    "short ellipse": (affinity.scale(_round(0, 4), 1.5, 1), 8, 8),
    "bent strip": (_bent(8, 2.5), 2.5, 2.5),
}


def _on_grid(shape: Any, spacing: Spacing) -> Mask:
    size = (int(26 / spacing.row_mm), int(26 / spacing.column_mm))
    in_pixels = affinity.scale(shape, 1 / spacing.column_mm, 1 / spacing.row_mm, origin=(0, 0))
    rings = [in_pixels.exterior, *in_pixels.interiors]
    outer, *holes = (polygon_mask(np.asarray(ring.coords), size) for ring in rings)
    for hole in holes:
        outer = outer - hole
    return outer


@pytest.mark.parametrize("spacing", [Spacing(0.4, 0.4), Spacing(row_mm=0.6, column_mm=0.3)])
@pytest.mark.parametrize("name", ANALYTIC)
def test_shapes_of_known_thickness_in_any_direction(name: str, spacing: Spacing) -> None:
    shape, narrowest_mm, largest_mm = ANALYTIC[name]
    diagonal_mm = hypot(spacing.row_mm, spacing.column_mm)
    rng = np.random.default_rng(0)
    for degrees in range(0, 180, 15):
        turned = affinity.rotate(shape, degrees, origin=(0, 0))
        moved = affinity.translate(turned, *(13 + rng.uniform(-0.5, 0.5, 2)))
        found = thickness(_on_grid(moved, spacing), spacing)
        assert -0.95 <= (found.narrowest_mm - narrowest_mm) / diagonal_mm <= 0.75, degrees
        assert largest_mm is None or -0.95 <= (found.largest_mm - largest_mm) / diagonal_mm <= 0.75, degrees


def test_a_finer_grid_brings_the_neck_nearer_to_its_width() -> None:
    shape = affinity.translate(affinity.rotate(ANALYTIC["dumbbell"][0], 33, origin=(0, 0)), 13, 13)
    off = [abs(thickness(_on_grid(shape, Spacing(step, step)), Spacing(step, step)).narrowest_mm - 1.5)
           for step in (0.5, 0.1, 0.02)]  # fmt: skip
    assert off[2] < 0.03 < off[0]


@pytest.mark.parametrize("spacing", [Spacing(0.5, 0.5), Spacing(row_mm=1.2, column_mm=0.4)])
def test_the_largest_disc_agrees_with_the_distance_map_of_simpleitk(spacing: Spacing) -> None:
    array = disc(90, 30) & ~np.roll(disc(90, 12), (7, -9), axis=(0, 1))
    image = sitk.GetImageFromArray(array.astype(np.uint8))
    image.SetSpacing((spacing.column_mm, spacing.row_mm))
    inner = sitk.SignedMaurerDistanceMap(image, insideIsPositive=True, squaredDistance=False, useImageSpacing=True)
    # its distances run from pixel centre to the centres of the outermost pixels: up to a pixel less on either side
    between_centres = 2 * float(sitk.GetArrayFromImage(inner).max())
    beyond = thickness(mask_of(array), spacing).largest_mm - between_centres
    assert 0 < beyond < 2 * hypot(spacing.row_mm, spacing.column_mm)


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="empty mask has no thickness"):
        thickness(Mask.empty((3, 3)), UNIT)
    chequered = np.indices((400, 400)).sum(axis=0) % 2 == 0
    with pytest.raises(MaskError, match="contour of 320,000 steps is too long"):
        thickness(mask_of(chequered), UNIT)
    with pytest.raises(MaskError, match="too long"):
        thickness(drawn("###"), Spacing(1, 1e9))
    with pytest.raises(MaskError, match="too long"):
        thickness(drawn("###"), Spacing(1e-300, 1e300))
