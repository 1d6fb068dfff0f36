from __future__ import annotations

from math import hypot, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.geometry.arrays import Pixels, disc, drawn, mask_of, pixel_pairs, pixels, spacings

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.overlap import (
    contained_fraction,
    dice,
    intersection_px,
    iou,
    outside_distance_mm,
    pairwise_dice,
    pairwise_intersections_px,
    pairwise_iou,
)
from guidelint.geometry.spacing import Spacing


@given(pixel_pairs())
@settings(deadline=None)
def test_overlaps_equal_counts_on_arrays(pair: tuple[Pixels, Pixels]) -> None:
    a, b = pair
    both, either, total = int((a & b).sum()), int((a | b).sum()), int(a.sum() + b.sum())
    one, other = mask_of(a), mask_of(b)
    assert intersection_px(one, other) == both
    assert iou(one, other) == (both / either if either else 1)
    assert dice(one, other) == (2 * both / total if total else 1)
    assert contained_fraction(one, other) == (both / a.sum() if a.any() else 1)


@given(pixel_pairs())
@settings(deadline=None)
def test_symmetry_and_the_relation_of_dice_and_iou(pair: tuple[Pixels, Pixels]) -> None:
    a, b = (mask_of(array) for array in pair)
    assert iou(a, b) == iou(b, a)
    assert dice(a, b) == dice(b, a)
    assert dice(a, b) == pytest.approx(2 * iou(a, b) / (1 + iou(a, b)))


@given(pixels())
@settings(deadline=None)
def test_a_mask_and_its_complement(array: Pixels) -> None:
    mask, rest = mask_of(array), mask_of(~array)
    assert intersection_px(mask, rest) == 0
    assert (mask | rest).area_px == array.size
    assert iou(mask, mask) == dice(mask, mask) == contained_fraction(mask, mask) == 1


@given(pixel_pairs(), spacings)
@settings(deadline=None)
def test_outside_distance_equals_all_pairs_of_pixels(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    child, parent = pair
    places = np.argwhere(parent) * (spacing.row_mm, spacing.column_mm)
    outside = np.argwhere(child & ~parent) * (spacing.row_mm, spacing.column_mm)
    expected = max((min((hypot(*(a - b)) for b in places), default=inf) for a in outside), default=0.0)
    assert outside_distance_mm(mask_of(child), mask_of(parent), spacing) == pytest.approx(expected)


def test_a_disc_within_a_larger_disc_is_contained() -> None:
    small, large = mask_of(disc(60, 10)), mask_of(disc(60, 25))
    assert contained_fraction(small, large) == 1
    assert outside_distance_mm(small, large, Spacing(1, 1)) == 0
    assert outside_distance_mm(large, small, Spacing(0.5, 0.5)) == pytest.approx(7.5, abs=0.5)


def test_shifted_squares_have_known_overlaps() -> None:
    a, b = drawn("####.. ####.. ####.. ####.."), drawn("..#### ..#### ..#### ..####")
    assert (intersection_px(a, b), iou(a, b), dice(a, b)) == (8, 8 / 24, 0.5)
    assert outside_distance_mm(b, a, Spacing(row_mm=9, column_mm=0.7)) == pytest.approx(1.4)


def test_nothing_is_infinitely_far_from_a_parent_that_is_not_there() -> None:
    assert outside_distance_mm(drawn("#"), drawn("."), Spacing(1, 1)) == inf
    assert outside_distance_mm(drawn("."), drawn("."), Spacing(1, 1)) == 0


@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 1, 5, 31, 70]))
@settings(deadline=None, max_examples=examples(8))
def test_many_masks_at_once_give_what_every_two_give(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    masks = [mask_of(rng.random((9, 7)) < share) for share in rng.random(count)]
    shared = pairwise_intersections_px(masks)
    assert shared.tolist() == [[(a & b).area_px for b in masks] for a in masks]
    assert np.allclose(pairwise_iou(masks), [[iou(a, b) for b in masks] for a in masks])
    assert np.allclose(pairwise_dice(masks), [[dice(a, b) for b in masks] for a in masks])


def test_masks_of_different_images_are_refused() -> None:
    with pytest.raises(MaskError, match="different images"):
        iou(Mask.empty((2, 3)), Mask.empty((3, 2)))
    with pytest.raises(MaskError, match="different images"):
        pairwise_intersections_px([Mask.empty((2, 3)), Mask.empty((3, 2))])
