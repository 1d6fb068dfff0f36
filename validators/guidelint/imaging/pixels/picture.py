"""Grey values of a PNG, a JPEG or a TIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.pixels.bounds import (
    MOST_FILE_BYTES,
    MOST_IN_COLOUR,
    MOST_PIXELS,
    refuse_too_large,
    within_bounds,
)
from guidelint.imaging.pixels.frame import Frame, frame_in
from guidelint.imaging.pixels.grey import Grey
from guidelint.imaging.pixels.jpeg_end import refuse_early_end
from guidelint.imaging.pixels.png_rows import refuse_missing_rows
from guidelint.imaging.pixels.stored import ORIENTATION, refuse_transparent, refuse_what_changes

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image as Picture

ENDINGS: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
MOST_FRAMES = 2000
"""So many are counted: a task lists no more images."""
IN_COLOUR: Final = "it is in colour, so that its pixels have no single grey value"
_FORMATS: Final = ("PNG", "JPEG", "TIFF")
_GREY: Final = frozenset({"1", "L", "I", "F", "I;16", "I;16B", "I;16L", "I;16N"})


def read_picture(path: Path, source: str, frame: Frame | None) -> Grey:
    """Read one frame as it is shown, turned as its EXIF says. Raises NotMeasurable.

    ``frame``: which of the images of a task it is; None: the only one.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - for those who read pixels

    if path.stat().st_size > MOST_FILE_BYTES:
        raise NotMeasurable(f"it is larger than {MOST_FILE_BYTES // 2**30} GiB, the most that is read of a picture")
    with within_bounds(), Image.open(path, formats=_FORMATS) as picture:
        refuse_too_large(picture.height, picture.width)
        _go_to(picture, frame)
        refuse_too_large(picture.height, picture.width, MOST_PIXELS if picture.mode in _GREY else MOST_IN_COLOUR)
        refuse_what_changes(picture)
        if picture.format in {"JPEG", "MPO"}:
            with path.open("rb") as jpeg:
                jpeg.seek(getattr(picture, "offset", 0))
                refuse_early_end(jpeg, picture)
        is_turned = picture.getexif().get(ORIENTATION, 1) != 1
        if picture.format == "PNG":
            with path.open("rb") as png:
                refuse_missing_rows(png)
        return Grey(_values(ImageOps.exif_transpose(picture) if is_turned else picture), source)


def _go_to(picture: Picture, frame: Frame | None) -> None:
    """Go to a frame; a file with several is not read at random."""
    count = MOST_FRAMES
    for number in range(MOST_FRAMES):
        try:
            picture.seek(number)
        except EOFError:
            count = number
            break
    picture.seek(frame_in(count, frame))


def _values(picture: Picture) -> npt.NDArray[Any]:
    if picture.mode in _GREY:
        return np.asarray(picture)
    refuse_transparent(picture)
    if picture.mode == "LA":
        return np.asarray(picture)[..., 0]
    colours = np.asarray(picture.convert("RGB") if picture.mode in {"P", "PA"} else picture)
    if picture.mode not in {"RGB", "RGBA", "P", "PA"}:
        raise NotMeasurable(IN_COLOUR)
    red, green, blue = (colours[..., channel] for channel in range(3))
    if not (np.array_equal(red, green) and np.array_equal(green, blue)):
        raise NotMeasurable(IN_COLOUR)
    return np.array(red)
