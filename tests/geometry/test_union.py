from __future__ import annotations

from functools import reduce
from operator import or_

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.geometry.arrays import Pixels, array_of, mask_of, pixels, sides

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.union import united


@given(st.tuples(sides, sides).flatmap(lambda shape: st.lists(pixels(shape), min_size=1, max_size=6)))
@settings(deadline=None)
def test_a_union_holds_what_any_mask_holds_in_the_runs_that_or_makes(arrays: list[Pixels]) -> None:
    masks = [mask_of(array) for array in arrays]
    found, slow = united(masks), reduce(or_, masks)
    assert np.array_equal(array_of(found), np.any(arrays, axis=0))
    assert np.array_equal(found.starts, slow.starts)
    assert np.array_equal(found.stops, slow.stops)


def test_masks_of_different_images_make_no_union() -> None:
    with pytest.raises(MaskError, match="different images"):
        united([Mask.empty((3, 3)), Mask.empty((3, 3)), Mask.empty((3, 4))])


def test_a_union_of_nothing_is_empty() -> None:
    assert united([Mask.empty((3, 3))] * 3).area_px == 0
