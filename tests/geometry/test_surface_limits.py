"""Tolerances of whole steps: masks whose borders are exactly that far apart."""

from __future__ import annotations

import numpy as np
import pytest
from tests.geometry.arrays import mask_of

from guidelint.geometry.spacing import Spacing
from guidelint.geometry.surface import surface_distances


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
