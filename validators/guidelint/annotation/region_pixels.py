"""The grey values under a region, and how much of it lies on the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.memo import memo
from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.geometry.mask import Box
    from guidelint.imaging.pixels.grey import Grey, Values


def values_under(region: Region) -> Values:
    """Grey values (n,) of the pixels of a region, NaN where there is only padding. Raises NotMeasurable."""
    grey, box = _seen(region)
    return np.asarray(grey.within(box)[region.mask.crop], np.float64)


def share_on_body(region: Region) -> float:
    """Share of the pixels of a region that show the body. Raises NotMeasurable."""
    return memo.ask(_share_on_body, region)


def _share_on_body(region: Region) -> float:
    _, box = _seen(region)
    body, step = region.pixels.body
    rows, columns = (np.arange(first, last) // step for first, last in ((box.top, box.bottom), (box.left, box.right)))
    return float(body[np.ix_(rows, columns)][region.mask.crop].mean())


def _seen(region: Region) -> tuple[Grey, Box]:
    """Give the image and the box around the region, where both are of one size. Raises NotMeasurable."""
    box = region.mask.box
    if box is None:
        raise NotMeasurable("it has no pixels")
    grey = region.pixels.grey
    if grey.shape != region.image_shape:
        (rows, columns), (drawn_rows, drawn_columns) = grey.shape, region.image_shape
        raise NotMeasurable(
            f"it was drawn on {drawn_columns} × {drawn_rows} pixels, and {grey.source} has {columns} × {rows}"
        )
    return grey, box
