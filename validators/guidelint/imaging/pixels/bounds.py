"""How much is read of an image, whatever its file claims."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Generator

MOST_PIXELS = 23_500_000
"""Largest frame that is read: a large mammogram has 23 million pixels. Decoders take up to seven bytes for each."""
MOST_IN_COLOUR = 16_000_000
"""Largest picture of several channels that is looked through for equal ones."""
MOST_FILE_BYTES = 2**31
"""Largest file of one picture; of a DICOM file with many frames one frame is read."""
_TURN: Final = RLock()
"""One image is read at a time."""


def refuse_too_large(rows: int, columns: int, most_pixels: int = MOST_PIXELS) -> None:
    """Refuse a frame before memory is taken for it. Raises NotMeasurable."""
    if rows < 1 or columns < 1:
        raise NotMeasurable("it states no size of its image")
    if rows * columns > most_pixels:
        most = f"{most_pixels / 1_000_000:g} million"
        raise NotMeasurable(f"it claims {columns:,} × {rows:,} pixels, more than the {most} that are read")


@contextmanager
def within_bounds() -> Generator[None]:
    """Let pillow refuse what claims more pixels than are read, also within a DICOM file, and warn of nothing else."""
    from PIL import Image  # noqa: PLC0415 - for those who read pixels

    with _TURN:  # what is set here holds for the whole process
        before = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                yield
        finally:
            Image.MAX_IMAGE_PIXELS = before
