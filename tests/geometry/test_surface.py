from __future__ import annotations

from itertools import product
from math import hypot, inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from scipy.ndimage import binary_erosion
from tests.geometry.arrays import Pixels, disc, drawn, mask_of, pixel_pairs, pixels, spacings

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.surface import border_pixels, surface_distances
from guidelint.geometry.spacing import Spacing

pytestmark = pytest.mark.many

UNIT = Spacing(1, 1)


def _slow(a: Pixels, b: Pixels, spacing: Spacing) -> list[float]:
    """Nearest border pixel by comparing every pair."""
    borders = [np.argwhere(array & ~binary_erosion(array)) * (spacing.row_mm, spacing.column_mm) for array in (a, b)]
    return [min((hypot(*(place - other)) for other in borders[1]), default=inf) for place in borders[0]]


@given(pixels())
@settings(deadline=None)
def test_border_pixels_are_those_an_erosion_takes_away(array: Pixels) -> None:
    assert np.array_equal(border_pixels(mask_of(array)), np.argwhere(array & ~binary_erosion(array)))


@given(pixel_pairs(), spacings)
@settings(deadline=None)
def test_distances_equal_the_comparison_of_every_pair(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    found = surface_distances(mask_of(pair[0]), mask_of(pair[1]), spacing)
    assert np.allclose(found.there_mm, _slow(pair[0], pair[1], spacing))
    assert np.allclose(found.back_mm, _slow(pair[1], pair[0], spacing))


@given(pixel_pairs(), spacings)
@settings(deadline=None)
def test_symmetry_and_order_of_the_reductions(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    assume(all(array.any() for array in pair))
    a, b = (mask_of(array) for array in pair)
    one, other = surface_distances(a, b, spacing), surface_distances(b, a, spacing)
    assert one.hausdorff_mm == other.hausdorff_mm
    for joined in ("larger", "pooled", "mean"):
        assert one.percentile_mm(95, joined) == pytest.approx(other.percentile_mm(95, joined))
        assert one.mean_mm(joined) == pytest.approx(other.mean_mm(joined))
        assert one.percentile_mm(95, joined) <= one.hausdorff_mm + 1e-9
    assert one.surface_dice(0.7) == other.surface_dice(0.7)
    assert one.surface_dice(one.hausdorff_mm) == 1


def test_a_shifted_square_is_as_far_as_it_was_shifted() -> None:
    array = np.zeros((40, 60), np.bool_)
    array[10:30, 10:30] = True
    found = surface_distances(mask_of(array), mask_of(np.roll(array, 7, axis=1)), Spacing(row_mm=3, column_mm=0.5))
    assert found.hausdorff_mm == 3.5
    assert found.percentile_mm(95) == 3.5
    assert found.surface_dice(3.5) == 1


def test_discs_about_one_centre_are_their_radii_apart() -> None:
    found = surface_distances(mask_of(disc(200, 80)), mask_of(disc(200, 60)), Spacing(0.5, 0.5))
    for value in (found.hausdorff_mm, found.percentile_mm(95), found.mean_mm(), found.mean_mm("mean")):
        assert value == pytest.approx(10, abs=0.4)


def test_the_three_definitions_of_hd95_differ_on_one_outlier() -> None:
    array = disc(60, 20)
    far = array.copy()
    far[2:8, 2:8] = True
    found = surface_distances(mask_of(array), mask_of(far), UNIT)
    values = [found.percentile_mm(95, joined) for joined in ("larger", "pooled", "mean")]
    assert len(set(values)) == 3
    assert values[0] == max(values)


def test_empty_masks() -> None:
    empty, one = Mask.empty((3, 3)), drawn("... .#. ...")
    nothing = surface_distances(empty, empty, UNIT)
    assert (nothing.hausdorff_mm, nothing.mean_mm(), nothing.surface_dice(1)) == (0, 0, 1)
    for found in (surface_distances(empty, one, UNIT), surface_distances(one, empty, UNIT)):
        assert (found.hausdorff_mm, found.mean_mm(), found.surface_dice(1)) == (inf, inf, 0)
    with pytest.raises(MaskError, match="different images"):
        surface_distances(empty, Mask.empty((3, 4)), UNIT)


def test_a_border_too_long_to_measure_is_refused() -> None:
    striped = np.arange(2_000, dtype=np.int64) * 2_000_000
    with pytest.raises(MaskError, match="a border of 2,000,000,000 pixels is too long; 1,048,576 are measured"):
        border_pixels(Mask.from_runs(striped, striped + 1_000_000, (4_000, 1_000_000)))


def test_moving_both_masks_changes_nothing() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.random((20, 20)) < 0.4, rng.random((20, 20)) < 0.4
    first = surface_distances(mask_of(a), mask_of(b), Spacing(2, 3))
    for down, right in product((0, 5), (0, 9)):
        frame = ((down, 1), (right, 2))
        second = surface_distances(mask_of(np.pad(a, frame)), mask_of(np.pad(b, frame)), Spacing(2, 3))
        assert np.array_equal(first.there_mm, second.there_mm)
