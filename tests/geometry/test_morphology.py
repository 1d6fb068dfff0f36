from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import SimpleITK
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.geometry.arrays import Pixels, array_of, disc, drawn, mask_of, pixels, spacings

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.morphology import closed, dilated, eroded, opened
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[Mask, float, Spacing], Mask]

sitk: Any = SimpleITK
UNIT = Spacing(1, 1)
radii = st.floats(0, 6) | st.integers(0, 5).map(float)
changes: list[Change] = [eroded, dilated, opened, closed]


def _slow_dilated(array: Pixels, radius_mm: float, spacing: Spacing) -> Pixels:
    """Compare every pixel with every pixel that is on."""
    on = [(int(row), int(column)) for row, column in np.argwhere(array)]
    covered = np.zeros_like(array)
    for row, column in np.ndindex(*array.shape):
        covered[row, column] = any(
            hypot((row - r) * spacing.row_mm, (column - c) * spacing.column_mm) <= radius_mm * (1 + 1e-9) for r, c in on
        )
    return covered


def _slow_eroded(array: Pixels, radius_mm: float, spacing: Spacing) -> Pixels:
    return ~_slow_dilated(~np.pad(array, 1), radius_mm, spacing)[1:-1, 1:-1]


def _slow_closed(array: Pixels, radius_mm: float, spacing: Spacing) -> Pixels:
    margin = int(radius_mm / min(spacing.row_mm, spacing.column_mm)) + 2
    framed = _slow_dilated(np.pad(array, margin), radius_mm, spacing)
    return _slow_eroded(framed, radius_mm, spacing)[margin:-margin, margin:-margin]


@given(pixels(), radii, spacings)
@settings(deadline=None, max_examples=examples(60))
def test_growing_and_shrinking_equal_the_comparison_of_every_pair(
    array: Pixels, radius_mm: float, spacing: Spacing
) -> None:
    mask = mask_of(array)
    assert np.array_equal(array_of(dilated(mask, radius_mm, spacing)), _slow_dilated(array, radius_mm, spacing))
    shrunk = _slow_eroded(array, radius_mm, spacing)
    assert np.array_equal(array_of(eroded(mask, radius_mm, spacing)), shrunk)
    assert np.array_equal(array_of(opened(mask, radius_mm, spacing)), _slow_dilated(shrunk, radius_mm, spacing))


@given(pixels((6, 7)), st.floats(0, 3), st.builds(Spacing, st.floats(0.6, 2), st.floats(0.6, 2)))
@settings(deadline=None, max_examples=examples(30))
def test_closing_equals_growing_beyond_the_image_and_shrinking(
    array: Pixels, radius_mm: float, spacing: Spacing
) -> None:
    slow = _slow_closed(array, radius_mm, spacing)
    assert np.array_equal(array_of(closed(mask_of(array), radius_mm, spacing)), slow)


@given(pixels(), radii, spacings)
@settings(deadline=None)
def test_order_inclusion_and_idempotence(array: Pixels, radius_mm: float, spacing: Spacing) -> None:
    mask = mask_of(array)
    steps = [change(mask, radius_mm, spacing) for change in (eroded, opened)]
    steps += [mask, *(change(mask, radius_mm, spacing) for change in (closed, dilated))]
    for smaller, larger in pairwise(steps):
        assert (smaller - larger).area_px == 0
    for change, once in ((opened, steps[1]), (closed, steps[3])):
        assert np.array_equal(array_of(change(once, radius_mm, spacing)), array_of(once))


@given(pixels(), radii, radii, spacings)
@settings(deadline=None)
def test_a_larger_radius_shrinks_and_grows_more(array: Pixels, one: float, other: float, spacing: Spacing) -> None:
    mask, (less, more) = mask_of(array), sorted((one, other))
    assert (eroded(mask, more, spacing) - eroded(mask, less, spacing)).area_px == 0
    assert (dilated(mask, less, spacing) - dilated(mask, more, spacing)).area_px == 0


@given(pixels(), radii, spacings)
@settings(deadline=None)
def test_closing_a_mask_is_opening_its_complement(array: Pixels, radius_mm: float, spacing: Spacing) -> None:
    margin = int(2 * radius_mm / min(spacing.row_mm, spacing.column_mm)) + 3
    framed = np.pad(array, margin)
    inner = (slice(margin, margin + array.shape[0]), slice(margin, margin + array.shape[1]))
    of_complement = array_of(opened(mask_of(~framed), radius_mm, spacing))[inner]
    assert np.array_equal(array_of(closed(mask_of(array), radius_mm, spacing)), ~of_complement)


@pytest.mark.parametrize("change", changes)
@given(pixels(), radii, spacings)
@settings(deadline=None, max_examples=examples(30))
def test_turning_flipping_and_scaling_the_spacing(
    change: Change, array: Pixels, radius_mm: float, spacing: Spacing
) -> None:
    first = array_of(change(mask_of(array), radius_mm, spacing))
    turned = Spacing(spacing.column_mm, spacing.row_mm)
    assert np.array_equal(array_of(change(mask_of(np.rot90(array)), radius_mm, turned)), np.rot90(first))
    assert np.array_equal(array_of(change(mask_of(array[:, ::-1]), radius_mm, spacing)), first[:, ::-1])
    double = Spacing(2 * spacing.row_mm, 2 * spacing.column_mm)
    assert np.array_equal(array_of(change(mask_of(array), 2 * radius_mm, double)), first)


