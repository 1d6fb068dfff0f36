"""Masks that lie within each other so much that comparing them would take without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from guidelint.geometry.mask import Mask

MOST_COMPARED = 5_000_000
"""Most runs that are looked at when all pairs of masks whose boxes meet are compared."""


def entangled(masks: Sequence[Mask]) -> str:
    """Say why the masks of one image are not compared; empty: they can be."""
    boxes = np.array([(box.top, box.left, box.bottom, box.right) for one in masks if (box := one.box)], np.int64)
    runs = np.array([one.starts.size for one in masks if one.box], np.int64)
    compared = sum(int(runs[_meeting(boxes, number)].sum()) for number in range(len(boxes)))
    if compared > MOST_COMPARED:
        within = f"its {len(masks):,} regions lie so much within each other that {compared:,} runs of pixels meet"
        return f"{within}; more than {MOST_COMPARED:,} are not compared"
    return ""


def _meeting(boxes: npt.NDArray[np.int64], number: int) -> npt.NDArray[np.bool_]:
    """Find the boxes that share a pixel with one, itself among them."""
    top, left, bottom, right = boxes[number].tolist()
    reach = (boxes[:, 0] < bottom, boxes[:, 1] < right, boxes[:, 2] > top, boxes[:, 3] > left)
    meeting: npt.NDArray[np.bool_] = np.logical_and.reduce(reach)
    return meeting
