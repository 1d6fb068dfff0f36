"""Which regions lie close enough to share a pixel, told from their bounding boxes."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.annotation.region import NotMeasurable, Region
from guidelint.annotation.shape import KeyPoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Extent = tuple[float, float, float, float]
EVERYWHERE: Extent = (-np.inf, -np.inf, np.inf, np.inf)


def neighbours(first: Sequence[Region], second: Sequence[Region]) -> Iterator[tuple[Region, Region]]:
    """Pair regions of both lists whose bounding boxes touch; a pair that stands in both orders comes once."""
    around_second = [extent_of(region) for region in second]
    around_first = around_second if first == second else [extent_of(region) for region in first]
    extents = np.array(around_second, np.float64).reshape(-1, 4)
    seen: set[frozenset[Region]] = set()
    for one, extent in zip(first, around_first, strict=True):
        for index in _touching(extents, extent):
            other = second[index]
            pair = frozenset((one, other))
            if one is not other and pair not in seen:
                seen.add(pair)
                yield one, other


def extent_of(region: Region) -> Extent:
    """Bounding box in pixels as left, top, right, bottom; everywhere when there is nothing to tell it from."""
    if isinstance(region.shape, KeyPoint):
        return region.shape.x, region.shape.y, region.shape.x, region.shape.y
    if region.outline is not None:
        return _around(region.outline)
    try:
        box = region.drawn_mask.box
    except NotMeasurable:
        return EVERYWHERE
    return EVERYWHERE if box is None else (float(box.left), float(box.top), float(box.right), float(box.bottom))


def _around(points: npt.NDArray[np.float64]) -> Extent:
    if not len(points):
        return EVERYWHERE
    left, top = points.min(axis=0).tolist()
    right, bottom = points.max(axis=0).tolist()
    # a coordinate that is no number is both the least and the greatest
    return (left, top, right, bottom) if isfinite(left + top) and isfinite(right + bottom) else EVERYWHERE


def _touching(extents: npt.NDArray[np.float64], one: Extent) -> list[int]:
    left, top, right, bottom = extents.T
    apart = (left > one[2]) | (top > one[3]) | (right < one[0]) | (bottom < one[1])
    found: list[int] = np.flatnonzero(~apart).tolist()
    return found
