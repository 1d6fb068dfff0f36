from __future__ import annotations

from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.geometry.arrays import Pixels, array_of, mask_of, pixels, sides

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.parity import in_odd_number


@given(st.tuples(sides, sides).flatmap(lambda shape: st.lists(pixels(shape), min_size=1, max_size=6)))
@settings(deadline=None)
def test_what_lies_in_an_odd_number_of_masks_in_the_runs_that_other_masks_have(arrays: list[Pixels]) -> None:
    masks = [mask_of(array) for array in arrays]
    found, slow = in_odd_number(masks), reduce(lambda one, other: (one - other) | (other - one), masks)
    assert np.array_equal(array_of(found), np.sum(arrays, axis=0) % 2 == 1)
    assert np.array_equal(found.starts, slow.starts)
    assert np.array_equal(found.stops, slow.stops)


def test_masks_of_different_images_are_not_laid_over_each_other() -> None:
    with pytest.raises(MaskError, match="different images"):
        in_odd_number([Mask.empty((3, 3)), Mask.empty((3, 4))])
