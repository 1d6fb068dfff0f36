"""The pixels of a mask in PNG as they are stored: values, indices of a palette, or colours."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.pixels.bounds import MOST_IN_COLOUR, MOST_PIXELS, refuse_too_large, within_bounds
from guidelint.imaging.pixels.png_rows import SIGNATURE, refuse_missing_rows
from guidelint.imaging.pixels.stored import ORIENTATION

if TYPE_CHECKING:
    import numpy.typing as npt
    from PIL.Image import Image as Picture

    from guidelint.annotation.decoding.legends.legend import Legend

HEADER_BYTES = 33
"""The signature and IHDR, the first chunk."""
HALF_SEEN = 1 << 24
"""Stands for pixels through which something else is seen: no colour is as large."""
_BITS, _KIND = 24, 25
_CHANNELS = frozenset({2, 4, 6})
"""Colour, grey with transparency, colour with transparency (PNG 11.2.1)."""
_GREY = 0x010101
_OPAQUE = 255
_SPREAD = {2: 85, 4: 17}
"""By so much pillow multiplies grey of 2 and 4 bits."""
_BAND_PIXELS = 2**17


@dataclass(frozen=True, slots=True)
class Header:
    """What IHDR says."""

    rows: int
    columns: int
    bits: int
    has_channels: bool

    @classmethod
    def of(cls, png: bytes) -> Header:
        """Read it. Raises PayloadError where it is not there."""
        if not png.startswith(SIGNATURE) or png[12:16] != b"IHDR" or len(png) < HEADER_BYTES:
            raise PayloadError("it is cut off before its size is told")
        columns, rows = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        return cls(rows, columns, png[_BITS], png[_KIND] in _CHANNELS)


@dataclass(frozen=True, slots=True)
class Painting:
    """Pixels (rows, columns) by what they store."""

    values: npt.NDArray[Any]
    in_colour: bool = False
    """They are colours, as 0xRRGGBB."""
    palette: tuple[int, ...] = ()
    """Colours of the values, as 0xRRGGBB."""

    def label(self, value: int, legend: Legend) -> str | None:
        """Name what a value stands for; empty: nothing is there; None: the legend does not say.

        Raises PayloadError where the value and its colour stand for two things.
        """
        if self.in_colour:
            if legend.colours or value % _GREY:
                return legend.of_colour(value)
            return legend.of_value(value // _GREY)
        colour = self.palette[value] if value < len(self.palette) else value * _GREY
        if not legend.values:
            return legend.of_colour(colour) if value <= _OPAQUE else None
        told = legend.of_value(value)
        shown = legend.colours.get(colour) if self.palette else None
        if told and shown and told != shown:
            raise PayloadError(f"by its value {value} it is {told}, by its colour {shown}: nobody knows which is meant")
        return told

    def called(self, value: int) -> str:
        """Say what a pixel stores, for people."""
        if value == HALF_SEEN:
            return "a colour that is half transparent"
        if not self.in_colour:
            return f"the value {value}"
        return f"the colour #{value:06x}"


def painting(png: bytes, header: Header) -> Painting:
    """Read the pixels. Raises PayloadError where they are damaged, too many, or not to be had as they are stored."""
    from PIL import Image  # noqa: PLC0415 - for those who read pixels

    try:
        refuse_too_large(header.rows, header.columns, MOST_IN_COLOUR if header.has_channels else MOST_PIXELS)
        if header.has_channels and header.bits > 8:  # noqa: PLR2004 - a byte
            raise PayloadError("it has 16 bits in each of several channels. Save it as grey of 16, or colour of 8 bits")
        with within_bounds(), Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
            if getattr(picture, "n_frames", 1) > 1:
                raise PayloadError("it holds several pictures. Save each by itself")
            picture.load()
            if picture.getexif().get(ORIENTATION, 1) != 1:
                raise PayloadError("it is shown turned (EXIF Orientation). Save it as it is shown")
            refuse_missing_rows(io.BytesIO(png))
            return _painting(picture, header)
    except NotMeasurable as error:
        raise PayloadError(str(error)) from error
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, Image.DecompressionBombError) as error:
        if isinstance(error, PayloadError):
            raise
        raise PayloadError("its pixels are damaged, or were cut off. Export it again") from error


def _painting(picture: Picture, header: Header) -> Painting:
    match picture.mode:
        case "1":
            return Painting(np.asarray(picture).astype(np.uint8))
        case "L":
            return Painting(np.asarray(picture) // np.uint8(_SPREAD.get(header.bits, 1)))
        case "I;16" | "I;16B" | "I;16L" | "I" | "I;16N":
            return Painting(np.asarray(picture))
        case "P":
            return Painting(np.asarray(picture), palette=_palette(picture))
        case "RGB" | "RGBA" | "LA":
            return Painting(_colours(picture), in_colour=True)
        case mode:
            raise PayloadError(f"its pixels are of a kind that is not read ({mode}). Save it as grey or in colours")


def _palette(picture: Picture) -> tuple[int, ...]:
    told = np.array(picture.getpalette("RGB") or (), np.int64).reshape(-1, 3)
    return tuple((told @ (0x10000, 0x100, 1)).tolist())


def _colours(picture: Picture) -> npt.NDArray[np.uint32]:
    """Colours as numbers, band by band, so that the picture is never copied as a whole."""
    found = np.empty((picture.height, picture.width), np.uint32)
    step = max(1, _BAND_PIXELS // max(picture.width, 1))
    for top in range(0, picture.height, step):
        band = picture.crop((0, top, picture.width, min(top + step, picture.height)))
        channels = np.asarray(band.convert("RGBA"), np.uint8).astype(np.uint32)
        red, green, blue, alpha = (channels[..., channel] for channel in range(4))
        colours = red << 16 | green << 8 | blue
        colours[alpha < _OPAQUE] = HALF_SEEN
        colours[alpha == 0] = 0
        found[top : top + step] = colours
    return found
