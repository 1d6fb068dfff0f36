from __future__ import annotations

from math import hypot, inf
from typing import Any

import numpy as np
import pytest
import SimpleITK
from hypothesis import assume, given, settings
from scipy.ndimage import binary_erosion
from tests.geometry.arrays import Pixels, disc, drawn, mask_of, pixel_pairs, spacings

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.border_distance import border_distances, minimal_distance_mm
from guidelint.geometry.measures.surface import surface_distances
from guidelint.geometry.morphology import dilated, eroded
from guidelint.geometry.spacing import Spacing

sitk: Any = SimpleITK
UNIT = Spacing(1, 1)


def _apart(one: tuple[int, int], other: tuple[int, int], spacing: Spacing) -> float:
    return hypot((one[0] - other[0]) * spacing.row_mm, (one[1] - other[1]) * spacing.column_mm)


def _places(array: Pixels) -> list[tuple[int, int]]:
    return [(int(row), int(column)) for row, column in np.argwhere(array)]


def _slow_signed(array: Pixels, reference: Pixels, spacing: Spacing) -> list[float]:
    """Nearest border pixel by comparing every pair; negative for pixels of the reference."""
    border, other = (_places(each & ~binary_erosion(each)) for each in (array, reference))
    away = [min(_apart(place, there, spacing) for there in other) for place in border]
    return [-length if reference[place] else length for place, length in zip(border, away, strict=True)]


