"""One file of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.files.dicom_header import HeaderError
from guidelint.imaging.pixels.dicom import read_dicom
from guidelint.imaging.pixels.picture import read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey


def read_file(path: Path, source: str, frame: Frame | None, *, is_dicom: bool) -> Grey:
    """Read it; whatever is wrong with it is told. Raises NotMeasurable.

    ``source``: what people call it.
    """
    read = read_dicom if is_dicom else read_picture
    try:
        return read(path, source, frame)
    except (NotMeasurable, HeaderError) as error:
        raise NotMeasurable(f"the pixels of {source} cannot be read: {error}") from error
    except Exception as error:  # a broken file can make a reader raise anything
        raise NotMeasurable(f"the pixels of {source} cannot be read: {_why(error)}") from error


def _why(error: Exception) -> str:
    """Say in words why a picture cannot be read."""
    from PIL import UnidentifiedImageError  # noqa: PLC0415 - for those who read pixels

    if isinstance(error, UnidentifiedImageError):
        return "it is no PNG, JPEG or TIFF, whatever its name says. Export it again"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be opened: {error.strerror.lower()}. Lay it there again"
    told = " ".join(str(error).split())[:200]
    return f"it is broken{f' ({told})' if told else ''}. Export it again"
