"""Places in another unit than percent, recognised over all regions of a submission.

A program that writes pixels, fractions or multiples writes all its regions so; one region alone may lie anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Literal

import numpy as np

from guidelint.annotation.shape import Ellipse, KeyPoint, Polygon, Rectangle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.annotation.region import Region

Unit = Literal["pixels", "thousandths", "hundredfold", "fractions"]
Extent = tuple[float, float]
"""Along x, along y."""

HUNDRED = 100.0
"""The right and the lower edge of an image, in percent."""
TURNED_SLACK = 1.02
"""Share of the image up to which places in another unit may reach: a turned box starts beyond the edge."""
FAR_SIZE = 1.1
"""Size of a region, as a share of the image, that nothing drawn on it has."""
MOST = 0.8
"""Share of the far regions that must fit one unit."""
CORNER = 0.02
"""Share of width or height up to which a region is looked at as one that may lie in the corner, with room to spare."""
SEVERAL = 3
"""So many regions do not lie in the top-left hundredth of an image by chance."""


@dataclass(frozen=True, slots=True)
class UnitSlip:
    """Regions whose numbers look like another unit than percent."""

    unit: Unit
    regions: tuple[Region, ...]
    largest: float
    """Largest number as delivered."""
    certain: bool
    """False: a small region may really lie there."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """The box of a region as delivered, before it is turned, in percent."""

    region: Region
    low: Extent
    high: Extent

    @property
    def side_px(self) -> Extent:
        rows, columns = self.region.image_shape
        return columns, rows

    def fits(self, edge: Extent) -> bool:
        """Whether it lies within an image that ends at these numbers."""
        return all(
            low >= end * (1 - TURNED_SLACK) and high <= end * TURNED_SLACK
            for low, high, end in zip(self.low, self.high, edge, strict=True)
        )

    @property
    def is_far(self) -> bool:
        """Whether it lies wholly beyond the right or the lower edge, or is larger than the image."""
        if max(self.high) <= HUNDRED:
            return False
        outline = self.region.outline
        if outline is None:
            return max(self.low) > HUNDRED
        low, high = outline.min(axis=0), outline.max(axis=0)
        side = np.asarray(self.side_px)
        return bool(((low >= side) | (high - low > FAR_SIZE * side)).any())

    @property
    def in_corner(self) -> bool:
        """Whether all its numbers lie between 0 and 1 and some are above 0."""
        return min(self.low) >= 0 and 0 < max(self.high) <= 1

    @property
    def is_too_fine(self) -> bool:
        """Whether nobody can have drawn it: it is thinner than a pixel, or has more vertices than its border pixels."""
        size_px = [(high - low) * side / 100 for low, high, side in zip(self.low, self.high, self.side_px, strict=True)]
        if isinstance(self.region.shape, Polygon) and len(self.region.shape.points) > 2 * sum(size_px):
            return True
        return 0 < min(size_px) < 1


def unit_slip(regions: Iterable[Region]) -> UnitSlip | None:
    """Tell in which other unit the regions seem to be placed, and which they are."""
    together = tuple(regions)
    if all(map(_is_plainly_placed, together)):
        return None
    placed = tuple(_placed(together))
    return _multiple(placed) or _fraction(placed)


def _is_plainly_placed(region: Region) -> bool:
    """Whether a region is not made of numbers, or surely ends on its image and beyond its corner."""
    box = region.extent if isinstance(region.shape, Polygon) else _box_px(region)
    if box is None:
        return True
    _, _, right, bottom = box
    rows, columns = region.image_shape
    return right <= columns and bottom <= rows and (right > CORNER * columns or bottom > CORNER * rows)


def _multiple(placed: Sequence[_Placed]) -> UnitSlip | None:
    """Recognise numbers above 100; where most regions show it, those that happen to be below are meant too."""
    far = [one for one in placed if one.is_far]
    for unit in ("pixels", "thousandths", "hundredfold") if far else ():
        fitting = [one for one in far if one.fits(_edge(one, unit))]
        if len(fitting) >= MOST * len(far):
            most = 2 * len(far) > len(placed)
            return _slip(unit, [one for one in placed if one.fits(_edge(one, unit))] if most else fitting)
    return None


def _fraction(placed: Sequence[_Placed]) -> UnitSlip | None:
    corner = [one for one in placed if one.in_corner]
    if not corner:
        return None
    alone = len(corner) == len(placed)
    certain = len(corner) >= SEVERAL or (alone and len(corner) > 1) or any(one.is_too_fine for one in corner)
    return _slip("fractions", corner, certain=certain)


def _slip(unit: Unit, placed: Sequence[_Placed], *, certain: bool = True) -> UnitSlip:
    return UnitSlip(unit, tuple(one.region for one in placed), max(max(one.high) for one in placed), certain)


def _edge(one: _Placed, unit: Unit) -> Extent:
    """Where the image ends, counted in the unit."""
    match unit:
        case "pixels":
            return one.side_px
        case "thousandths":
            return 1000.0, 1000.0
        case "hundredfold":
            return 10_000.0, 10_000.0
        case "fractions":
            return 1.0, 1.0


def _placed(regions: Iterable[Region]) -> Iterator[_Placed]:
    for region in regions:
        rows, columns = region.image_shape
        box = _box_px(region)
        if box is not None and rows and columns and all(isfinite(number) for number in box):
            left, top, right, bottom = box
            yield _Placed(
                region,
                (left * 100 / columns, top * 100 / rows),
                (right * 100 / columns, bottom * 100 / rows),
            )


def _box_px(region: Region) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom of the numbers as they were delivered, a box not yet turned."""
    match region.shape:
        case Polygon(points=points) if len(points):
            (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
            return left, top, right, bottom
        case Rectangle() as box:
            return box.x, box.y, box.x + box.width, box.y + box.height
        case Ellipse() as oval:
            return oval.x - oval.radius_x, oval.y - oval.radius_y, oval.x + oval.radius_x, oval.y + oval.radius_y
        case KeyPoint(x=x, y=y):
            return x, y, x, y
        case _:
            return None
