"""Kernels against libraries that others wrote, on the same random masks; where definitions differ, by how much.

The SDK's brush codec is compared in test_rle_pack.py, scikit-image's perimeter in test_perimeter.py, DeepMind's
surface-distance in test_oracle_surface_distance.py, MONAI in test_monai_golden.py.
"""

from __future__ import annotations

from math import hypot
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.geometry.arrays import Pixels, array_of, mask_of, pixel_pairs, pixels, spacings
from tests.geometry.stacks import Voxels, positions_of, stack_of, stack_pairs, step_of, steps

from guidelint.geometry.codecs import coco_rle
from guidelint.geometry.measures.components import Connectivity, components, holes
from guidelint.geometry.measures.diameter import longest_diameter, mask_diameter_points
from guidelint.geometry.measures.form import border_contact_px, centroid, form
from guidelint.geometry.measures.outline import area_mm2
from guidelint.geometry.measures.overlap import dice, iou, outside_distance_mm, pairwise_intersections_px, pairwise_iou
from guidelint.geometry.measures.perimeter import perimeter_mm
from guidelint.geometry.measures.surface import (
    SurfaceDistances,
    border_pixels,
    pixel_places,
    surface_distances,
)
from guidelint.geometry.measures.volume import (
    Connectivity3D,
    longest_diameter_3d_mm,
    pieces_3d,
    surface_distances_3d,
    volume_mm3,
)
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.spacing import Spacing

sitk: Any = pytest.importorskip("SimpleITK")
coco: Any = pytest.importorskip("pycocotools.mask")

Lengths = npt.NDArray[np.float64]
oracle = settings(deadline=None, max_examples=examples(60))


def _image(array: Voxels, step: tuple[float, ...]) -> Any:
    """Image of SimpleITK; ``step`` in the order of the axes of the array."""
    image = sitk.GetImageFromArray(array.astype(np.uint8))
    image.SetSpacing([float(length) for length in step[::-1]])
    return image


def _framed(image: Any) -> Any:
    """Add a frame of background: to ITK the mask goes on beyond the edge of the image, to us it ends there."""
    frame = [1] * image.GetDimension()
    return sitk.ConstantPad(image, frame, frame, 0)


def _shape(image: Any) -> Any:
    measured = sitk.LabelShapeStatisticsImageFilter()
    measured.ComputeFeretDiameterOn()
    measured.ComputePerimeterOn()
    measured.Execute(image)
    return measured


# SimpleITK, on one slice


@given(pixel_pairs())
@oracle
def test_overlaps_equal_simpleitk(pair: tuple[Pixels, Pixels]) -> None:
    assume(any(array.any() for array in pair))
    measured = sitk.LabelOverlapMeasuresImageFilter()
    measured.Execute(*(_image(array, (1, 1)) for array in pair))
    a, b = map(mask_of, pair)
    assert dice(a, b) == pytest.approx(measured.GetDiceCoefficient(), rel=1e-12)
    assert iou(a, b) == pytest.approx(measured.GetJaccardCoefficient(), rel=1e-12)


@given(pixels(), spacings)
@oracle
def test_area_centre_box_and_border_contact_equal_simpleitk(array: Pixels, spacing: Spacing) -> None:
    """ITK's origin is the centre of the first pixel, ours its outer corner."""
    assume(array.any())
    mask, measured = mask_of(array), _shape(_image(array, step_of(spacing)))
    x, y = centroid(mask)
    assert mask.area_px * spacing.pixel_mm2 == pytest.approx(measured.GetPhysicalSize(1), rel=1e-12)
    assert ((x - 0.5) * spacing.column_mm, (y - 0.5) * spacing.row_mm) == pytest.approx(measured.GetCentroid(1))
    assert mask.box is not None
    assert (mask.box.left, mask.box.top, *mask.box.shape[::-1]) == measured.GetBoundingBox(1)
    assert border_contact_px(mask) == measured.GetNumberOfPixelsOnBorder(1)


