from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.geometry.arrays import Pixels, array_of, drawn, mask_of, pixel_pairs, pixels, sides

from guidelint.geometry.mask import Box, Mask, MaskError, Shared
from guidelint.geometry.measures.components import run_pieces
from guidelint.geometry.not_measurable import NotMeasurable


@given(pixels(), st.integers(0, 5), st.integers(0, 5))
@settings(deadline=None)
def test_a_mask_holds_the_pixels_it_was_made_of(array: Pixels, top: int, left: int) -> None:
    shape = (array.shape[0] + top + 2, array.shape[1] + left + 1)
    whole = np.zeros(shape, np.bool_)
    whole[top : top + array.shape[0], left : left + array.shape[1]] = array
    mask = Mask.from_crop(array, top, left, shape)
    assert np.array_equal(array_of(mask), whole)
    assert mask.area_px == array.sum()


@given(pixels())
@settings(deadline=None)
def test_runs_are_ascending_not_empty_apart_and_within_a_row(array: Pixels) -> None:
    mask = mask_of(array)
    columns = mask.shape[1]
    assert (mask.stops > mask.starts).all()
    assert (mask.starts // columns == (mask.stops - 1) // columns).all()
    touching = mask.stops[:-1] == mask.starts[1:]
    assert (mask.stops[:-1] <= mask.starts[1:]).all()
    assert (mask.starts[1:][touching] % columns == 0).all()


@given(pixels())
@settings(deadline=None)
def test_the_crop_is_the_array_within_the_box(array: Pixels) -> None:
    mask = mask_of(array)
    rows, columns = np.nonzero(array)
    if mask.box is None:
        assert rows.size == 0
        assert mask.crop.size == 0
        return
    box = mask.box
    assert box == Box(int(rows.min()), int(columns.min()), int(rows.max()) + 1, int(columns.max()) + 1)
    assert np.array_equal(mask.crop, array[box.top : box.bottom, box.left : box.right])


@given(pixel_pairs())
@settings(deadline=None)
def test_set_operations_equal_those_on_arrays(pair: tuple[Pixels, Pixels]) -> None:
    a, b = pair
    assert np.array_equal(array_of(mask_of(a) & mask_of(b)), a & b)
    assert np.array_equal(array_of(mask_of(a) | mask_of(b)), a | b)
    assert np.array_equal(array_of(mask_of(a) - mask_of(b)), a & ~b)


@given(st.lists(st.integers(1, 9), max_size=20), sides)
@settings(deadline=None)
def test_runs_over_row_ends_are_split_and_touching_runs_joined(gaps: list[int], columns: int) -> None:
    edges = np.cumsum(gaps)[: len(gaps) // 2 * 2]
    rows = int(edges[-1]) // columns + 1 if edges.size else 1
    flat = np.zeros(rows * columns, np.bool_)
    for start, stop in zip(edges[0::2], edges[1::2], strict=True):
        flat[start:stop] = True
    mask = Mask.from_runs(edges[0::2], edges[1::2], (rows, columns))
    assert np.array_equal(array_of(mask), flat.reshape(rows, columns))
    again = Mask.from_runs(mask.starts, mask.stops, mask.shape)
    assert np.array_equal(again.starts, mask.starts)


def test_masks_of_different_images_do_not_combine() -> None:
    with pytest.raises(MaskError, match="different images"):
        _ = Mask.empty((4, 5)) & Mask.empty((5, 4))


def test_a_full_row_next_to_a_full_row_stays_two_runs() -> None:
    assert drawn("### ###").starts.tolist() == [0, 3]


def test_what_makes_no_mask_is_one_kind_of_what_cannot_be_measured() -> None:
    with pytest.raises(NotMeasurable, match="different images"):
        _ = mask_of(np.ones((2, 2), bool)) & mask_of(np.ones((3, 3), bool))


one_run_a_row = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda ends: (min(ends), max(ends) + 1)), min_size=1, max_size=9
)
"""For each row of six columns where its only run starts and stops."""


@given(one_run_a_row)
@settings(deadline=None)
def test_runs_that_stand_one_upon_another_touch_as_their_pixels_do(rows: list[tuple[int, int]]) -> None:
    array = np.array([[start <= column < stop for column in range(6)] for start, stop in rows])
    mask = mask_of(array)
    gaps = [max(start, other) - min(stop, other_stop) for (start, stop), (other, other_stop) in pairwise(rows)]
    assert mask.stacked == all(gap < 0 for gap in gaps)
    assert run_pieces(mask, 8).touches == sum(gap <= 0 for gap in gaps)
    assert run_pieces(mask, 4).touches == sum(gap < 0 for gap in gaps)
    assert mask.shared == Shared(
        int((array[:-1] & array[1:]).sum()),
        int((array[:-1, :-1] & array[1:, 1:]).sum()),
        int((array[:-1, 1:] & array[1:, :-1]).sum()),
    )
    above, below = mask.touching
    assert list(zip(above.tolist(), below.tolist(), strict=True)) == [
        (row, row + 1) for row, gap in enumerate(gaps) if gap <= 0
    ]


@given(pixels())
@settings(deadline=None)
def test_a_row_with_two_runs_or_none_stands_upon_nothing(array: Pixels) -> None:
    mask = mask_of(array)
    rows = (mask.starts // array.shape[1]).tolist()
    if rows != list(range(min(rows, default=1), max(rows, default=0) + 1)):
        assert not mask.stacked
