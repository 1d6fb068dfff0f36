from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.geometry.arrays import Pixels, array_of, drawn, mask_of, pixels

from guidelint.geometry.codecs import coco_rle
from guidelint.geometry.mask import MaskError


def _slow_runs(array: Pixels) -> list[int]:
    runs, value = [0], False
    for pixel in array.T.reshape(-1).tolist():
        if pixel != value:
            runs.append(0)
            value = pixel
        runs[-1] += 1
    return runs


@given(pixels())
@settings(deadline=None)
def test_both_forms_survive_a_round_trip(array: Pixels) -> None:
    mask = mask_of(array)
    for told in (coco_rle.encode(mask), coco_rle.encode_runs(mask), coco_rle.encode(mask).encode()):
        assert np.array_equal(array_of(coco_rle.decode(told, mask.shape)), array)


@given(pixels())
@settings(deadline=None)
def test_runs_are_told_column_by_column_beginning_with_background(array: Pixels) -> None:
    assert coco_rle.encode_runs(mask_of(array)) == _slow_runs(array)


# Written by pycocotools 2.0.11.
@pytest.mark.parametrize(
    ("picture", "text"),
    [
        (".", "1"),
        ("#", "01"),
        ("..# .## ###", "2114"),
        (".... .##. .##. ....", "52203"),
        ("######## ######## ........ ########", "02110000000000000N"),
    ],
    ids=["nothing", "one pixel", "stairs", "box", "three rows of four"],
)
def test_packed_text_is_that_of_pycocotools(picture: str, text: str) -> None:
    assert coco_rle.encode(drawn(picture)) == text


def test_pycocotools_agrees() -> None:
    theirs = pytest.importorskip("pycocotools.mask")
    rng = np.random.default_rng(4)
    for share in (0, 0.01, 0.3, 0.9, 1):
        array = rng.random((120, 77)) < share
        packed = theirs.encode(np.asfortranarray(array.astype(np.uint8)))["counts"]
        assert coco_rle.encode(mask_of(array)).encode() == packed
        assert np.array_equal(array_of(coco_rle.decode(packed, (120, 77))), array)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([5], "tells 5 pixels, the image has 3 × 2 = 6"),
        ([], "tells 0 pixels"),
        ([7, -1], "negative length"),
        ([2**70], "not whole numbers"),
        ([1.5, 4.5], "not whole numbers"),
        ([True, 5], "not whole numbers"),
        ("é", "not packed text"),
        (" ", "not packed text"),
        ("o", "not packed text"),
        ("ooooooooo0", "longer than any image"),
        ("0" * 2_000_001, "more than 2,000,000"),
        ("1" * 10, "tells"),
    ],
)
def test_what_makes_no_mask_is_refused_with_the_reason(counts: list[int] | str, reason: str) -> None:
    with pytest.raises(MaskError, match=reason):
        coco_rle.decode(counts, (2, 3))


def test_random_text_gives_a_mask_or_a_reason() -> None:
    rng = np.random.default_rng(9)
    refused = 0
    for _ in range(2_000):
        text = rng.integers(40, 115, rng.integers(0, 8)).astype(np.uint8).tobytes()
        try:
            coco_rle.decode(text, (3, 4))
        except MaskError:
            refused += 1
    assert refused > 1_000


@given(pixels())
@settings(deadline=None)
def test_a_mirrored_mask_is_the_mirrored_array(array: Pixels) -> None:
    assert np.array_equal(array_of(coco_rle.transposed(mask_of(array))), array.T)


@pytest.mark.parametrize("shape", [(1, 3_000_000), (3_000_000, 1)])
def test_a_mask_of_too_many_runs_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(MaskError, match="more than 2,000,000 are not evaluated"):
        coco_rle.decode([0, 3_000_000], shape)