@given(pixel_pairs(), spacings)
@settings(deadline=None)
def test_signed_distances_equal_the_comparison_of_every_pair(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    assume(all(array.any() for array in pair))
    found = border_distances(mask_of(pair[0]), mask_of(pair[1]), spacing)
    assert found.signed_mm == pytest.approx(_slow_signed(*pair, spacing))
    assert found.places.tolist() == [list(place) for place in _places(pair[0] & ~binary_erosion(pair[0]))]


@given(pixel_pairs(), spacings)
@settings(deadline=None)
def test_without_the_sign_they_are_the_surface_distances(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    assume(all(array.any() for array in pair))
    a, b = (mask_of(array) for array in pair)
    signed, there = border_distances(a, b, spacing), surface_distances(a, b, spacing).there_mm
    assert np.array_equal(np.abs(signed.signed_mm), there)
    assert signed.innermost_mm <= signed.median_mm <= signed.outermost_mm
    assert signed.innermost_mm <= signed.mean_mm + 1e-9
    assert signed.share_within(-inf, inf) == 1
    assert signed.share_within(signed.innermost_mm, signed.outermost_mm) == 1


@given(pixel_pairs(), spacings)
@settings(deadline=None)
def test_turning_flipping_moving_and_scaling(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    assume(all(array.any() for array in pair))
    a, b = pair
    first = np.sort(border_distances(mask_of(a), mask_of(b), spacing).signed_mm)
    turned, double = Spacing(spacing.column_mm, spacing.row_mm), Spacing(2 * spacing.row_mm, 2 * spacing.column_mm)
    for one, other, step, scale in (
        (np.rot90(a), np.rot90(b), turned, 1),
        (a[::-1], b[::-1], spacing, 1),
        (np.pad(a, ((3, 1), (0, 2))), np.pad(b, ((3, 1), (0, 2))), spacing, 1),
        (a, b, double, 2),
    ):
        again = border_distances(mask_of(one), mask_of(other), step).signed_mm
        assert np.sort(again) == pytest.approx(scale * first)


@pytest.mark.parametrize("spacing", [Spacing(0.7, 0.7), Spacing(2.5, 0.6), Spacing(0.31, 1.7)])
def test_agrees_with_the_distance_map_of_simpleitk(spacing: Spacing) -> None:
    """Its map of the reference's edge-connected contour gives the length, the reference the sign."""
    rng = np.random.default_rng(5)
    array = disc(60, 20) & (rng.random((60, 60)) < 0.98)
    reference = np.roll(disc(60, 18), (4, -6), axis=(0, 1))
    contour = sitk.BinaryContour(sitk.GetImageFromArray(reference.astype(np.uint8)), False)
    contour.SetSpacing((spacing.column_mm, spacing.row_mm))
    away = sitk.SignedMaurerDistanceMap(contour, insideIsPositive=False, squaredDistance=False, useImageSpacing=True)
    signed = np.maximum(sitk.GetArrayFromImage(away), 0) * np.where(reference, -1, 1)
    found = border_distances(mask_of(array), mask_of(reference), spacing)
    assert found.signed_mm == pytest.approx(signed[tuple(found.places.T)], abs=1e-5)


@pytest.mark.parametrize("spacing", [Spacing(1, 1), Spacing(row_mm=3, column_mm=0.5)])
def test_a_rectangle_one_pixel_larger_lies_one_spacing_outside(spacing: Spacing) -> None:
    small, large = np.zeros((30, 40), np.bool_), np.zeros((30, 40), np.bool_)
    small[10:20, 10:30], large[9:21, 9:31] = True, True
    outside = border_distances(mask_of(large), mask_of(small), spacing)
    inside = border_distances(mask_of(small), mask_of(large), spacing)
    steps = {spacing.row_mm, spacing.column_mm}
    assert outside.innermost_mm == min(steps)
    assert outside.outermost_mm == pytest.approx(hypot(spacing.row_mm, spacing.column_mm))
    assert (inside.innermost_mm, inside.outermost_mm) == (-max(steps), -min(steps))
    assert inside.share_within(-max(steps), 0) == 1
    assert inside.share_within(0, inf) == 0


def test_the_same_mask_lies_nowhere_off() -> None:
    mask = mask_of(disc(30, 11))
    found = border_distances(mask, mask, Spacing(0.4, 0.9))
    assert (found.innermost_mm, found.outermost_mm, found.mean_mm, found.share_within(0, 0)) == (0, 0, 0, 1)


def test_discs_drawn_too_wide_and_too_tight() -> None:
    reference, spacing = mask_of(disc(240, 60)), Spacing(0.5, 0.5)
    for radius, offset_mm in ((80, 10), (40, -10)):
        found = border_distances(mask_of(disc(240, radius)), reference, spacing)
        assert found.mean_mm == pytest.approx(offset_mm, abs=0.2)
        assert found.median_mm == pytest.approx(offset_mm, abs=0.2)
        assert found.innermost_mm == pytest.approx(offset_mm, abs=0.5)
        assert found.outermost_mm == pytest.approx(offset_mm, abs=0.5)


def test_a_margin_of_three_millimetres_measures_three_millimetres() -> None:
    reference, spacing = mask_of(disc(200, 50)), Spacing(0.5, 0.5)
    ring = border_distances(dilated(reference, 3, spacing), reference, spacing)
    core = border_distances(eroded(reference, 3, spacing), reference, spacing)
    assert ring.outermost_mm == pytest.approx(3)
    assert ring.innermost_mm > 2.5
    assert core.innermost_mm >= -3.25
    assert core.outermost_mm < -2.5


@given(pixel_pairs(), spacings)
@settings(deadline=None)
def test_the_minimal_distance_equals_the_comparison_of_every_pair(
    pair: tuple[Pixels, Pixels], spacing: Spacing
) -> None:
    a, b = (mask_of(array) for array in pair)
    slow = min((_apart(p, q, spacing) for p in _places(pair[0]) for q in _places(pair[1])), default=inf)
    assert minimal_distance_mm(a, b, spacing) == pytest.approx(slow)
    assert minimal_distance_mm(a, b, spacing) == minimal_distance_mm(b, a, spacing)


def test_minimal_distances_of_neighbours() -> None:
    spacing = Spacing(row_mm=3, column_mm=0.5)
    one = drawn("##.... ##....")
    assert minimal_distance_mm(one, drawn("..##.. ..##.."), spacing) == 0.5
    assert minimal_distance_mm(one, drawn("....## ....##"), spacing) == 1.5
    assert minimal_distance_mm(one, drawn(".#.... ......"), spacing) == 0


def test_what_cannot_be_compared_is_refused() -> None:
    empty, one = Mask.empty((3, 3)), drawn("... .#. ...")
    for pair in ((empty, one), (one, empty), (empty, empty)):
        with pytest.raises(MaskError, match="empty mask has no border"):
            border_distances(*pair, UNIT)
        assert minimal_distance_mm(*pair, UNIT) == inf
    for measure in (border_distances, minimal_distance_mm):
        with pytest.raises(MaskError, match="different images"):
            measure(one, Mask.empty((3, 4)), UNIT)
