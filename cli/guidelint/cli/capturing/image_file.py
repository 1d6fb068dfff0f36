"""The image of an example: pixels and spacing alone, whatever its file tells beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from guidelint.cli.capturing.given_task import CaptureError

if TYPE_CHECKING:
    from pathlib import Path

_PICTURES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_WHITE: Final = 255


def stripped(source: Path, target: Path) -> dict[str, Any]:
    """Write a PNG that holds nothing but pixels, and give the facts that its header tells of them. Raises CaptureError.

    A DICOM file becomes grey values from its darkest to its brightest.
    """
    if not source.is_file():
        raise CaptureError(f"{source} is no file. Name the image with --image")
    return _of_picture(source, target) if source.suffix.lower() in _PICTURES else _of_dicom(source, target)


def _of_picture(source: Path, target: Path) -> dict[str, Any]:
    from PIL import Image, ImageOps  # noqa: PLC0415 - few examples have images

    from guidelint.geometry.not_measurable import NotMeasurable  # noqa: PLC0415
    from guidelint.imaging.pixels.bounds import refuse_too_large, within_bounds  # noqa: PLC0415

    try:
        with within_bounds(), Image.open(source, formats=("PNG", "JPEG", "TIFF")) as picture:
            refuse_too_large(picture.height, picture.width)
            plain = ImageOps.exif_transpose(picture).convert("L" if picture.mode in {"1", "L"} else "RGB")
            Image.fromarray(np.asarray(plain)).save(target, "PNG")
    except NotMeasurable as error:
        raise CaptureError(f"{source}: {error}. Crop it") from error
    except Exception as error:  # a broken file can make a reader raise anything
        raise CaptureError(f"{source} is no sound PNG, JPEG or TIFF. Export it again") from error
    return {}


def _of_dicom(source: Path, target: Path) -> dict[str, Any]:
    from PIL import Image  # noqa: PLC0415 - few examples have images

    from guidelint.geometry.not_measurable import NotMeasurable  # noqa: PLC0415
    from guidelint.imaging.files.dicom_header import HeaderError  # noqa: PLC0415
    from guidelint.imaging.providers.file import read_file  # noqa: PLC0415
    from guidelint.imaging.supplied.headers import header_facts  # noqa: PLC0415

    try:
        values = header_facts(source)
        grey = read_file(source, source.name, None, is_dicom=True).every(1)
    except (HeaderError, NotMeasurable) as error:
        raise CaptureError(f"{source}: {error}. Give a PNG of it") from error
    least, most = float(np.nanmin(grey)), float(np.nanmax(grey))
    shown = np.nan_to_num((grey - least) * (_WHITE / ((most - least) or 1)))
    Image.fromarray(shown.round().astype(np.uint8)).save(target, "PNG")
    spacing = [float(part) for part in values["pixel_spacing"].split("\\") if part]
    told: dict[str, Any] = {"spacing_mm": spacing} if spacing else {}
    return told | ({"modality": values["modality"]} if values["modality"] else {})
