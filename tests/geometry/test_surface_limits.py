"""Tolerances of whole steps: masks whose borders are exactly that far apart."""

from __future__ import annotations

import numpy as np
import pytest
from tests.geometry.arrays import mask_of

from guidelint.geometry.measures.border_distance import border_distances
from guidelint.geometry.measures.surface import surface_distances
from guidelint.geometry.spacing import Spacing


@pytest.mark.parametrize("step_mm", [0.1, 0.65, 0.6640625, 0.7, 0.8, 0.9, 1.1])
@pytest.mark.parametrize("by", [1, 2, 3])
def test_a_border_one_tolerance_away_counts_wherever_it_lies(step_mm: float, by: int) -> None:
    box = np.zeros((60, 60), np.bool_)
    box[:10, :10] = True
    for down in range(40):
        first = np.roll(box, down, axis=0)
        found = surface_distances(mask_of(first), mask_of(np.roll(first, by, axis=0)), Spacing(step_mm, step_mm))
        assert found.surface_dice(round(by * step_mm, 7)) == 1
        assert found.surface_dice(by * step_mm * 0.999) < 1


def test_distances_do_not_change_by_a_digit_wherever_the_masks_lie() -> None:
    box, other = np.zeros((2, 80, 80), np.bool_)
    box[1:6, 1:6], other[2:5, 3:9] = True, True
    spacing = Spacing(0.8, 0.7)
    here = surface_distances(mask_of(box), mask_of(other), spacing)
    signed = border_distances(mask_of(box), mask_of(other), spacing)
    for down, right in ((1, 0), (0, 1), (33, 7), (70, 60)):
        moved = [mask_of(np.roll(array, (down, right), (0, 1))) for array in (box, other)]
        there = surface_distances(moved[0], moved[1], spacing)
        assert np.array_equal(here.there_mm, there.there_mm)
        assert np.array_equal(here.back_mm, there.back_mm)
        assert np.array_equal(border_distances(moved[0], moved[1], spacing).signed_mm, signed.signed_mm)


def test_signed_distances_exactly_on_a_limit_count() -> None:
    for top in range(30):
        box, reference = np.zeros((2, 40, 40), np.bool_)
        box[top : top + 5, 1:6], reference[top + 1 : top + 4, 2:5] = True, True
        found = border_distances(mask_of(box), mask_of(reference), Spacing(0.8, 0.8))
        assert found.share_within(-0.8, 0.8) == 12 / 16
        assert found.share_within(-0.8, 0.8 * 2**0.5) == 1
