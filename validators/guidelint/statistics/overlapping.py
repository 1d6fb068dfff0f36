"""Objects of two readers that share enough pixels to be one, found without comparing every two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.overlap import intersection_px

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BOXES = 2**28
"""Pairs of bounding boxes that are compared; about two seconds."""
MAX_PAIRS = 2**17
"""Pairs of objects whose boxes meet, and whose pixels are compared; about four seconds."""
MAX_RUNS = 2**26
"""Runs of the masks of all those pairs; about two seconds."""
AT_ONCE = 64
"""Objects whose boxes are compared with those of others on the same rows."""
_ROUNDING = 1e-9
"""Relative: room for a threshold that is no binary number; what it lets through is looked at pixel by pixel."""
Whole = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Overlapping:
    """Pairs of objects that may be one, each array (n,)."""

    one: Whole
    """Places in the first sequence."""
    other: Whole
    """Places in the second."""
    iou: npt.NDArray[np.float64]
    dice: npt.NDArray[np.float64]

    def at(self, chosen: Chosen | Whole) -> Overlapping:
        """Keep the chosen pairs only."""
        return Overlapping(self.one[chosen], self.other[chosen], self.iou[chosen], self.dice[chosen])

    def turned(self) -> Overlapping:
        """Put the second sequence first."""
        return Overlapping(self.other, self.one, self.iou, self.dice)


def overlapping(one: Sequence[Mask], other: Sequence[Mask], least_iou: float) -> Overlapping:
    """Find the pairs whose Jaccard index is at least ``least_iou``, which is above 0.

    Raises MaskError for masks of different images, and when too many objects lie upon each other.
    """
    first, second = _possible(one, other, least_iou)
    both = np.array(
        [intersection_px(one[a], other[b]) for a, b in zip(first.tolist(), second.tolist(), strict=True)], np.int64
    )
    total = _areas(one)[first] + _areas(other)[second]
    pairs = Overlapping(first, second, both / (total - both), 2 * both / total)
    return pairs.at(pairs.iou >= least_iou)


def _possible(one: Sequence[Mask], other: Sequence[Mask], least_iou: float) -> tuple[Whole, Whole]:
    """Places of the pairs whose boxes and areas allow so much overlap, in order."""
    if len(one) * len(other) > MAX_BOXES:
        raise MaskError(f"{len(one):,} and {len(other):,} objects are too many to be compared")
    pairs = boxes_meeting(_boxes(one), _boxes(other))
    areas, other_areas = _areas(one)[pairs[:, 0]], _areas(other)[pairs[:, 1]]
    pairs = pairs[np.minimum(areas, other_areas) >= least_iou * (1 - _ROUNDING) * np.maximum(areas, other_areas)]
    runs = _runs(one)[pairs[:, 0]].sum() + _runs(other)[pairs[:, 1]].sum()
    _refuse_too_many(int(runs), MAX_RUNS, "runs of pixels of objects lie upon each other")
    return pairs[:, 0], pairs[:, 1]


def boxes_meeting(boxes: Whole, others: Whole) -> Whole:
    """Places (k, 2) of every two boxes (top, left, bottom, right) that share a pixel, in order."""
    filled, by_top = (np.flatnonzero(sides[:, 2] > sides[:, 0]) for sides in (boxes, others))
    filled = filled[np.argsort(boxes[filled, 0], kind="stable")]
    by_top = by_top[np.argsort(others[by_top, 0], kind="stable")]
    tops, lowest = others[by_top, 0], np.maximum.accumulate(others[by_top, 2])
    found: list[Whole] = [np.empty((0, 2), np.int64)]
    for begin in range(0, filled.size, AT_ONCE):
        part = filled[begin : begin + AT_ONCE]
        # those before end above all of the part, those after begin below
        first = np.searchsorted(lowest, boxes[part, 0].min(), side="right")
        near = by_top[first : np.searchsorted(tops, boxes[part, 2].max(), side="left")]
        one, other = np.nonzero(_meet(boxes[part], others[near]))
        found.append(np.stack([part[one], near[other]], axis=1))
        _refuse_too_many(sum(map(len, found)), MAX_PAIRS, "pairs of objects lie upon each other")
    pairs = np.concatenate(found)
    ordered: Whole = pairs[np.lexsort(pairs.T[::-1])]
    return ordered


def _meet(boxes: Whole, others: Whole) -> Chosen:
    """Whether two boxes share a pixel, (n, m)."""
    top, left, bottom, right = boxes.T[:, :, None]
    met: Chosen = (top < others[:, 2]) & (others[:, 0] < bottom) & (left < others[:, 3]) & (others[:, 1] < right)
    return met


def _boxes(masks: Sequence[Mask]) -> Whole:
    """Top, left, bottom, right (n, 4); nothing for a mask without a pixel."""
    sides = [(box.top, box.left, box.bottom, box.right) if (box := mask.box) else (0, 0, 0, 0) for mask in masks]
    return np.array(sides, np.int64).reshape(-1, 4)


def _areas(masks: Sequence[Mask]) -> Whole:
    return np.array([mask.area_px for mask in masks], np.int64)


def _runs(masks: Sequence[Mask]) -> Whole:
    return np.array([mask.starts.size for mask in masks], np.int64)


def _refuse_too_many(count: int, most: int, what: str) -> None:
    if count > most:
        raise MaskError(f"more than {most:,} {what}: too many to be compared")
