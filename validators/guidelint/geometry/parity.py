"""Masks of one image laid over each other, where each takes out again what the one before had put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.mask import Mask

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_odd_number(masks: Sequence[Mask]) -> Mask:
    """Pixels in an odd number of the masks, of which there is at least one: a ring within a ring is a hole.

    Raises MaskError for masks of different images, and for too many runs.
    """
    for mask in masks[1:]:
        masks[0].check_same_image(mask)
    edges = np.sort(np.concatenate([*(mask.starts for mask in masks), *(mask.stops for mask in masks)]))
    return Mask.from_runs(edges[::2], edges[1::2], masks[0].shape)
