"""Which regions lie close enough to share a pixel, told from their bounding boxes."""

from __future__ import annotations

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
    extents = np.array([extent_of(region) for region in second], np.float64).reshape(-1, 4)
    seen: set[frozenset[Region]] = set()
    for one in first:
        for index in np.flatnonzero(_touches(extents, extent_of(one))):
            other = second[int(index)]
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
    if not len(points) or not np.isfinite(points).all():
        return EVERYWHERE
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _touches(extents: npt.NDArray[np.float64], one: Extent) -> npt.NDArray[np.bool_]:
    apart = (extents[:, 0] > one[2]) | (extents[:, 1] > one[3]) | (extents[:, 2] < one[0]) | (extents[:, 3] < one[1])
    return ~apart
