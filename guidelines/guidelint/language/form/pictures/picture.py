"""A picture that is carried along with a guideline."""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 128 * 1024
"""Largest picture; Label Studio sends the instructions, pictures included, with every single webhook."""
MAX_SIDE_PX = 4096
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_ORIENTATION = 0x0112
"""EXIF: how a photograph is turned; from 5 on, rows and columns change places."""
_TURNED = 5


class NoPictureError(ValueError):
    """Bytes that are not used as a picture; the message says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its content, whatever its name."""

    media_type: str
    content: bytes
    width_px: int
    height_px: int

    @property
    def data_address(self) -> str:
        """Address that holds the picture itself."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode()}"


def picture_of(content: bytes) -> Picture:
    """Read a picture to its end. Raises NoPictureError."""
    if len(content) > MAX_BYTES:
        raise NoPictureError(f"is larger than {MAX_BYTES // 1024} KiB")
    from PIL import Image as Reader  # noqa: PLC0415 - few guidelines have pictures

    try:
        with warnings.catch_warnings(action="error"), Reader.open(io.BytesIO(content), formats=tuple(_TYPES)) as image:
            sides = _sides(image)
            media_type = _TYPES[image.format or ""]
            image.load()
    except NoPictureError:
        raise
    except Exception as error:
        raise NoPictureError("is no sound PNG, JPEG, GIF or WebP picture") from error
    return Picture(media_type, content, *sides)


def _sides(image: Image) -> tuple[int, int]:
    """Width and height as a browser shows it. Raises NoPictureError."""
    if max(image.size) > MAX_SIDE_PX:
        raise NoPictureError(f"is more than {MAX_SIDE_PX} pixels wide or high")
    turned = image.getexif().get(_ORIENTATION, 1) >= _TURNED
    return (image.height, image.width) if turned else (image.width, image.height)
