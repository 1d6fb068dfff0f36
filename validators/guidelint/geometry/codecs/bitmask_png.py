"""Label Studio bitmasks: a PNG of the size of the image as a data URL."""

from __future__ import annotations

import base64
import binascii
import io

import numpy as np

from guidelint.geometry.mask import Mask, MaskError

PREFIX = b"data:image/png;base64,"
MAX_TEXT = 64 * 2**20
MAX_DECODED = 200 * 2**20
"""Bytes of decoded pixels."""


def decode(data_url: str | bytes, shape: tuple[int, int], threshold: int = 128) -> Mask:
    """Mask (rows, columns) of the pixels whose alpha (or grey level, where there is no alpha) is at least ``threshold``.

    Raises MaskError when it is no PNG, not of this image size, damaged or too large to decode.
    """
    from PIL import Image  # noqa: PLC0415 - heavy

    try:
        with Image.open(io.BytesIO(_png(data_url)), formats=["PNG"]) as picture:
            if picture.size != (shape[1], shape[0]):
                raise MaskError(
                    f"the bitmask has {picture.size[0]} × {picture.size[1]} pixels, the image {shape[1]} × {shape[0]}"
                )
            if CHANNEL_BYTES.get(picture.mode, 4) * shape[0] * shape[1] > MAX_DECODED:
                raise MaskError(f"the bitmask of {shape[1]} × {shape[0]} pixels is too large to decode")
            has_alpha = "A" in picture.getbands() or "transparency" in picture.info
            channel = picture.convert("RGBA").getchannel("A") if has_alpha else picture.convert("L")
            return Mask.from_crop(np.asarray(channel) >= threshold, 0, 0, shape)
    except MaskError:
        raise
    except (Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise MaskError("the bitmask is not a readable PNG") from error


CHANNEL_BYTES = {"1": 1, "L": 1, "P": 1, "LA": 4, "RGB": 4, "RGBA": 4, "I;16": 2, "I": 4}


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