@given(pixels(), spacings)
@oracle
def test_the_longest_diameter_equals_simpleitk_between_centres(array: Pixels, spacing: Spacing) -> None:
    """ITK's Feret diameter runs between pixel centres, ours of a mask between outer corners: up to a diagonal more."""
    assume(array.any())
    feret_mm = _shape(_image(array, step_of(spacing))).GetFeretDiameter(1)
    centres = pixel_places(mask_of(array))[:, ::-1].astype(np.float64)
    assert longest_diameter(centres, spacing).length_mm == pytest.approx(feret_mm, abs=1e-9)
    ours = longest_diameter(mask_diameter_points(mask_of(array)), spacing).length_mm
    assert feret_mm <= ours <= feret_mm + hypot(*step_of(spacing)) + 1e-9


@given(pixels(), st.floats(0.2, 5))
@oracle
def test_the_crofton_perimeter_equals_simpleitk_on_square_pixels(array: Pixels, side_mm: float) -> None:
    """Both follow Lehmann & Legland; at the edge of the image ITK counts no border, so the mask is framed."""
    assume(array.any())
    theirs = _shape(_framed(_image(array, (side_mm, side_mm)))).GetPerimeter(1)
    assert perimeter_mm(mask_of(array), Spacing(side_mm, side_mm)) == pytest.approx(theirs, rel=1e-9)


def _bar(angle: float, spacing: Spacing) -> Pixels:
    """Bar of 60 mm by 20 mm, turned."""
    row, column = np.mgrid[-50:51, -50:51]
    x, y = column * spacing.column_mm, row * spacing.row_mm
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    return np.asarray((np.abs(along) <= 30) & (np.abs(across) <= 10), np.bool_)


def test_on_oblong_pixels_the_perimeter_of_a_bar_turns_less_than_in_simpleitk() -> None:
    """ITK weighs the four directions alike whatever the pixel; we give each its share of the half circle."""
    spacing = Spacing(1.0, 2.5)
    bars = [_bar(angle, spacing) for angle in np.radians([0, 20, 45, 70, 90])]
    ours = [perimeter_mm(mask_of(bar), spacing) / 160 for bar in bars]
    theirs = [_shape(_framed(_image(bar, step_of(spacing)))).GetPerimeter(1) / 160 for bar in bars]
    assert (min(ours), max(ours)) == pytest.approx((0.92, 1.06), abs=0.02)
    assert (min(theirs), max(theirs)) == pytest.approx((0.82, 1.07), abs=0.02)


@given(pixel_pairs(), spacings)
@oracle
def test_the_farther_of_both_sticking_out_is_the_hausdorff_of_simpleitk(
    pair: tuple[Pixels, Pixels], spacing: Spacing
) -> None:
    """ITK's Hausdorff distance is between the masks as sets of pixels, not between their borders."""
    assume(all(array.any() for array in pair))
    measured = sitk.HausdorffDistanceImageFilter()
    measured.Execute(*(_image(array, step_of(spacing)) for array in pair))
    a, b = map(mask_of, pair)
    ours = max(outside_distance_mm(a, b, spacing), outside_distance_mm(b, a, spacing))
    assert ours == pytest.approx(measured.GetHausdorffDistance(), rel=1e-6)


@given(pixels())
@oracle
def test_pieces_and_holes_equal_simpleitk(array: Pixels) -> None:
    """Filling holes, ITK's full connectivity is that of the background: it belongs to our connectivity 4."""
    image, mask = _image(array, (1, 1)), mask_of(array)
    cases: tuple[tuple[Connectivity, bool], ...] = ((4, False), (8, True))
    for connectivity, full in cases:
        counted = sitk.ConnectedComponentImageFilter()
        counted.SetFullyConnected(full)
        labels = sitk.GetArrayFromImage(counted.Execute(image))
        pieces = components(mask, connectivity)
        assert len(pieces) == counted.GetObjectCount()
        assert all(len(set(labels[array_of(piece)].tolist())) == 1 for piece in pieces)
        filled = sitk.GetArrayFromImage(sitk.BinaryFillhole(image, fullyConnected=not full, foregroundValue=1))
        inside = np.zeros_like(array)
        for hole in holes(mask, connectivity):
            inside |= array_of(hole)
        assert np.array_equal(inside, filled.astype(np.bool_) & ~array)


