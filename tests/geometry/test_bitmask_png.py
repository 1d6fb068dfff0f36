from __future__ import annotations

import base64
import io
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from PIL import Image
from tests.examples import examples
from tests.geometry.arrays import Pixels, array_of, pixels

from guidelint.geometry.codecs import bitmask_png
from guidelint.geometry.mask import MaskError

ALPHA = np.array([[0, 1, 127], [128, 200, 255]], np.uint8)


def _url(picture: Image.Image, kind: str = "PNG") -> str:
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return bitmask_png.PREFIX.decode() + base64.b64encode(buffer.getvalue()).decode()


def _rgba(alpha: Pixels | np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Image.Image:
    channels = np.zeros((*alpha.shape, 4), np.uint8)
    channels[..., 3] = alpha
    return Image.fromarray(channels)


@given(pixels())
@settings(deadline=None, max_examples=examples(30))
def test_a_painted_bitmask_gives_its_pixels(array: Pixels) -> None:
    shape = (array.shape[0], array.shape[1])
    url = _url(_rgba(array.astype(np.uint8) * 255))
    assert np.array_equal(array_of(bitmask_png.decode(url, shape)), array)
    assert np.array_equal(array_of(bitmask_png.decode(url.encode(), shape)), array)


@pytest.mark.parametrize(("threshold", "area_px"), [(1, 5), (128, 3), (255, 1)])
def test_the_threshold_decides_on_alpha(threshold: int, area_px: int) -> None:
    assert bitmask_png.decode(_url(_rgba(ALPHA)), (2, 3), threshold).area_px == area_px


def test_without_alpha_the_grey_level_decides() -> None:
    for picture in (Image.fromarray(ALPHA), Image.fromarray(ALPHA >= 128), Image.fromarray(ALPHA).convert("RGB")):
        assert bitmask_png.decode(_url(picture), (2, 3)).area_px == 3


def test_other_alpha_modes_are_read() -> None:
    grey = Image.merge("LA", [Image.new("L", (3, 2), 77), Image.fromarray(ALPHA)])
    assert bitmask_png.decode(_url(grey), (2, 3)).area_px == 3


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def _bomb(side: int) -> str:
    head = side.to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0"
    png = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(10**6)))
    return bitmask_png.PREFIX.decode() + base64.b64encode(png + _chunk(b"IEND", b"")).decode()


GOOD = _url(_rgba(ALPHA))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not a PNG data URL"),
        ("data:image/jpeg;base64,AAAA", "not a PNG data URL"),
        ("data:image/png;base64,!!!!", "not base64"),
        ("data:image/png;base64,ÄÖ", "not base64"),
        ("data:image/png;base64,AAAA", "not a readable PNG"),
        ("data:image/png;base64,", "not a readable PNG"),
        (GOOD[:70], "not a readable PNG|not base64"),
        (_url(Image.new("L", (3, 2)), "GIF"), "not a readable PNG"),
        (_url(Image.new("L", (4, 2))), "4 × 2 pixels, the image 3 × 2"),
        (_bomb(20_000), "20000 × 20000 pixels, the image 3 × 2"),
    ],
)
def test_what_is_no_bitmask_of_the_image_is_refused_with_the_reason(url: str, reason: str) -> None:
    with pytest.raises(MaskError, match=reason):
        bitmask_png.decode(url, (2, 3))


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_bitmask_too_large_to_decode_is_refused_from_its_header(side: int) -> None:
    with pytest.raises(MaskError, match="too large to decode"):
        bitmask_png.decode(_bomb(side), (side, side))


@pytest.mark.parametrize("shape", [(1, 100_001), (100_001, 1)])
def test_a_bitmask_with_a_side_beyond_any_image_is_refused_from_its_header(shape: tuple[int, int]) -> None:
    with pytest.raises(MaskError, match="too large to decode"):
        bitmask_png.decode(_url(Image.new("1", (shape[1], shape[0]))), shape)


def test_corrupted_pictures_give_a_mask_or_a_reason() -> None:
    rng = np.random.default_rng(2)
    png = base64.b64decode(_url(_rgba(rng.integers(0, 256, (20, 30)).astype(np.uint8)))[len(bitmask_png.PREFIX) :])
    refused = 0
    for _ in range(2_000):
        data = bytearray(png)
        for place in rng.integers(0, len(data), rng.integers(1, 4)):
            data[place] = rng.integers(0, 256)
        try:
            bitmask_png.decode(bitmask_png.PREFIX + base64.b64encode(bytes(data)), (20, 30))
        except MaskError:
            refused += 1
    assert refused > 500
