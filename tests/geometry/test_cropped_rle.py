from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.geometry.arrays import Pixels, array_of, mask_of, pixels

from guidelint.geometry.codecs.cropped_rle import FORMAT, MAX_BYTES, decode, encode
from guidelint.geometry.mask import Mask, MaskError

VAST = (2**31 - 1, 2**31 - 1)
WHOLE_NUMBERS = st.integers(0, 2**20) | st.integers(0, 3)


def _number(value: int) -> bytes:
    """Pack one number: seven bits a byte from the lowest, 128 for "more follows"."""
    return bytes([value & 127 | 128]) + _number(value >> 7) if value > 127 else bytes([value])


def _packed(*numbers: int) -> bytes:
    return FORMAT + b"".join(map(_number, numbers))


def _slow(array: Pixels) -> bytes:
    """Walk through the pixels of the box."""
    rows, columns = np.nonzero(array)
    if not rows.size:
        return _packed(*array.shape)
    top, left = int(rows.min()), int(columns.min())
    crop = array[top : rows.max() + 1, left : columns.max() + 1]
    runs, value = [0], False
    for pixel in crop.reshape(-1).tolist():
        if pixel != value:
            runs.append(0)
            value = pixel
        runs[-1] += 1
    return _packed(*array.shape, top, left, *crop.shape, *runs[: len(runs) // 2 * 2])


def _same(one: Mask, other: Mask) -> bool:
    return (
        one.shape == other.shape
        and np.array_equal(one.starts, other.starts)
        and np.array_equal(one.stops, other.stops)
        and one.starts.dtype == other.starts.dtype == np.int64
    )


@given(pixels())
@settings(deadline=None)
def test_a_mask_survives_the_round_trip_as_the_slow_twin_packs_it(array: Pixels) -> None:
    mask = mask_of(array)
    data = encode(mask)
    assert data == _slow(array)
    assert _same(decode(data), mask)
    assert np.array_equal(array_of(decode(data)), array)


@given(pixels(), st.integers(0, 2**31 - 20), st.integers(0, 2**31 - 20))
@settings(deadline=None)
def test_the_place_in_a_vast_image_changes_the_head_only(array: Pixels, top: int, left: int) -> None:
    mask = Mask.from_crop(array, top, left, VAST)
    assert _same(decode(encode(mask)), mask)
    assert len(encode(mask)) <= len(encode(mask_of(array))) + 4 * 4


@pytest.mark.parametrize("shape", [(0, 0), (0, 7), (1, 1), VAST])
def test_nothing_survives_as_well(shape: tuple[int, int]) -> None:
    assert _same(decode(encode(Mask.empty(shape))), Mask.empty(shape))


def test_a_disc_takes_few_bytes() -> None:
    offset = np.arange(61) - 30
    disc = Mask.from_crop(np.add.outer(offset**2, offset**2) <= 900, 200, 300, (512, 512))
    assert len(encode(disc)) < 3 * 61


@given(st.binary(max_size=40) | st.lists(WHOLE_NUMBERS, max_size=14).map(lambda numbers: _packed(*numbers)))
@settings(deadline=None, max_examples=examples(500))
def test_any_bytes_are_refused_in_words_or_are_the_packed_form_of_a_mask(data: bytes) -> None:
    try:
        mask = decode(data)
    except MaskError:
        return
    assert encode(mask) == data
    assert mask.area_px <= mask.shape[0] * mask.shape[1]


@given(pixels((6, 9)), st.integers(0, 400), st.integers(0, 255))
@settings(deadline=None, max_examples=examples(300))
def test_one_byte_changed_is_refused_or_another_mask(array: Pixels, place: int, value: int) -> None:
    data = bytearray(encode(mask_of(array)))
    changed = data[place % len(data)] != value
    data[place % len(data)] = value
    try:
        read = decode(bytes(data))
    except MaskError:
        return
    assert _same(read, mask_of(array)) is not changed


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "another format"),
        (b"\x02\x03\x03", "another format"),
        (FORMAT + bytes(MAX_BYTES), "another format"),
        (FORMAT, "cut short"),
        (FORMAT + b"\x03", "no size"),
        (FORMAT + b"\x03\x83", "cut short"),
        (FORMAT + b"\xff" * 10 + b"\x01", "larger than any image"),
        (_packed(2**40, 2**40), "no size"),
        (_packed(9, 9, 1), "cut short"),
        (_packed(9, 9, 1, 1, 2, 2), "cut short"),
        (_packed(9, 9, 1, 1, 2, 2, 0, 4, 0), "cut short"),
        (_packed(9, 9, 8, 1, 2, 2, 0, 4), "larger than its image"),
        (_packed(9, 9, 1, 8, 2, 2, 0, 4), "larger than its image"),
        (_packed(9, 9, 1, 1, 2, 2, 0, 5), "larger than its image"),
        (_packed(*VAST, 0, 0, *VAST, 0, 2**62 - 1, 0, 2**62 - 1, 2**62, 2**62), "larger than its image"),
        (_packed(3_000_000, 1, 0, 0, 3_000_000, 1, 0, 3_000_000), "too many runs"),
        (_packed(9, 9, 1, 1, 2, 2, 1, 1), "the one way"),
        (_packed(9, 9, 1, 1, 2, 2, 0, 2, 0, 2), "the one way"),
        (_packed(9, 9, 1, 1, 2, 2, 0, 4) + b"\x00\x00", "the one way"),
        (_packed(9, 9, 1, 1, 2, 2, 0, 0), "the one way"),
        (FORMAT + b"\x89\x00\x09", "the one way"),
    ],
)
def test_what_was_not_packed_here_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(MaskError, match=reason):
        decode(data)


def test_what_takes_too_much_to_store_is_refused_before_it_is_stored() -> None:
    places = np.arange(1_900_000, dtype=np.int64) * 2**22
    with pytest.raises(MaskError, match="more than 8,000,000 are not stored"):
        encode(Mask(places, places + 1, (2, 2**61)))
