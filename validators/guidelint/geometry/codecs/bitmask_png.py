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
MAX_TEXT = 64 * 2**20
MAX_DECODED = 200 * 2**20
"""Bytes of decoded pixels."""
DECODED_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2}
"""Bytes a decoded pixel takes by Pillow mode; 4 in all others."""


def decode(data_url: str | bytes, shape: tuple[int, int], threshold: int = 128) -> Mask:
    """Mask (rows, columns) of the pixels whose alpha is at least ``threshold``; grey level where there is no alpha.

    Raises MaskError when it is no PNG, not of this image size, damaged or too large to decode.
    """
    from PIL import Image as pillow  # noqa: PLC0415, N813 - heavy; a module

    try:
        with pillow.open(io.BytesIO(_png(data_url)), formats=["PNG"]) as picture:
            _check_size(picture, shape)
            return Mask.from_crop(_alpha(picture) >= threshold, 0, 0, shape)
    except MaskError:
        raise
    except (pillow.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise MaskError("the bitmask is not a readable PNG") from error


def _check_size(picture: Image, shape: tuple[int, int]) -> None:
    """Compare the header with the image before any pixel is decoded."""
    if picture.size != (shape[1], shape[0]):
        width, height = picture.size
        raise MaskError(f"the bitmask has {width} × {height} pixels, the image {shape[1]} × {shape[0]}")
    if DECODED_BYTES.get(picture.mode, 4) * shape[0] * shape[1] > MAX_DECODED:
        raise MaskError(f"the bitmask of {shape[1]} × {shape[0]} pixels is too large to decode")


def _alpha(picture: Image) -> npt.NDArray[np.uint8]:
    if picture.has_transparency_data:
        return np.asarray(picture.convert("RGBA").getchannel("A"), np.uint8)
    return np.asarray(picture.convert("L"), np.uint8)


def _png(data_url: str | bytes) -> bytes:
    try:
        text = data_url.encode("ascii") if isinstance(data_url, str) else data_url
    except UnicodeEncodeError as error:
        raise MaskError("the bitmask is not base64 text") from error
    if len(text) > MAX_TEXT:
        raise MaskError(f"the bitmask takes more than {MAX_TEXT // 2**20} MB")
    if not text.startswith(PREFIX):
        raise MaskError("the bitmask is not a PNG data URL")
    try:
        return base64.b64decode(text[len(PREFIX) :], validate=True)
    except binascii.Error as error:
        raise MaskError("the bitmask is not base64 text") from error
