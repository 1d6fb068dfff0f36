"""Pictures of any shape that show whether one sees all of them: dashes along all borders, R and L in the corners."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Shape = tuple[int, int]
"""Columns and rows of a picture."""

SQUARE: Final[Shape] = (512, 512)
TALL: Final[Shape] = (800, 1000)
WIDE: Final[Shape] = (1000, 700)
RED: Final = (255, 0, 0)
DASH_PX: Final = 16
THICK_PX: Final = 6
_LUNGS: Final = ((0.13, 0.2, 0.45, 0.8), (0.55, 0.2, 0.87, 0.8))
_BRIGHT: Final = ((0.22, 0.36), (0.24, 0.66), (0.67, 0.34), (0.77, 0.56))


def edge_marked(shape: Shape) -> str:
    """Draw a chest of that shape, as a data URL."""
    picture = Image.new("RGB", shape)
    pen = ImageDraw.Draw(picture)
    pen.ellipse(_placed((0.03, 0.1, 0.97, 0.9), shape), fill=(140, 140, 140))
    for lung in _LUNGS:
        pen.ellipse(_placed(lung, shape), fill=(40, 40, 40))
    for x, y in _BRIGHT:
        pen.ellipse(_placed((x, y, x + 0.04, y + 0.04 * shape[0] / shape[1]), shape), fill=(165, 165, 165))
    for box in _dashes(shape):
        pen.rectangle(box, fill=RED)
    for side, x in (("R", 12), ("L", shape[0] - 28)):
        pen.text((x, 12), side, fill=(230, 180, 60), font=ImageFont.load_default(20))
    with io.BytesIO() as file:
        picture.save(file, "PNG")
        return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def borders_seen(screenshot: Path, left: float, top: float, width: float, height: float) -> dict[str, float]:
    """Share of each border of a shown picture, given its place, along which its red dashes can be seen."""
    place = (round(left), round(top), round(left + width), round(top + height))
    with Image.open(screenshot) as shot:
        pixels = np.asarray(shot.convert("RGB").crop(place), np.uint8)
    red = (pixels[..., 0] > 180) & (pixels[..., 1:].max(axis=2) < 70)
    within = 3
    return {
        "left": float(red[:, :within].any(axis=1).mean()),
        "right": float(red[:, -within:].any(axis=1).mean()),
        "top": float(red[:within].any(axis=0).mean()),
        "bottom": float(red[-within:].any(axis=0).mean()),
    }


def _placed(part: tuple[float, float, float, float], shape: Shape) -> tuple[float, float, float, float]:
    width, height = shape
    return part[0] * width, part[1] * height, part[2] * width, part[3] * height


def _dashes(shape: Shape) -> Iterable[tuple[int, int, int, int]]:
    width, height = shape
    for x in range(0, width, 2 * DASH_PX):
        for y in (0, height - THICK_PX):
            yield x, y, x + DASH_PX - 1, y + THICK_PX - 1
    for y in range(0, height, 2 * DASH_PX):
        for x in (0, width - THICK_PX):
            yield x, y, x + THICK_PX - 1, y + DASH_PX - 1
