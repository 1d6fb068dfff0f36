"""Which object of one reader is which object of another: one to one, with the greatest total overlap.

Two objects may be one when their Jaccard index (IoU) is at least a threshold; of all ways to pair such objects, each
used once at most, one with the greatest sum of indices is taken. Where several have it, what the masks are decides and
never their order: neither the order of the objects nor that of the two readers changes what is paired.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from guidelint.statistics.assignment import assigned
from guidelint.statistics.overlapping import Overlapping, overlapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.geometry.mask import Mask

LEAST_IOU = 0.1
"""Enough for two outlines of one small thing, too much for two things side by side that touch."""
_Placed = tuple[tuple[int, bytes, bytes], int]


@dataclass(frozen=True, slots=True, order=True)
class Matched:
    """Two objects that are one."""

    one: int
    """Place in the first reader's sequence."""
    other: int
    """Place in the second reader's sequence."""
    iou: float
    dice: float


@dataclass(frozen=True, slots=True)
class Matching:
    """How the objects of two readers go together."""

    pairs: tuple[Matched, ...]
    """In the order of the first reader's sequence."""
    only_one: tuple[int, ...]
    """Places of the first reader's objects that are none of the second's; objects without a pixel are among them."""
    only_other: tuple[int, ...]
    """Places of the second reader's objects that are none of the first's."""


def matched(one: Sequence[Mask], other: Sequence[Mask], least_iou: float = LEAST_IOU) -> Matching:
    """Match the objects of two readers on one image; ``least_iou``: above 0, up to 1, itself included.

    Raises MaskError for masks of different images, and when too many objects lie upon each other.
    """
    if not 0 < least_iou <= 1:
        raise ValueError(f"the least overlap must be above 0 and at most 1, not {least_iou}")
    ours, theirs = _in_order(one), _in_order(other)
    if [content for content, _ in theirs] < [content for content, _ in ours]:
        found = _found(other, one, theirs, ours, least_iou).turned()
    else:
        found = _found(one, other, ours, theirs, least_iou)
    columns = (found.one.tolist(), found.other.tolist(), found.iou.tolist(), found.dice.tolist())
    pairs = sorted(Matched(*row) for row in zip(*columns, strict=True))
    only_one = _left(one, (pair.one for pair in pairs))
    return Matching(tuple(pairs), only_one, _left(other, (pair.other for pair in pairs)))


def _found(
    one: Sequence[Mask], other: Sequence[Mask], order: list[_Placed], other_order: list[_Placed], least_iou: float
) -> Overlapping:
    """Pair the objects in the order of their content, told by their places in the sequences."""
    places, others = (np.array([place for _, place in placed], np.int64) for placed in (order, other_order))
    pairs = assigned(overlapping([one[place] for place in places], [other[place] for place in others], least_iou))
    return replace(pairs, one=places[pairs.one], other=others[pairs.other])


def _in_order(masks: Sequence[Mask]) -> list[_Placed]:
    """Content and place of the objects, in the order of their content."""
    return sorted(
        ((mask.area_px, mask.starts.tobytes(), mask.stops.tobytes()), place) for place, mask in enumerate(masks)
    )


def _left(masks: Sequence[Mask], taken: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(range(len(masks))) - set(taken)))
