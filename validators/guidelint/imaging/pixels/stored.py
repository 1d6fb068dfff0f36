"""What a picture stores that would not come out of it as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

ORIENTATION: Final = 0x0112
TRANSPARENT: Final = "some of it is transparent, so that what it shows there is not known. Save it without transparency"
OPAQUE: Final = 255
_QUARTER_TURNS: Final = frozenset({5, 6, 7, 8})
_CHANNELS: Final = frozenset({"LA", "PA", "RGB", "RGBA", "RGBX", "RGBa", "La"})
_SCALED: Final = re.compile(r"L;[24]")
"""Pillow spreads two or four bits over eight."""
_DEEP: Final = re.compile(r".*;(16|32)")


def refuse_what_changes(picture: Picture) -> None:
    """Refuse values that pillow gives otherwise than they are stored, before it loads them. Raises NotMeasurable."""
    stored = [(tile.codec_name, _raw_mode(tile.args)) for tile in getattr(picture, "tile", ())]
    for codec, mode in stored:
        if picture.mode in _CHANNELS and _DEEP.match(mode):
            raise NotMeasurable("it stores more than 8 bits in each of several channels. Save it as grey of 16 bits")
        if _SCALED.match(mode):
            raise NotMeasurable("it stores less than 8 bits of each pixel. Save it as grey of 8 bits")
        if picture.format == "TIFF" and codec != "libtiff" and _orientation(picture) in _QUARTER_TURNS:
            raise NotMeasurable("it is an uncompressed TIFF that is shown turned by a quarter. Save it as it is shown")
    if "transparency" in picture.info:
        raise NotMeasurable(TRANSPARENT)


def refuse_transparent(picture: Picture) -> None:
    """Refuse a picture through which something else is seen. Raises NotMeasurable."""
    if picture.mode in {"LA", "PA", "RGBA"}:
        least, _ = picture.getchannel("A").getextrema()
        if least != OPAQUE:
            raise NotMeasurable(TRANSPARENT)


def _raw_mode(args: object) -> str:
    first = args[0] if isinstance(args, tuple) and args else args
    return first if isinstance(first, str) else ""


def _orientation(picture: Picture) -> object:
    return picture.getexif().get(ORIENTATION, 1)
