"""Which regions lie close enough to share a pixel, told from their images and bounding boxes."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Region

Extents = npt.NDArray[np.float64]
"""(n, 5): left, top, right, bottom, and which image of the task."""
COMPARED_AT_ONCE = 2**16
GIVEN_AT_ONCE = 2**12
"""So many pairs become numbers of Python at a time, each of which takes some ten times the memory."""
MOST_PAIRS = 200_000
"""So many pairs are compared: a whole slide of cells has less."""
FEW = 8
"""Regions up to which every two are compared one by one, which takes less time than making arrays of them."""


def neighbours(
    first: Sequence[Region], second: Sequence[Region], *, one_grid: bool = False
) -> Iterator[tuple[Region, Region]]:
    """Pair regions of both lists on one image whose bounding boxes touch; a pair in both orders comes once.

    ``one_grid``: all images show the same pixels, so that what lies on two of them is compared as well.
    Raises NotMeasurable when that are more pairs than are compared.
    """
    pairs = _within(first, one_grid=one_grid) if first == second else _between(first, second, one_grid=one_grid)
    for count, pair in enumerate(pairs):
        if count == MOST_PAIRS:
            raise NotMeasurable(f"more than {MOST_PAIRS} pairs of regions lie upon each other")
        yield pair


def _within(regions: Sequence[Region], *, one_grid: bool) -> Iterator[tuple[Region, Region]]:
    """Pair each region with those behind it: nothing needs to be remembered of so many pairs."""
    if len(regions) <= FEW:
        yield from (
            (one, other) for one, other in combinations(regions, 2) if not _apart(one, other, one_grid=one_grid)
        )
        return
    extents = _extents(regions, one_grid=one_grid)
    for index, other_index in _touching_of_many(extents, extents, same=True):
        yield regions[index], regions[other_index]


def _between(first: Sequence[Region], second: Sequence[Region], *, one_grid: bool) -> Iterator[tuple[Region, Region]]:
    """Pair the regions of two lists; only regions that are in both can be met in both orders."""
    in_both = {*first} & {*second}
    seen: set[frozenset[Region]] = set()
    for one, other in _touching(first, second, one_grid=one_grid) if first and second else ():
        if one in in_both and other in in_both:
            pair = frozenset((one, other))
            if one is other or pair in seen:
                continue
            seen.add(pair)
        yield one, other


def _extents(regions: Sequence[Region], *, one_grid: bool) -> Extents:
    return np.array([(*region.extent, 0 if one_grid else region.image_index) for region in regions], np.float64)


def _touching(first: Sequence[Region], second: Sequence[Region], *, one_grid: bool) -> Iterator[tuple[Region, Region]]:
    if len(first) <= FEW and len(second) <= FEW:
        yield from ((one, other) for one in first for other in second if not _apart(one, other, one_grid=one_grid))
        return
    for index, other_index in _touching_of_many(
        _extents(first, one_grid=one_grid), _extents(second, one_grid=one_grid), same=False
    ):
        yield first[index], second[other_index]


def _apart(one: Region, other: Region, *, one_grid: bool) -> bool:
    left, top, right, bottom = one.extent
    other_left, other_top, other_right, other_bottom = other.extent
    return (
        other_left > right
        or left > other_right
        or other_top > bottom
        or top > other_bottom
        or (not one_grid and one.image_index != other.image_index)
    )


def _touching_of_many(first: Extents, second: Extents, *, same: bool) -> Iterator[tuple[int, int]]:
    """Pairs of positions in both, some thousand comparisons at a time; of one list with itself each pair once."""
    rows = max(1, COMPARED_AT_ONCE // len(second))
    for begin in range(0, len(first), rows):
        skipped = begin if same else 0
        left, top, right, bottom, item = second[skipped:].T
        one = first[begin : begin + rows, :, None]
        apart = (left > one[:, 2]) | (top > one[:, 3]) | (right < one[:, 0]) | (bottom < one[:, 1])
        apart |= item != one[:, 4]
        touching = np.triu(~apart, 1) if same else ~apart
        index, other = np.nonzero(touching)
        for part in range(0, len(index), GIVEN_AT_ONCE):
            given = slice(part, part + GIVEN_AT_ONCE)
            yield from zip((index[given] + begin).tolist(), (other[given] + skipped).tolist(), strict=True)
