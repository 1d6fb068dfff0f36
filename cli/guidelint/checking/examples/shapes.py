"""A shape drawn by hand in pixels, as Label Studio writes it: in percent of the image."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import numpy as np

from guidelint.geometry.codecs import rle_pack
from guidelint.geometry.mask import Mask
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.pixels.bounds import refuse_too_large
from guidelint.language.examples.folder import ExamplesError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.language.examples.form import Box, Drawn, Point

Value = dict[str, Any]


def value_of(drawn: Drawn, rows: int, columns: int) -> Value:
    """Give the `value` of a result item. Raises ExamplesError where an image is too large to be painted on."""
    return _lines(drawn, rows, columns) or _boxes(drawn, rows, columns) or _painting(drawn, rows, columns)


def _lines(drawn: Drawn, rows: int, columns: int) -> Value:
    if drawn.polygon is not None:
        return {"points": _percent(drawn.polygon, rows, columns), "closed": not drawn.unclosed}
    if drawn.vector is not None:
        points = [{"x": x, "y": y} for x, y in _percent(drawn.vector, rows, columns)]
        return {"vertices": points, "closed": False}
    return {}


def _boxes(drawn: Drawn, rows: int, columns: int) -> Value:
    if drawn.keypoint is not None:
        ((x, y),) = _percent((drawn.keypoint,), rows, columns)
        return {"x": x, "y": y, "width": 0.5}
    if drawn.rectangle is not None:
        x, y, width, height = _box(drawn.rectangle, rows, columns)
        return {"x": x, "y": y, "width": width, "height": height, "rotation": 0}
    if drawn.ellipse is not None:
        x, y, radius_x, radius_y = _box(drawn.ellipse, rows, columns)
        return {"x": x, "y": y, "radiusX": radius_x, "radiusY": radius_y, "rotation": 0}
    return {}


def _painting(drawn: Drawn, rows: int, columns: int) -> Value:
    try:
        refuse_too_large(rows, columns)
    except NotMeasurable as error:
        raise ExamplesError(f"nothing can be painted on it: {error}. Outline it, or take a smaller image") from error
    if drawn.brush is not None:
        return {"format": "rle", "rle": list(rle_pack.encode(_mask(drawn.brush, rows, columns)))}
    return {"imageDataURL": _png(_painted(drawn.bitmask or (), rows, columns))}


def _percent(points: Iterable[Point], rows: int, columns: int) -> list[tuple[float, float]]:
    return [(100 * x / columns, 100 * y / rows) for x, y in points]


def _box(box: Box, rows: int, columns: int) -> tuple[float, float, float, float]:
    x, y, along, down = box
    return 100 * x / columns, 100 * y / rows, 100 * along / columns, 100 * down / rows


def _painted(boxes: Iterable[Box], rows: int, columns: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    painted = np.zeros((rows, columns), np.bool_)
    for left, top, width, height in boxes:
        painted[max(0, round(top)) : round(top + height), max(0, round(left)) : round(left + width)] = True
    return painted


def _mask(boxes: Iterable[Box], rows: int, columns: int) -> Mask:
    return Mask.from_crop(_painted(boxes, rows, columns), 0, 0, (rows, columns))


def _png(painted: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> str:
    from PIL import Image  # noqa: PLC0415 - few examples are bitmasks

    out = io.BytesIO()
    Image.fromarray(painted.astype(np.uint8) * 255).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
