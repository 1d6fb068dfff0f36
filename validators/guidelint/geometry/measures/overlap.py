"""How two masks of the same image lie to each other."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.kernels.choice import fast
from guidelint.geometry.mask import Box, Mask, MaskError
from guidelint.geometry.measures.surface import border_pixels, nearest_mm, pixel_places
from guidelint.geometry.memo import memo

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from guidelint.geometry.flat import Flat
    from guidelint.geometry.spacing import Spacing

_SWEPT_AT_ONCE = 62
"""One bit of a 64-bit number for every mask."""
MAX_PLACES = 2**20
"""Pixels from which distances are measured; about two seconds."""
SOON_COUNTED = 4096
"""Runs of two masks up to which compiled loops count what they share sooner than it is remembered."""
_COUNTED_DIRECTLY = 16
"""Masks up to which all their combinations are few enough to be counted one by one."""


def intersection_px(a: Mask, b: Mask) -> int:
    """Count the pixels in both. Raises MaskError for masks of different images, as all functions here do."""
    a.check_same_image(b)
    if a.box is None or b.box is None or not _meet(a.box, b.box):
        return 0
    if fast(a.starts.size + b.starts.size):
        return _compiled_px(a, b)
    few, many = (a, b) if a.starts.size <= b.starts.size else (b, a)
    return int(_pixels_before(few.stops, many).sum() - _pixels_before(few.starts, many).sum())


def _compiled_px(a: Mask, b: Mask) -> int:
    from guidelint.geometry.kernels.runs import shared_px as counted  # noqa: PLC0415 - loads numba

    return counted(a.starts, a.stops, b.starts, b.stops)


def shared_px(a: Mask, b: Mask) -> int:
    """``intersection_px``, remembered where that takes less time than to count again: rules ask it of the same two."""
    runs = a.starts.size + b.starts.size
    if runs <= SOON_COUNTED and fast(runs):
        a.check_same_image(b)
        return _compiled_px(a, b)
    first, second = (a, b) if id(a) <= id(b) else (b, a)
    return memo.ask(intersection_px, first, second)


def pairwise_intersections_px(masks: Sequence[Mask]) -> npt.NDArray[np.int64]:
    """Pixels that every two masks share, (n, n); areas on the diagonal."""
    for mask in masks[1:]:
        masks[0].check_same_image(mask)
    if len(masks) <= _SWEPT_AT_ONCE:
        return _swept(masks)
    shared = np.zeros((len(masks), len(masks)), np.int64)
    blocks = np.array_split(np.arange(len(masks)), len(masks) // (_SWEPT_AT_ONCE // 2) + 1)
    for chosen in (np.union1d(*pair) for pair in combinations_with_replacement(blocks, 2)):
        shared[np.ix_(chosen, chosen)] = _swept([masks[index] for index in chosen])
    return shared


def pairwise_iou(masks: Sequence[Mask]) -> npt.NDArray[np.float64]:
    """Jaccard index of every two masks, (n, n); 1 where both are empty."""
    shared = pairwise_intersections_px(masks)
    area = np.diagonal(shared)
    either = area[:, None] + area - shared
    return _ratios(shared, either)


def pairwise_dice(masks: Sequence[Mask]) -> npt.NDArray[np.float64]:
    """Dice coefficient of every two masks, (n, n); 1 where both are empty."""
    shared = pairwise_intersections_px(masks)
    total = np.diagonal(shared)[:, None] + np.diagonal(shared)
    return _ratios(2 * shared, total)


def iou(a: Mask, b: Mask) -> float:
    """Pixels in both over pixels in either (Jaccard index); 1 when both are empty."""
    both = shared_px(a, b)
    either = a.area_px + b.area_px - both
    return both / either if either else 1.0


def dice(a: Mask, b: Mask) -> float:
    """Twice the pixels in both over the sum of pixels (Dice coefficient); 1 when both are empty."""
    total = a.area_px + b.area_px
    return 2 * shared_px(a, b) / total if total else 1.0


def contained_fraction(child: Mask, parent: Mask) -> float:
    """Share of the child's pixels that lie in the parent; 1 for an empty child, of which nothing lies outside."""
    both = shared_px(child, parent)
    return both / child.area_px if child.area_px else 1.0


def outside_distance_mm(child: Mask, parent: Mask, spacing: Spacing) -> float:
    """How far the child sticks out of the parent: the farthest of its pixels from the nearest pixel of the parent.

    Between centres, so one pixel too many is one pixel spacing; 0 when contained, infinite when the parent is empty.
    Raises MaskError when more than ``MAX_PLACES`` pixels stick out.
    """
    return memo.ask(_outside_mm, child, parent, by=(spacing,))


def _outside_mm(child: Mask, parent: Mask, spacing: Spacing) -> float:
    outside = child - parent
    if outside.area_px > MAX_PLACES:
        raise MaskError(f"{outside.area_px:,} pixels outside are too many for this measure; {MAX_PLACES:,} are allowed")
    return float(nearest_mm(pixel_places(outside), border_pixels(parent), spacing).max(initial=0.0))


def _ratios(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Part of whole, 1 where there is no whole."""
    ratios = np.ones(part.shape)
    np.divide(part, whole, out=ratios, where=whole > 0)
    return ratios


def _meet(a: Box, b: Box) -> bool:
    return a.top < b.bottom and b.top < a.bottom and a.left < b.right and b.left < a.right


def _pixels_before(places: Flat, mask: Mask) -> Flat:
    """How many pixels of the mask lie before each flat index."""
    starts, told = mask.told_before
    run = np.searchsorted(mask.stops, places)
    before: Flat = told[run] + np.maximum(places - starts[run], 0)
    return before


def _swept(masks: Sequence[Mask]) -> npt.NDArray[np.int64]:
    """Shared pixels of every two of at most 62 masks, in one sweep over all run ends."""
    count = len(masks)
    if not any(mask.starts.size for mask in masks):
        return np.zeros((count, count), np.int64)
    sizes = [2 * mask.starts.size for mask in masks]
    ends = np.concatenate([side for mask in masks for side in (mask.starts, mask.stops)])
    ends = np.sort(ends * 64 + np.repeat(np.arange(count), sizes))
    covering = np.bitwise_xor.accumulate(np.int64(1) << (ends & 63))[:-1]
    pixels = np.diff(ends >> 6)
    if count <= _COUNTED_DIRECTLY:
        area = np.bincount(covering, pixels)
        patterns: Flat = np.flatnonzero(area > 0)
        area = area[patterns]
    else:
        patterns, kind = np.unique(covering, return_inverse=True)
        area = np.bincount(kind, pixels, patterns.size)
    member = (patterns[:, None] >> np.arange(count) & 1).astype(np.float64)
    shared: npt.NDArray[np.float64] = member.T @ (member * area[:, None])
    return shared.round().astype(np.int64)
