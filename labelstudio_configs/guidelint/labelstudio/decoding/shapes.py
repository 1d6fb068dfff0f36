"""The geometry of a result item as a shape in pixels.

Label Studio counts in percent of the unrotated image (0 to 100), from the outer corner of the top-left pixel. Percent
become pixels before anything is turned: width and height have different units otherwise. ``image_rotation`` says how
the viewer was turned and changes none of these numbers.
"""

from __future__ import annotations

from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
import numpy as np

from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, read
from guidelint.annotation.decoding.parts.pixel_shapes import COORDINATE_DECIMALS, FARTHEST_PERCENT, TOO_FAR
from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Raster, Rectangle, Shape
from guidelint.labelstudio.decoding.payload import AnswerPayload, LabelsPayload

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.annotation.shape import Points
    from guidelint.annotation.tool import Tool
    from guidelint.geometry.mask import Mask

TOOL_OF_TYPE: dict[str, Tool] = {
    "polygon": "polygon",
    "polygonlabels": "polygon",
    "rectangle": "rectangle",
    "rectanglelabels": "rectangle",
    "ellipse": "ellipse",
    "ellipselabels": "ellipse",
    "keypoint": "keypoint",
    "keypointlabels": "keypoint",
    "brush": "brush",
    "brushlabels": "brush",
    "magicwand": "brush",
    "bitmask": "bitmask",
    "bitmasklabels": "bitmask",
    "vector": "vector",
    "vectorlabels": "vector",
}


class Geometry(LabelsPayload, dict=True):
    """Every number a shape may have, as delivered; ``rle`` stays raw JSON. Labels and answers are read with it."""

    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None
    rotation: float | None = None
    radius_x: float | None = msgspec.field(name="radiusX", default=None)
    radius_y: float | None = msgspec.field(name="radiusY", default=None)
    points: list[tuple[float, float]] | None = None
    vertices: list[Vertex] | None = None
    closed: bool | None = None
    format: str | None = None
    rle: msgspec.Raw = ABSENT
    image_data_url: str | None = msgspec.field(name="imageDataURL", default=None)

    @cached_property
    def stroke(self) -> bytes:
        """Numbers of a painted mask, which may have been read before. Raises MaskError."""
        from guidelint.geometry.codecs import rle_pack  # noqa: PLC0415 - only painted masks need it

        return rle_pack.parse_bytes(bytes(self.rle))

    @property
    def numbers(self) -> tuple[object, ...]:
        """All that makes the shape, to be compared with another."""
        return tuple(getattr(self, key) for key in _GEOMETRY_KEYS)

    @property
    def tool(self) -> Tool | None:
        """Tool that these numbers belong to, None when they are no shape."""
        if self.points is not None:
            return "polygon"
        if self.vertices is not None:
            return "vector"
        if self.image_data_url is not None:
            return "bitmask"
        if self.rle != ABSENT:
            return "brush"
        return self._tool_of_box()

    def _tool_of_box(self) -> Tool | None:
        if self.radius_x is not None:
            return "ellipse"
        if self.x is None or self.y is None:
            return None
        return "keypoint" if self.height is None else "rectangle"


_GEOMETRY_KEYS = Geometry.__struct_fields__[len(LabelsPayload.__struct_fields__) :]
Part = TypeVar("Part", bound=AnswerPayload)


def part_of(value: msgspec.Raw | Geometry, kind: type[Part]) -> Part | Geometry:
    """Answers, labels or geometry of a value, which may have been read already. Raises PayloadError."""
    return value if isinstance(value, Geometry) else read(value, kind)


class Vertex(msgspec.Struct):
    """One vertex of a vector."""

    x: float
    y: float
    is_bezier: bool | None = msgspec.field(name="isBezier", default=None)


def shape_of(tool: Tool, value: msgspec.Raw | Geometry, image_shape: tuple[int, int]) -> Shape:
    """Make the shape, in pixels of an image of ``image_shape`` (rows, columns), or why the numbers make none."""
    if 0 in image_shape:
        return Malformed(tool, "the size of its image (original_width, original_height) is not stated")
    try:
        return _MAKERS[tool](part_of(value, Geometry), image_shape)
    except PayloadError as error:
        return Malformed(tool, str(error))


def _polygon(geometry: Geometry, image_shape: tuple[int, int]) -> Shape:
    points = geometry.points
    if points is None:
        raise PayloadError("points are missing")
    return _outline("polygon", points, geometry.closed is not False, image_shape)


