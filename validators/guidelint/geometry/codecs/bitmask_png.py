"""Label Studio bitmasks: a PNG of the size of the image as a data URL."""

from __future__ import annotations

import base64
import binascii
import io
from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.mask import Mask, MaskError

if TYPE_CHECKING:
    import numpy.typing as npt
    from PIL.Image import Image

PREFIX = b"data:image/png;base64,"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_TEXT = 64 * 2**20
MAX_PIXELS = 50_000_000
"""A decoded pixel takes up to four bytes."""
MAX_SIDE = 100_000
"""Every row takes memory of its own however short it is, and a band is never less than a row."""
_BAND_PIXELS = 2**20


def decode(data_url: str | bytes, shape: tuple[int, int], threshold: int = 128) -> Mask:
    """Mask (rows, columns) of the pixels whose alpha is at least ``threshold``; grey level where there is no alpha.

    Raises MaskError when it is no PNG, not of this image size, damaged or too large to decode.
    """
    from PIL import Image as pillow  # noqa: PLC0415, N813 - heavy; a module

    png = _png(data_url)
    _check_header(png, shape)
    try:
        with pillow.open(io.BytesIO(png), formats=["PNG"]) as picture:
            picture.load()
            return _mask(picture, shape, threshold)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise MaskError("the bitmask is not a readable PNG") from error


def _png(data_url: str | bytes) -> bytes:
    if len(data_url) > MAX_TEXT:
        raise MaskError(f"the bitmask takes more than {MAX_TEXT // 2**20} MB")
    text = data_url.encode() if isinstance(data_url, str) else data_url
    if not text.startswith(PREFIX):
        raise MaskError("the bitmask is not a PNG data URL")
    try:
        return base64.b64decode(text[len(PREFIX) :], validate=True)
    except binascii.Error as error:
        raise MaskError("the bitmask is not base64 text") from error


def _check_header(png: bytes, shape: tuple[int, int]) -> None:
    """Compare the size in the first chunk (IHDR) with the image before any pixel is decoded."""
    if png[:8] != SIGNATURE or png[12:16] != b"IHDR":
        raise MaskError("the bitmask is not a readable PNG")
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    if (height, width) != shape:
        raise MaskError(f"the bitmask has {width} × {height} pixels, the image {shape[1]} × {shape[0]}")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise MaskError(f"the bitmask of {width} × {height} pixels is too large to decode")


def _mask(picture: Image, shape: tuple[int, int], threshold: int) -> Mask:
    """Read the pixels in bands of rows, so that the picture is never copied as a whole."""
    rows = max(1, _BAND_PIXELS // shape[1])
    tops = range(0, shape[0], rows)
    pieces = [
        Mask.from_crop(_alpha(picture.crop((0, top, shape[1], min(top + rows, shape[0])))) >= threshold, top, 0, shape)
        for top in tops
    ]
    return Mask.from_runs(
        np.concatenate([piece.starts for piece in pieces]), np.concatenate([piece.stops for piece in pieces]), shape
    )


def _alpha(band: Image) -> npt.NDArray[np.uint8]:
    if band.has_transparency_data:
        return np.asarray(band.convert("RGBA").getchannel("A"), np.uint8)
    return np.asarray(band.convert("L"), np.uint8)
