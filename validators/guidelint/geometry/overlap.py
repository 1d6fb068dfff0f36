"""How two masks of the same image lie to each other."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing


def intersection_px(a: Mask, b: Mask) -> int:
    """Count the pixels in both. Raises MaskError for masks of different images, as all functions here do."""
    return (a & b).area_px


def iou(a: Mask, b: Mask) -> float:
    """Pixels in both over pixels in either (Jaccard index); 1 when both are empty."""
    both = intersection_px(a, b)
    either = a.area_px + b.area_px - both
    return both / either if either else 1.0


def dice(a: Mask, b: Mask) -> float:
    """Twice the pixels in both over the sum of pixels (Dice coefficient); 1 when both are empty."""
    total = a.area_px + b.area_px
    return 2 * intersection_px(a, b) / total if total else 1.0


def contained_fraction(child: Mask, parent: Mask) -> float:
    """Share of the child's pixels that lie in the parent; 1 for an empty child, of which nothing lies outside."""
    both = intersection_px(child, parent)
    return both / child.area_px if child.area_px else 1.0


def outside_distance_mm(child: Mask, parent: Mask, spacing: Spacing) -> float:
    """How far the child sticks out of the parent: the farthest of its pixels from the nearest pixel of the parent.

    Between centres, so one pixel too many is one pixel spacing; 0 when contained, infinite when the parent is empty.
    """
    from scipy.ndimage import distance_transform_edt  # noqa: PLC0415 - heavy

    outside = child - parent
    if outside.box is None:
        return 0.0
    joint = (outside | parent).box
    if parent.box is None or joint is None:
        return inf
    background = np.ones(joint.shape, np.bool_)
    rows, columns = parent.crop.shape
    top, left = parent.box.top - joint.top, parent.box.left - joint.left
    background[top : top + rows, left : left + columns] = ~parent.crop
    away = np.asarray(distance_transform_edt(background, sampling=(spacing.row_mm, spacing.column_mm)), np.float64)
    top, left = outside.box.top - joint.top, outside.box.left - joint.left
    rows, columns = outside.crop.shape
    return float(away[top : top + rows, left : left + columns][outside.crop].max())