@given(pixels())
@oracle
def test_border_pixels_equal_the_contour_of_simpleitk(array: Pixels) -> None:
    assert np.array_equal(border_pixels(mask_of(array)), np.argwhere(_border(array)))


def _border(array: Voxels) -> Voxels:
    """Pixels or voxels with a neighbour outside over an edge or face."""
    framed = sitk.BinaryContour(_framed(_image(array, (1,) * array.ndim)), fullyConnected=False)
    inner = sitk.GetArrayFromImage(framed)[(slice(1, -1),) * array.ndim]
    return np.asarray(inner, np.bool_)


def _to_the_border(here: Voxels, there: Voxels, step: tuple[float, ...]) -> Lengths:
    """Distance from every border pixel of one mask to the other's border, by the distance map of Maurer."""
    image = _image(_border(there), step)
    away = sitk.SignedMaurerDistanceMap(image, insideIsPositive=False, squaredDistance=False, useImageSpacing=True)
    return np.asarray(np.maximum(sitk.GetArrayFromImage(away)[_border(here)], 0), np.float64)


def _equal(ours: SurfaceDistances, pair: tuple[Voxels, Voxels], step: tuple[float, ...]) -> None:
    theirs = _to_the_border(*pair, step), _to_the_border(pair[1], pair[0], step)
    for one, other in zip((ours.there_mm, ours.back_mm), theirs, strict=True):
        assert np.sort(one) == pytest.approx(np.sort(other), rel=1e-5, abs=1e-5)  # ITK gives single precision