def _vector(geometry: Geometry, image_shape: tuple[int, int]) -> Shape:
    vertices = geometry.vertices
    if vertices is None:
        raise PayloadError("vertices are missing")
    if any(vertex.is_bezier for vertex in vertices):
        raise PayloadError("it has curved segments, which are not read; straight segments are")
    return _outline("vector", [(vertex.x, vertex.y) for vertex in vertices], geometry.closed is True, image_shape)


def _outline(
    tool: Literal["polygon", "vector"],
    percent: list[tuple[float, float]],
    closed: bool,  # noqa: FBT001 - one of the numbers of the shape
    image_shape: tuple[int, int],
) -> Shape:
    if not percent:
        raise PayloadError("it has no vertex")
    repeated = len(percent) > 1 and percent[0] == percent[-1]
    points = np.array(percent[:-1] if repeated else percent, np.float64)
    if float(np.abs(points).max()) > FARTHEST_PERCENT:
        raise PayloadError(TOO_FAR)
    pixels = (points * _px_of_percent(image_shape)).round(COORDINATE_DECIMALS)
    return Polygon(pixels, closed or repeated, tool)


@lru_cache(maxsize=16)
def _px_of_percent(image_shape: tuple[int, int]) -> Points:
    """Pixels of a percent along x and along y."""
    return np.array((image_shape[1] / 100, image_shape[0] / 100))


def _rectangle(geometry: Geometry, image_shape: tuple[int, int]) -> Shape:
    rows, columns = image_shape
    return Rectangle(
        _px(geometry, "x", columns),
        _px(geometry, "y", rows),
        _px(geometry, "width", columns),
        _px(geometry, "height", rows),
        _turn(geometry),
    )


def _ellipse(geometry: Geometry, image_shape: tuple[int, int]) -> Shape:
    rows, columns = image_shape
    return Ellipse(
        _px(geometry, "x", columns),
        _px(geometry, "y", rows),
        _px(geometry, "radius_x", columns),
        _px(geometry, "radius_y", rows),
        _turn(geometry),
    )


def _keypoint(geometry: Geometry, image_shape: tuple[int, int]) -> Shape:
    return KeyPoint(_px(geometry, "x", image_shape[1]), _px(geometry, "y", image_shape[0]))


def _brush(geometry: Geometry, image_shape: tuple[int, int]) -> Shape:
    if geometry.rle == ABSENT:
        raise PayloadError("rle is missing")
    if geometry.format is not None and geometry.format != "rle":
        raise PayloadError(f"its format is {geometry.format[:40]!r}, only rle is read")
    return Raster(partial(_decode_brush, geometry, image_shape), "brush")


def _bitmask(geometry: Geometry, image_shape: tuple[int, int]) -> Shape:
    if geometry.image_data_url is None:
        raise PayloadError("imageDataURL is missing")
    return Raster(partial(_decode_bitmask, geometry.image_data_url, image_shape), "bitmask")


def _decode_brush(geometry: Geometry, image_shape: tuple[int, int]) -> Mask:
    from guidelint.geometry.codecs import rle_pack  # noqa: PLC0415 - only painted masks need it

    return rle_pack.decode(geometry.stroke, image_shape)


def _decode_bitmask(data_url: str, image_shape: tuple[int, int]) -> Mask:
    from guidelint.geometry.codecs import bitmask_png  # noqa: PLC0415 - only bitmasks need it

    return bitmask_png.decode(data_url, image_shape)


def _turn(geometry: Geometry) -> float:
    return 0.0 if geometry.rotation is None else _needed(geometry, "rotation")


def _px(geometry: Geometry, name: str, side_px: int) -> float:
    return round(_needed(geometry, name) * side_px / 100, COORDINATE_DECIMALS)


def _needed(geometry: Geometry, name: str) -> float:
    value: float | None = getattr(geometry, name)
    if value is None:
        raise PayloadError(f"{_DELIVERED_NAMES.get(name, name)} is missing")
    if abs(value) > FARTHEST_PERCENT:
        raise PayloadError(TOO_FAR)
    return value


_DELIVERED_NAMES = {"radius_x": "radiusX", "radius_y": "radiusY"}
_MAKERS: dict[Tool, Callable[[Geometry, tuple[int, int]], Shape]] = {
    "polygon": _polygon,
    "vector": _vector,
    "rectangle": _rectangle,
    "ellipse": _ellipse,
    "keypoint": _keypoint,
    "brush": _brush,
    "bitmask": _bitmask,
}
