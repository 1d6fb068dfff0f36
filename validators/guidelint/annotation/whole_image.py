"""Regions that are the whole image: they look the same on every image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.tool import ENCLOSING

if TYPE_CHECKING:
    from guidelint.annotation.region import Region

_REACHES_PX = 0.5
"""An outline that ends so near to the border of the image leaves no pixel out."""


def is_whole_image(region: Region) -> bool:
    """Whether every pixel of the image belongs to the region. Raises NotMeasurable when it has no mask."""
    rows, columns = region.image_shape
    if region.tool not in ENCLOSING or not _reaches_all_borders(region, rows, columns):
        return False
    return region.drawn_mask.area_px == rows * columns


def _reaches_all_borders(region: Region, rows: int, columns: int) -> bool:
    outline = region.outline
    if outline is None:
        return True
    (left, top), (right, bottom) = outline.min(axis=0, initial=columns), outline.max(axis=0, initial=0)
    ends = (left, top, columns - right, rows - bottom)
    return all(end <= _REACHES_PX for end in ends)