@pytest.mark.parametrize("change", changes)
@given(pixels(), radii, spacings)
@settings(deadline=None, max_examples=examples(30))
def test_moving_away_from_the_edge_of_the_image_changes_nothing_but_what_grows_over_it(
    change: Change, array: Pixels, radius_mm: float, spacing: Spacing
) -> None:
    moved = array_of(change(mask_of(np.pad(array, ((3, 1), (2, 4)))), radius_mm, spacing))
    assert np.array_equal(moved[3:-1, 2:-4], array_of(change(mask_of(array), radius_mm, spacing)))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
def test_agrees_with_the_ball_of_simpleitk(size: int) -> None:
    """Its ball of n pixels holds what is within n + ½."""
    rng = np.random.default_rng(size)
    array = np.pad(disc(40, 17) & (rng.random((40, 40)) < 0.97), 12)
    image = sitk.GetImageFromArray(array.astype(np.uint8))
    vector = [size, size]
    peers = {
        opened: sitk.BinaryMorphologicalOpening(image, vector, sitk.sitkBall),
        closed: sitk.BinaryMorphologicalClosing(image, vector, sitk.sitkBall),
        dilated: sitk.BinaryDilate(image, vector, sitk.sitkBall),
        eroded: sitk.BinaryErode(image, vector, sitk.sitkBall),
    }
    for change, peer in peers.items():
        ours = array_of(change(mask_of(array), size + 0.5, UNIT))
        assert np.array_equal(ours, sitk.GetArrayFromImage(peer).astype(np.bool_)), change.__name__


@pytest.mark.parametrize("spacing", [Spacing(0.7, 0.7), Spacing(2.5, 0.6), Spacing(0.31, 1.7)])
def test_growing_agrees_with_the_distances_of_simpleitk(spacing: Spacing) -> None:
    rng = np.random.default_rng(3)
    array = rng.random((40, 50)) < 0.02
    image = sitk.GetImageFromArray(array.astype(np.uint8))
    image.SetSpacing((spacing.column_mm, spacing.row_mm))
    away = sitk.SignedMaurerDistanceMap(image, insideIsPositive=False, squaredDistance=False, useImageSpacing=True)
    near = sitk.GetArrayFromImage(away) <= 4.004
    assert np.array_equal(array_of(dilated(mask_of(array), 4.004, spacing)), near)


def test_opening_takes_the_spike_and_leaves_the_square() -> None:
    mask = drawn("......... .###..... .######.. .###..... .........")
    assert np.array_equal(
        array_of(opened(mask, 1, UNIT)), array_of(drawn("......... ..##..... .####.... ..##..... ........."))
    )
    assert np.array_equal(
        array_of(opened(mask, 1, Spacing(row_mm=2, column_mm=1))),
        array_of(drawn("......... .###..... .######.. .###..... .........")),
    )


def test_closing_fills_a_gap_and_keeps_what_lies_on_the_edge_of_the_image() -> None:
    narrow, wide = drawn("##.## ##.## ##.##"), drawn("##...## ##...## ##...##")
    assert np.array_equal(array_of(closed(narrow, 1, UNIT)), array_of(drawn("##.## ##### ##.##")))
    assert np.array_equal(array_of(closed(wide, 1, UNIT)), array_of(wide))
    assert np.array_equal(array_of(closed(narrow, 1, Spacing(row_mm=2, column_mm=1))), np.ones((3, 5), np.bool_))
    corner = drawn("#... .... ....")
    assert np.array_equal(array_of(closed(corner, 2, UNIT)), array_of(corner))


def test_three_pixels_of_four_tenths_are_within_one_point_two() -> None:
    grown = dilated(drawn("....#...."), 1.2, Spacing(0.4, 0.4))
    assert np.array_equal(array_of(grown), array_of(drawn(".#######.")))


@pytest.mark.parametrize("change", changes)
def test_radius_zero_and_the_empty_mask_change_nothing(change: Change) -> None:
    mask = drawn("#.# .## #..")
    assert change(mask, 0, UNIT) is mask
    assert change(Mask.empty((3, 3)), 5, UNIT).area_px == 0


def test_a_radius_larger_than_the_mask() -> None:
    mask = mask_of(disc(20, 9))
    for radius_mm in (9.5, 1e3, 1e300):
        assert opened(mask, radius_mm, UNIT).area_px == 0
        assert eroded(mask, radius_mm, UNIT).area_px == 0
    assert dilated(mask, 30, UNIT).area_px == 400


@pytest.mark.parametrize("radius_mm", [-1.0, float("nan"), float("inf")])
def test_a_radius_that_is_no_length_is_refused(radius_mm: float) -> None:
    with pytest.raises(ValueError, match="radius"):
        opened(drawn("###"), radius_mm, UNIT)


@pytest.mark.parametrize("change", [dilated, closed])
def test_a_radius_that_asks_for_too_large_a_frame_is_refused(change: Change) -> None:
    for radius_mm in (1e4, 1e12, 1e300):
        with pytest.raises(MaskError, match="too large for a radius"):
            change(drawn("###"), radius_mm, UNIT)
    with pytest.raises(MaskError, match="too large for a radius"):
        change(drawn("###"), 2.0, Spacing(row_mm=1.0, column_mm=1e-7))


def test_a_region_too_large_is_refused_before_it_is_drawn() -> None:
    side = 200_000
    mask = Mask.from_runs([0, side * side - 1], [1, side * side], (side, side))
    for change in changes:
        with pytest.raises(MaskError, match="200,000 × 200,000 pixels is too large"):
            change(mask, 1.0, UNIT)
