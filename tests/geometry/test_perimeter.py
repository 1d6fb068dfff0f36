from __future__ import annotations

from math import hypot, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.measure import perimeter_crofton
from tests.geometry.arrays import Pixels, disc, mask_of, pixels, spacings

from guidelint.geometry.mask import Mask
from guidelint.geometry.measures.perimeter import Estimator, perimeter_mm
from guidelint.geometry.spacing import Spacing

UNIT = Spacing(1, 1)
both = pytest.mark.parametrize("estimator", ["crofton", "edges"])


@given(pixels())
@settings(deadline=None)
def test_crofton_equals_scikit_image_on_square_pixels(array: Pixels) -> None:
    expected = perimeter_crofton(np.pad(array, 1), 4)  # type: ignore[no-untyped-call]
    assert perimeter_mm(mask_of(array), UNIT) == pytest.approx(expected)


@given(pixels(), spacings)
@settings(deadline=None)
def test_edges_are_all_sides_between_mask_and_background(array: Pixels, spacing: Spacing) -> None:
    framed = np.pad(array, 1)
    upright = np.count_nonzero(framed[:, 1:] != framed[:, :-1]) * spacing.row_mm
    level = np.count_nonzero(framed[1:] != framed[:-1]) * spacing.column_mm
    assert perimeter_mm(mask_of(array), spacing, "edges") == pytest.approx(upright + level)


@both
@given(array=pixels(), spacing=spacings, scale=st.floats(0.1, 10))
@settings(deadline=None)
def test_turning_flipping_moving_and_scaling(
    array: Pixels, spacing: Spacing, scale: float, estimator: Estimator
) -> None:
    length = perimeter_mm(mask_of(array), spacing, estimator)
    turned = Spacing(spacing.column_mm, spacing.row_mm)
    larger = Spacing(spacing.row_mm * scale, spacing.column_mm * scale)
    assert perimeter_mm(mask_of(array[::-1]), spacing, estimator) == pytest.approx(length)
    assert perimeter_mm(mask_of(array[:, ::-1]), spacing, estimator) == pytest.approx(length)
    assert perimeter_mm(mask_of(np.rot90(array)), turned, estimator) == pytest.approx(length)
    assert perimeter_mm(mask_of(np.pad(array, ((3, 1), (0, 2)))), spacing, estimator) == pytest.approx(length)
    assert perimeter_mm(mask_of(array), larger, estimator) == pytest.approx(length * scale)


@pytest.mark.parametrize("radius", [10, 20, 60])
def test_a_disc_has_its_circumference(radius: float) -> None:
    assert perimeter_mm(mask_of(disc(140, radius)), UNIT) == pytest.approx(2 * pi * radius, rel=0.02)


@pytest.mark.parametrize(("row_mm", "column_mm"), [(1, 1.5), (2, 1), (0.5, 0.8)])
def test_a_disc_on_pixels_that_are_not_square_has_its_circumference(row_mm: float, column_mm: float) -> None:
    y, x = (np.arange(200) - 99.5) * row_mm, (np.arange(200) - 99.5) * column_mm
    array = np.hypot(y[:, None], x) <= 40
    assert perimeter_mm(mask_of(array), Spacing(row_mm, column_mm)) == pytest.approx(80 * pi, rel=0.02)


def test_an_annulus_has_both_its_circles() -> None:
    ring = disc(140, 60) & ~disc(140, 30)
    assert perimeter_mm(mask_of(ring), UNIT) == pytest.approx(180 * pi, rel=0.02)


def test_a_box_has_its_sides_by_edges() -> None:
    box = mask_of(np.ones((40, 30), np.bool_))
    assert perimeter_mm(box, Spacing(row_mm=0.5, column_mm=2), "edges") == 2 * (40 * 0.5 + 30 * 2)
    assert perimeter_mm(box, UNIT) == pytest.approx(140, rel=0.06)


def test_a_slope_of_pixels_is_as_long_as_the_line_in_crofton() -> None:
    stripe = np.tri(200, dtype=np.bool_) & ~np.tri(200, k=-40, dtype=np.bool_)
    expected = hypot(200, 200) + hypot(160, 160) + 2 * 40
    assert perimeter_mm(mask_of(stripe), UNIT) == pytest.approx(expected, rel=0.06)


def test_nothing_has_no_border() -> None:
    assert perimeter_mm(Mask.empty((4, 4)), UNIT) == 0
