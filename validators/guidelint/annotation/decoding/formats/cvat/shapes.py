"""The geometry of a shape of CVAT: outlines, boxes, ellipses, points, masks."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.pixel_shapes import box, ellipse, malformed, outline, point
from guidelint.annotation.shape import Malformed, Polygon, Raster, Shape
from guidelint.geometry.mask import MAX_RUNS, Mask, MaskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from guidelint.annotation.shape import Points
    from guidelint.annotation.tool import Tool

_LONGEST_NUMBER = 40


def shape_of(element: Element, image_shape: tuple[int, int]) -> Iterator[Shape]:
    """Make what an element draws; one element may hold several points."""
    tool, make = SHAPES[element.tag]
    try:
        yield from make(element, image_shape)
    except PayloadError as error:
        yield malformed(tool, str(error), image_shape)


def number(text: str) -> float | None:
    """Read a number; None: it is none."""
    try:
        value = float(text) if len(text) <= _LONGEST_NUMBER else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _polygon(element: Element, image_shape: tuple[int, int]) -> Iterator[Shape]:
    yield outline(_places(element), image_shape)


def _polyline(element: Element, image_shape: tuple[int, int]) -> Iterator[Shape]:
    shape = outline(_places(element), image_shape)
    yield Polygon(shape.points, closed=False, tool="vector") if isinstance(shape, Polygon) else shape


def _points(element: Element, image_shape: tuple[int, int]) -> Iterator[Shape]:
    for x, y in _places(element).tolist():
        yield point(x, y, image_shape)


def _box(element: Element, image_shape: tuple[int, int]) -> Iterator[Shape]:
    left, top, right, bottom = (_needed(element, name) for name in ("xtl", "ytl", "xbr", "ybr"))
    turned = _turned(element)
    corner = (left, top)
    if turned:  # CVAT turns a box about its middle
        middle_x, middle_y, angle = (left + right) / 2, (top + bottom) / 2, math.radians(turned)
        across, down = left - middle_x, top - middle_y
        corner = (
            middle_x + across * math.cos(angle) - down * math.sin(angle),
            middle_y + across * math.sin(angle) + down * math.cos(angle),
        )
    yield box(corner, (right - left, bottom - top), image_shape, turned)


def _ellipse(element: Element, image_shape: tuple[int, int]) -> Iterator[Shape]:
    x, y, radius_x, radius_y = (_needed(element, name) for name in ("cx", "cy", "rx", "ry"))
    yield ellipse((x, y), (radius_x, radius_y), image_shape, _turned(element))


def _mask(element: Element, image_shape: tuple[int, int]) -> Iterator[Shape]:
    left, top, width, height = (_whole(element, name) for name in ("left", "top", "width", "height"))
    if 0 in image_shape:
        yield malformed("brush", "", image_shape)
        return
    if min(left, top) < 0 or min(width, height) < 1 or left + width > image_shape[1] or top + height > image_shape[0]:
        yield Malformed("brush", "the box of the mask does not lie in the image")
        return
    yield Raster(partial(_decoded, element.get("rle", ""), (top, left), (height, width), image_shape), "brush")


def _decoded(text: str, corner: tuple[int, int], size: tuple[int, int], image_shape: tuple[int, int]) -> Mask:
    """Mask from runs of background and mask in turn, row by row of a box in the image."""
    if text.count(",") >= MAX_RUNS:
        raise MaskError(f"the mask has more than {MAX_RUNS:,} runs")
    try:
        runs = [int(part) for part in text.split(",")]
    except ValueError as error:
        raise MaskError("the run lengths of the mask are not whole numbers") from error
    if min(runs) < 0 or sum(runs) != size[0] * size[1]:
        raise MaskError(f"the runs of the mask do not make up its box of {size[1]} × {size[0]} pixels")
    ends = np.cumsum(np.array(runs, np.int64))
    stops = ends[1::2]
    within = Mask.from_runs(ends[:-1:2][: stops.size], stops, size)
    row, column = np.divmod(within.starts, size[1])
    starts = (row + corner[0]) * image_shape[1] + column + corner[1]
    return Mask.from_runs(starts, starts + within.stops - within.starts, image_shape)


def _places(element: Element) -> Points:
    pairs = [pair.split(",") for pair in element.get("points", "").split(";")]
    read = [(number(pair[0]), number(pair[1])) for pair in pairs if len(pair) == 2]  # noqa: PLR2004 - x and y
    known = [(x, y) for x, y in read if x is not None and y is not None]
    if len(known) < len(pairs):
        raise PayloadError("points should be x,y;x,y;… with numbers")
    return np.array(known, np.float64).reshape(-1, 2)


def _needed(element: Element, name: str) -> float:
    text = element.get(name)
    if text is None:
        raise PayloadError(f"{name} is missing")
    value = number(text)
    if value is None:
        raise PayloadError(f"{name} should be a number")
    return value


def _whole(element: Element, name: str) -> int:
    value = _needed(element, name)
    if not value.is_integer():
        raise PayloadError(f"{name} should be a whole number")
    return int(value)


def _turned(element: Element) -> float:
    return _needed(element, "rotation") if element.get("rotation") is not None else 0.0


SHAPES: dict[str, tuple[Tool, Callable[[Element, tuple[int, int]], Iterator[Shape]]]] = {
    "box": ("rectangle", _box),
    "polygon": ("polygon", _polygon),
    "polyline": ("vector", _polyline),
    "points": ("keypoint", _points),
    "ellipse": ("ellipse", _ellipse),
    "mask": ("brush", _mask),
}
