"""Masks shrunk and grown by a radius in millimetres, and the openings and closings made of it.

The structuring set is the Euclidean disc of the radius on the grid: all pixels whose centre lies within the radius of
the centre of the middle pixel. Rows and columns may be differently far apart.
"""

from __future__ import annotations

from math import floor, isfinite, sqrt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import Mask, MaskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.geometry.spacing import Spacing

Crop = npt.NDArray[np.bool_]
SAME_LENGTH = 1e-9
"""Lengths that differ by less than this share of the radius are equal: 3 pixels of 0.4 mm are within 1.2 mm."""
MAX_FRAME_PIXELS = 2**24
"""Pixels of the largest frame, the region with the margin that the radius asks for."""
MAX_VISITS = 2**32
"""Pixels of the frame × steps of the disc; one to two seconds."""


def eroded(mask: Mask, radius_mm: float, spacing: Spacing) -> Mask:
    """Pixels whose whole disc lies in the mask; what is outside the image is not in the mask.

    Raises MaskError when region and radius are too large together, as all functions here do.
    """
    return _changed(mask, radius_mm, spacing, _erode, margins=0)


def dilated(mask: Mask, radius_mm: float, spacing: Spacing) -> Mask:
    """Pixels of the image that the disc of any pixel of the mask covers."""
    return _changed(mask, radius_mm, spacing, _dilate, margins=1)


def opened(mask: Mask, radius_mm: float, spacing: Spacing) -> Mask:
    """All discs that fit into the mask: spikes, bridges and specks narrower than the disc are gone.

    The edge of the image is the end of the mask.
    """
    return _changed(mask, radius_mm, spacing, _open, margins=0)


def closed(mask: Mask, radius_mm: float, spacing: Spacing) -> Mask:
    """Whatever no disc beside the mask reaches: gaps, dents and holes narrower than the disc are filled.

    Discs may reach beyond the image, so nothing is lost and nothing added along its edge.
    """
    return _changed(mask, radius_mm, spacing, _close, margins=1)


def _changed(
    mask: Mask,
    radius_mm: float,
    spacing: Spacing,
    change: Callable[[Crop, list[int]], Crop],
    margins: int,
) -> Mask:
    """Apply ``change`` to the pixels within the box of the mask, with so many margins as wide as the disc."""
    if not (isfinite(radius_mm) and radius_mm >= 0):
        raise ValueError(f"a radius must be a finite length from 0, not {radius_mm} mm")
    if mask.box is None:
        return mask
    down, right = _reach(radius_mm, spacing.row_mm), _reach(radius_mm, spacing.column_mm)
    rows, columns = mask.box.shape
    if not margins and (2 * down >= rows or 2 * right >= columns):
        return Mask.empty(mask.shape)
    frame_px = (rows + 2 * down * margins) * (columns + 2 * right * margins)
    if frame_px > MAX_FRAME_PIXELS or frame_px * (3 * down + 2 * right + 2) > MAX_VISITS:
        raise MaskError(f"a region of {columns:,} × {rows:,} pixels is too large for a radius of {radius_mm:g} mm")
    if not down and not right:
        return mask
    heights = [down, *(_height(step, radius_mm, spacing) for step in range(1, right + 1))]
    down, right = down * margins, right * margins
    frame = np.pad(mask.crop, ((down, down), (right, right)))
    return _clipped(change(frame, heights), mask.box.top - down, mask.box.left - right, mask.shape)


def _reach(radius_mm: float, step_mm: float) -> int:
    """How many pixels the disc reaches along an axis; more than any image has when the radius is that large."""
    return floor(min(radius_mm * (1 + SAME_LENGTH) / step_mm, 2.0**40))


def _height(right: int, radius_mm: float, spacing: Spacing) -> int:
    """How many rows the disc reaches up, so many columns to the right of its middle."""
    square = (radius_mm * (1 + SAME_LENGTH)) ** 2 - (right * spacing.column_mm) ** 2
    return floor(sqrt(max(square, 0)) / spacing.row_mm)


def _dilate(frame: Crop, heights: list[int]) -> Crop:
    """Union of the discs around all pixels of the frame, within the frame.

    ``heights``: for each number of columns from the middle of the disc, how many rows it reaches up and down.
    """
    covered = np.zeros_like(frame)
    tall, height = frame, 0
    for right in range(len(heights) - 1, -1, -1):
        while height < heights[right]:
            tall, height = _one_taller(tall), height + 1
        covered[:, right:] |= tall[:, : tall.shape[1] - right]
        covered[:, : tall.shape[1] - right] |= tall[:, right:]
    return covered


def _erode(frame: Crop, heights: list[int]) -> Crop:
    """Discs that lie in the frame and meet no pixel that is off."""
    return ~_dilate(np.pad(~frame, 1, constant_values=True), heights)[1:-1, 1:-1]


def _open(frame: Crop, heights: list[int]) -> Crop:
    return _dilate(_erode(frame, heights), heights)


def _close(frame: Crop, heights: list[int]) -> Crop:
    """Close a frame whose margin is as wide as the disc: what was on is farther than that from its edge."""
    return _erode(_dilate(frame, heights), heights)


def _one_taller(frame: Crop) -> Crop:
    """Every pixel that is on, and those above and below it."""
    taller = frame.copy()
    taller[1:] |= frame[:-1]
    taller[:-1] |= frame[1:]
    return taller


def _clipped(frame: Crop, top: int, left: int, shape: tuple[int, int]) -> Mask:
    """Mask of the part of a frame that lies in the image; the frame's first pixel stands at ``top``, ``left``."""
    above, before = max(-top, 0), max(-left, 0)
    inside = frame[above : max(shape[0] - top, 0), before : max(shape[1] - left, 0)]
    return Mask.from_crop(inside, top + above, left + before, shape)
