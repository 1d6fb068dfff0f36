"""The image of an example behind what is drawn: small enough to be carried along, and grey as people see it."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Final

import numpy as np

from guidelint.checking.handbook.pictures.scene import Backdrop, View
from guidelint.geometry.mask import Box
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.providers.file import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from guidelint.imaging.pixels.grey import Values
    from guidelint.language.form.sections.image_demands import Window

_PICTURES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
LONGEST_SIDE_PX: Final = 900
_QUALITY: Final = 82
_BLACK_TO_WHITE: Final = (1.0, 99.0)
"""Percentiles from black to white, where no window says it."""


def backdrop(file: Path, windows: Mapping[str, Window], longest_side_px: int = LONGEST_SIDE_PX) -> Backdrop | None:
    """Show an image, in the guideline's first window if it has one; None: its pixels cannot be read."""
    is_picture = file.suffix.lower() in _PICTURES
    return _picture(file, longest_side_px) if is_picture else _grey(file, windows, longest_side_px)


def _picture(file: Path, longest_side_px: int) -> Backdrop | None:
    from PIL import Image  # noqa: PLC0415 - few examples have images

    with Image.open(file, formats=("PNG", "JPEG", "TIFF")) as opened:
        rows, columns = opened.height, opened.width
        image = opened.convert("RGB")
    image.thumbnail((longest_side_px, longest_side_px))
    return Backdrop(_jpeg(np.asarray(image)), View(0, 0, columns, rows))


def _grey(file: Path, windows: Mapping[str, Window], longest_side_px: int) -> Backdrop | None:
    try:
        grey = read_file(file, file.name, None, is_dicom=True)
    except NotMeasurable:
        return None
    rows, columns = grey.shape
    step = max(1, -(-max(rows, columns) // longest_side_px))
    values = grey.within(Box(0, 0, rows, columns))[::step, ::step]
    seen = values[~np.isnan(values)]
    if not seen.size:
        return None
    window = next(iter(windows.values()), None)
    if window is None:
        black, white = np.percentile(seen, _BLACK_TO_WHITE)
    else:
        black, white = window.center - window.width / 2, window.center + window.width / 2
    return Backdrop(_jpeg(_shades(values, float(black), float(white))), View(0, 0, columns, rows))


def _shades(values: Values, black: float, white: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    scaled = (np.nan_to_num(values, nan=black) - black) / max(white - black, 1e-9)
    return (np.clip(scaled, 0, 1) * 255).astype(np.uint8)


def _jpeg(shades: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> str:
    from PIL import Image  # noqa: PLC0415 - few examples have images

    out = io.BytesIO()
    Image.fromarray(shades).save(out, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"
