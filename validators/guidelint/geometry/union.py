"""Many masks of one image as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.mask import Mask
from guidelint.geometry.memo import memo

if TYPE_CHECKING:
    from collections.abc import Sequence


def united(masks: Sequence[Mask]) -> Mask:
    """Pixels in any of the masks, of which there is at least one.

    Raises MaskError for masks of different images, and for too many runs.
    """
    for mask in masks[1:]:
        masks[0].check_same_image(mask)
    return masks[0] if len(masks) == 1 else memo.ask(_laid_together, *masks)


def _laid_together(*masks: Mask) -> Mask:
    starts = np.concatenate([mask.starts for mask in masks])
    stops = np.concatenate([mask.stops for mask in masks])
    order = np.argsort(starts, kind="stable")
    starts, reached = starts[order], np.maximum.accumulate(stops[order])
    apart = starts[1:] > reached[:-1]
    first, last = np.append(True, apart)[: starts.size], np.append(apart, True)[: starts.size]
    return Mask.from_runs(starts[first], reached[last], masks[0].shape)
