from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from skimage.measure import regionprops
from tests.geometry.arrays import Pixels, disc, drawn, mask_of, pixels, spacings

from guidelint.geometry.mask import Mask
from guidelint.geometry.measures.form import border_contact_px, centroid, form
from guidelint.geometry.raster import ellipse_mask, polygon_mask, rectangle_points
from guidelint.geometry.spacing import Spacing

UNIT = Spacing(1, 1)


@given(pixels())
@settings(deadline=None)
def test_the_centroid_is_the_mean_of_all_pixel_centres(array: Pixels) -> None:
    assume(array.any())
    (whole,) = regionprops(array.astype(np.uint8))  # type: ignore[no-untyped-call]
    row, column = whole.centroid
    assert centroid(mask_of(array)) == pytest.approx((column + 0.5, row + 0.5))


@given(pixels())
@settings(deadline=None)
def test_border_contact_counts_pixels_on_the_edge_of_the_image(array: Pixels) -> None:
    edge = np.ones_like(array)
    edge[1:-1, 1:-1] = False
    assert border_contact_px(mask_of(array)) == np.count_nonzero(array & edge)


@given(pixels(), spacings)
@settings(deadline=None)
def test_ratios_keep_their_bounds(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    found = form(mask_of(array), spacing)
    assert 0 < found.solidity <= 1 + 1e-9
    assert 0 < found.rectangularity <= found.solidity + 1e-9
    assert found.elongation >= 1
    assert found.feret_min_mm <= found.box_width_mm + 1e-9
    assert found.feret_min_mm <= found.feret_max_mm + 1e-9
    assert found.box_length_mm <= found.feret_max_mm + 1e-9


@given(pixels(), spacings)
@settings(deadline=None)
def test_turning_and_flipping_change_no_measure(array: Pixels, spacing: Spacing) -> None:
    assume(array.any())
    turned = Spacing(spacing.column_mm, spacing.row_mm)
    first, second = form(mask_of(array), spacing), form(mask_of(np.rot90(array)[:, ::-1]), turned)
    for name in ("area_mm2", "perimeter_mm", "hull_area_mm2", "hull_perimeter_mm", "feret_max_mm", "feret_min_mm"):
        assert getattr(first, name) == pytest.approx(getattr(second, name)), name
    assert first.rectangularity == pytest.approx(second.rectangularity)


def test_a_disc_is_compact_solid_and_round() -> None:
    found = form(mask_of(disc(200, 80)), Spacing(0.5, 0.5))
    assert found.equivalent_diameter_mm == pytest.approx(80, rel=1e-3)
    assert found.compactness == pytest.approx(1, abs=0.02)
    assert found.solidity > 0.98
    assert found.roughness == pytest.approx(1, abs=0.02)
    assert found.rectangularity == pytest.approx(pi / 4, rel=0.01)
    assert found.elongation == pytest.approx(1, abs=0.01)


def test_a_box_along_the_axes_is_exact_on_any_grid() -> None:
    found = form(mask_of(np.ones((20, 10), np.bool_)), Spacing(row_mm=0.5, column_mm=3))
    assert (found.area_mm2, found.hull_area_mm2, found.hull_perimeter_mm) == (300, 300, 80)
    assert (found.box_length_mm, found.box_width_mm, found.elongation) == (30, 10, 3)
    assert (found.solidity, found.rectangularity) == (1, 1)
    assert found.feret_max_mm == pytest.approx(sqrt(1000))
    assert found.feret_min_mm == 10


def test_a_turned_box_has_its_own_sides() -> None:
    mask = polygon_mask(rectangle_points(300, 100, 240, 60, 30), (600, 600))
    found = form(mask, UNIT)
    assert found.box_length_mm == pytest.approx(240, abs=2)
    assert found.box_width_mm == pytest.approx(60, abs=2)
    assert found.rectangularity > 0.95


def test_a_cross_is_neither_solid_nor_box_like() -> None:
    cross = form(drawn("..#.. ..#.. ##### ..#.. ..#.."), UNIT)
    assert cross.solidity == pytest.approx(9 / 17)
    assert cross.rectangularity < cross.solidity


def test_an_ellipse_has_the_ratio_of_its_axes() -> None:
    mask = ellipse_mask(200, 200, 150, 50, 25, (400, 400), "inside")
    assert form(mask, UNIT).elongation == pytest.approx(3, rel=0.02)


def test_an_empty_mask_has_no_form() -> None:
    with pytest.raises(ValueError, match="empty"):
        form(Mask.empty((3, 3)), UNIT)