@given(pixel_pairs(), spacings)
@oracle
def test_border_distances_equal_the_distance_map_of_simpleitk(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    assume(all(array.any() for array in pair))
    _equal(surface_distances(mask_of(pair[0]), mask_of(pair[1]), spacing), pair, step_of(spacing))


# SimpleITK, on stacks of slices


@given(stack_pairs, steps)
@oracle
def test_border_distances_of_stacks_equal_the_distance_map_of_simpleitk(
    pair: tuple[Voxels, Voxels], step: tuple[float, float, float]
) -> None:
    assume(all(array.any() for array in pair))
    positions = positions_of(pair[0], step[0])
    ours = surface_distances_3d(stack_of(pair[0]), stack_of(pair[1]), positions, Spacing(step[1], step[2]))
    _equal(ours, pair, step)


@given(stack_pairs, steps)
@oracle
def test_volume_and_pieces_of_stacks_equal_simpleitk(
    pair: tuple[Voxels, Voxels], step: tuple[float, float, float]
) -> None:
    voxels, spacing = pair[0], Spacing(step[1], step[2])
    assume(voxels.any())
    slices, image = stack_of(voxels), _image(voxels, step)
    positions = positions_of(voxels, step[0])
    areas = [mask.area_px * spacing.pixel_mm2 for mask in slices]
    measured = _shape(image)
    assert volume_mm3(areas, positions, step[0]) == pytest.approx(measured.GetPhysicalSize(1), rel=1e-9)
    cases: tuple[tuple[Connectivity3D, bool], ...] = ((6, False), (26, True))
    for connectivity, full in cases:
        counted = sitk.ConnectedComponentImageFilter()
        counted.SetFullyConnected(full)
        counted.Execute(image)
        assert len(pieces_3d(slices, connectivity)) == counted.GetObjectCount()
    feret_mm = measured.GetFeretDiameter(1)
    ours = longest_diameter_3d_mm(slices, positions, spacing)
    assert feret_mm - 1e-9 <= ours <= feret_mm + hypot(*step_of(spacing)) + 1e-9


# pycocotools


def _packed(array: Pixels) -> dict[str, Any]:
    packed: dict[str, Any] = coco.encode(np.asfortranarray(array.astype(np.uint8)))
    return packed


@given(pixel_pairs())
@oracle
def test_overlaps_areas_and_boxes_equal_pycocotools(pair: tuple[Pixels, Pixels]) -> None:
    assume(all(array.any() for array in pair))
    masks, packed = [mask_of(array) for array in pair], [_packed(array) for array in pair]
    assert np.allclose(pairwise_iou(masks), coco.iou(packed, packed, [False, False]), rtol=1e-12)
    assert np.diagonal(pairwise_intersections_px(masks)).tolist() == coco.area(packed).tolist()
    assert (masks[0] & masks[1]).area_px == coco.area(coco.merge(packed, intersect=True))
    assert (masks[0] | masks[1]).area_px == coco.area(coco.merge(packed))
    for mask, (left, top, width, height) in zip(masks, coco.toBbox(packed).tolist(), strict=True):
        assert mask.box is not None
        assert (mask.box.left, mask.box.top, *mask.box.shape[::-1]) == (left, top, width, height)


@given(pixels())
@oracle
def test_both_forms_of_run_lengths_equal_pycocotools(array: Pixels) -> None:
    packed, rows, columns = _packed(array), array.shape[0], array.shape[1]
    assert coco_rle.encode(mask_of(array)) == packed["counts"].decode()
    assert np.array_equal(array_of(coco_rle.decode(packed["counts"], (rows, columns))), array)
    listed = {"counts": coco_rle.encode_runs(mask_of(array)), "size": [rows, columns]}
    assert coco.frPyObjects(listed, rows, columns)["counts"] == packed["counts"]


# shapely


@given(pixels(), spacings)
@oracle
def test_the_union_of_pixel_squares_has_our_area_edges_and_centre(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    row, column = np.argwhere(array).T
    x, y = column * spacing.column_mm, row * spacing.row_mm
    squares = shapely.union_all(shapely.box(x, y, x + spacing.column_mm, y + spacing.row_mm), grid_size=1e-9)
    mask = mask_of(array)
    middle_x, middle_y = centroid(mask)
    assert mask.area_px * spacing.pixel_mm2 == pytest.approx(squares.area, rel=1e-6)
    assert perimeter_mm(mask, spacing, "edges") == pytest.approx(squares.length, rel=1e-6)
    assert (middle_x * spacing.column_mm, middle_y * spacing.row_mm) == pytest.approx(
        (squares.centroid.x, squares.centroid.y), rel=1e-6
    )


@given(pixels(), spacings)
@oracle
def test_hull_and_smallest_box_equal_shapely(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    corners = np.concatenate([np.argwhere(array) + offset for offset in ((0, 0), (0, 1), (1, 0), (1, 1))])
    points = shapely.MultiPoint(corners[:, ::-1] * (spacing.column_mm, spacing.row_mm))
    hull, box, ours = points.convex_hull, points.oriented_envelope, form(mask_of(array), spacing)
    assert (ours.hull_area_mm2, ours.hull_perimeter_mm) == pytest.approx((hull.area, hull.length), rel=1e-9)
    assert ours.box_length_mm * ours.box_width_mm == pytest.approx(box.area, rel=1e-6)


@given(pixel_pairs(), spacings)
@oracle
def test_the_hausdorff_distance_of_borders_equals_shapely(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    assume(all(array.any() for array in pair))
    a, b = map(mask_of, pair)
    one, other = (shapely.MultiPoint(border_pixels(mask) * np.array(step_of(spacing))) for mask in (a, b))
    ours = surface_distances(a, b, spacing).hausdorff_mm
    assert ours == pytest.approx(one.hausdorff_distance(other), rel=1e-9)


@given(st.lists(st.floats(2, 19), min_size=3, max_size=24), st.floats(0, 1), spacings)
@oracle
def test_polygons_have_shapelys_area_and_hold_the_centres_that_shapely_finds_inside(
    radii: list[float], turn: float, spacing: Spacing
) -> None:
    angle = (np.arange(len(radii)) + turn) * 2 * np.pi / len(radii)
    points = np.column_stack([20.3 + np.array(radii) * np.cos(angle), 20.6 + np.array(radii) * np.sin(angle)])
    outline = shapely.Polygon(points)
    assert area_mm2(points, spacing) == pytest.approx(outline.area * spacing.pixel_mm2, rel=1e-9)
    y, x = np.mgrid[0:41, 0:41] + 0.5
    certain = shapely.distance(outline.exterior, shapely.points(x, y)) > 2e-3
    ours = array_of(polygon_mask(points, (41, 41)))
    assert np.array_equal(ours[certain], shapely.contains_xy(outline, x, y)[certain])
