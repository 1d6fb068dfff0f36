"""The geometry of an annotation in COCO: outlines, run lengths, a box, points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from guidelint.annotation.decoding.files.json_keys import refuse_repeated
from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, read
from guidelint.annotation.decoding.parts.drawn import MAX_ROWS, rows_of
from guidelint.annotation.decoding.parts.pixel_shapes import box, malformed, outline, point
from guidelint.annotation.shape import Malformed, Points, Polygon, Raster, Shape
from guidelint.geometry.codecs import coco_rle
from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.union import united

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.geometry.raster import Boundary

MAX_POINTS = 1_000
"""Most keypoints of one annotation; those of a body, its hands and its face are 133."""
_TURNED = (
    "its bbox is turned ({}), and COCO does not say by which unit, which way and about which point: an outline would"
)
_NOTHING = frozenset({b"", b"null", b"[]", b"{}"})
_BLANK = b" \t\r\n"
_OF_BOX = 4
_OF_POINT = 3
"""x, y, and whether it is marked."""


class _Rle(msgspec.Struct):
    size: tuple[int, int]
    counts: list[int] | str


@dataclass(frozen=True, slots=True)
class Told:
    """What an annotation says of where it lies."""

    segmentation: msgspec.Raw
    bbox: msgspec.Raw
    keypoints: msgspec.Raw
    turned: object = None
    """How a box is turned, as it stands there; None: nothing says so."""


@dataclass(frozen=True, slots=True)
class CocoPart:
    """One shape of an annotation."""

    shape: Shape
    delivered_type: str
    name: str = ""
    """Name of a point among those of its category."""
    rings: tuple[Points, ...] = ()
    """Vertices of its outlines."""


@dataclass(frozen=True, slots=True)
class CocoShapes:
    """Makes the shapes of annotations on one image of ``image_shape`` (rows, columns)."""

    image_shape: tuple[int, int]

    def of(self, told: Told, names: tuple[str, ...], boundary: Boundary) -> Iterator[CocoPart]:
        """Give the segmentation and the points or, where there is neither, the box, which follows from both.

        ``names``: of the points of its category. Raises PayloadError where nothing says where it lies.
        """
        if _holds(told.segmentation):
            yield self._segmented(told.segmentation, boundary)
        if _holds(told.keypoints):
            yield from self._points(told.keypoints, names)
        if not (_holds(told.segmentation) or _holds(told.keypoints)):
            if told.turned not in (None, 0, ""):  # what stands there may have no hash
                raise PayloadError(_TURNED.format(str(told.turned)[:40]))
            yield self._box(told.bbox)

    def _segmented(self, raw: msgspec.Raw, boundary: Boundary) -> CocoPart:
        if bytes(memoryview(raw)[:1]) == b"{":
            return CocoPart(self._of_runs(raw), "rle")
        try:
            rings = read(raw, list[list[float]])
        except PayloadError as error:
            return CocoPart(malformed("polygon", f"segmentation: {error}", self.image_shape), "polygon")
        shapes = [self._ring(ring) for ring in rings]
        outlines = tuple(one.points for one in shapes if isinstance(one, Polygon))
        one = shapes[0] if len(shapes) == 1 else self._together(shapes, boundary)
        return CocoPart(one, "polygon", rings=outlines)

    def _ring(self, ring: list[float]) -> Shape:
        if len(ring) % 2:
            reason = f"an outline has {len(ring)} numbers, which is odd: x and y are needed of every vertex"
            return malformed("polygon", reason, self.image_shape)
        return outline(np.array(ring, np.float64).reshape(-1, 2), self.image_shape)

    def _together(self, shapes: list[Shape], boundary: Boundary) -> Shape:
        """Take several outlines for one region: what an object is seen of, left and right of another."""
        broken = next((one for one in shapes if isinstance(one, Malformed)), None)
        if broken is not None:
            return broken
        rings = [one for one in shapes if isinstance(one, Polygon)]
        rows = sum(min(rows_of(ring, self.image_shape[0]), self.image_shape[0]) for ring in rings)
        if rows > MAX_ROWS:
            crossed = f"its {len(rings):,} outlines cross up to {rows:,} rows of pixels"
            return malformed("brush", f"{crossed}; more than {MAX_ROWS:,} are not measured", self.image_shape)
        called = f"{len(rings):,} outlines in one annotation"
        return Raster(partial(_united, rings, self.image_shape, boundary), "brush", called)

    def _of_runs(self, raw: msgspec.Raw) -> Shape:
        try:
            rle = read(raw, _Rle)
            refuse_repeated(raw, _Rle.__struct_fields__)
        except PayloadError as error:
            return malformed("brush", f"segmentation: {error}", self.image_shape)
        if 0 in self.image_shape:
            return malformed("brush", "", self.image_shape)
        return Raster(partial(_decoded, rle, self.image_shape), "brush")

    def _box(self, raw: msgspec.Raw) -> CocoPart:
        if not _holds(raw):
            raise PayloadError("it has no segmentation, no keypoints and no bbox: nothing says where it lies")
        try:
            numbers = read(raw, list[float])
        except PayloadError as error:
            return CocoPart(malformed("rectangle", f"bbox: {error}", self.image_shape), "bbox")
        if len(numbers) != _OF_BOX:
            reason = f"bbox has {len(numbers)} numbers: x, y, width and height are needed"
            return CocoPart(malformed("rectangle", reason, self.image_shape), "bbox")
        x, y, width, height = numbers
        return CocoPart(box((x, y), (width, height), self.image_shape), "bbox")

    def _points(self, raw: msgspec.Raw, names: tuple[str, ...]) -> Iterator[CocoPart]:
        numbers = read(raw, list[float])
        if len(numbers) % _OF_POINT:
            raise PayloadError(f"keypoints has {len(numbers)} numbers: x, y and visibility are needed of every point")
        if len(numbers) > MAX_POINTS * _OF_POINT:
            count = len(numbers) // _OF_POINT
            raise PayloadError(f"it has {count:,} keypoints; more than {MAX_POINTS:,} of one annotation are not read")
        of_points = np.array(numbers, np.float64).reshape(-1, _OF_POINT)
        marked = [(number, x, y) for number, (x, y, visible) in enumerate(of_points.tolist()) if visible]
        if not marked:
            raise PayloadError("none of its keypoints is marked")
        for number, x, y in marked:
            name = names[number] if number < len(names) else f"point {number + 1}"
            alone = len(of_points) == 1 and not names
            yield CocoPart(point(x, y, self.image_shape), "keypoints", "" if alone else name)


def _holds(part: msgspec.Raw) -> bool:
    return part != ABSENT and bytes(memoryview(part)[:64]).translate(None, _BLANK) not in _NOTHING


def _united(rings: list[Polygon], image_shape: tuple[int, int], boundary: Boundary) -> Mask:
    return united([polygon_mask(ring.points, image_shape, boundary) for ring in rings])


def _decoded(rle: _Rle, image_shape: tuple[int, int]) -> Mask:
    if rle.size != image_shape:
        rows, columns = rle.size
        stated = f"{image_shape[1]} × {image_shape[0]}"
        raise MaskError(f"the mask is {columns} × {rows} pixels, and the image {stated}: it is of another image")
    return coco_rle.decode(rle.counts, image_shape)
