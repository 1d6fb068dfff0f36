"""Which regions lie close enough to share a pixel, told from their images and bounding boxes."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.annotation.shape import KeyPoint
from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Region

Extents = npt.NDArray[np.float64]
"""(n, 5): left, top, right, bottom, and which image of the task."""
COMPARED_AT_ONCE = 2**16
MOST_PAIRS = 200_000
"""So many pairs are compared: a whole slide of cells has less."""
Extent = tuple[float, float, float, float]
EVERYWHERE: Extent = (-np.inf, -np.inf, np.inf, np.inf)


def neighbours(first: Sequence[Region], second: Sequence[Region]) -> Iterator[tuple[Region, Region]]:
    """Pair regions of both lists on one image whose bounding boxes touch; a pair in both orders comes once.

    Raises NotMeasurable when that are more pairs than are compared.
    """
    same = first == second
    if not first or not second or (same and len(first) == 1):
        return
    around_second = _extents(second)
    around_first = around_second if same else _extents(first)
    seen: set[frozenset[Region]] = set()
    for index, other_index in _touching(around_first, around_second):
        one, other = first[index], second[other_index]
        pair = frozenset((one, other))
        if one is not other and pair not in seen:
            if len(seen) == MOST_PAIRS:
                raise NotMeasurable(f"more than {MOST_PAIRS} pairs of regions lie upon each other")
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


def _extents(regions: Sequence[Region]) -> Extents:
    return np.array([(*extent_of(region), region.image_index) for region in regions], np.float64)


def _touching(first: Extents, second: Extents) -> Iterator[tuple[int, int]]:
    """Pairs of positions in both, some thousand comparisons at a time."""
    left, top, right, bottom, item = second.T
    rows = max(1, COMPARED_AT_ONCE // len(second))
    for begin in range(0, len(first), rows):
        one = first[begin : begin + rows, :, None]
        apart = (left > one[:, 2]) | (top > one[:, 3]) | (right < one[:, 0]) | (bottom < one[:, 1])
        apart |= item != one[:, 4]
        for index, other in np.argwhere(~apart).tolist():
            yield begin + index, other
