"""Where a region lies: its pixels, a point having one, and its centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.shape import KeyPoint
from guidelint.geometry.mask import Mask
from guidelint.geometry.measures.form import centroid
from guidelint.geometry.memo import memo
from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from guidelint.annotation.region import Region

Place = tuple[float, float]
"""x, y in pixels."""


def pixels_of(region: Region) -> Mask:
    """Pixels of a region, excluded areas left in; a point is the pixel it stands on. Raises NotMeasurable."""
    if not isinstance(region.shape, KeyPoint):
        return region.drawn_mask
    return pixel_at((region.shape.x, region.shape.y), region.image_shape)


def pixel_at(place: Place, image_shape: tuple[int, int]) -> Mask:
    """Give the pixel at a place. Raises NotMeasurable where the image has none there."""
    rows, columns = image_shape
    column, row = (int(np.floor(value)) for value in place)
    if not (0 <= column < columns and 0 <= row < rows):
        raise NotMeasurable("the point lies outside the image")
    return Mask.from_crop(np.ones((1, 1), np.bool_), row, column, image_shape)


def centre_of(region: Region) -> Place:
    """Centre of gravity of a region, excluded areas left in; a point is its own. Raises NotMeasurable."""
    if isinstance(region.shape, KeyPoint):
        return region.shape.x, region.shape.y
    if region.drawn_mask.box is None:
        raise NotMeasurable("it has no pixels")
    return memo.ask(centroid, region.drawn_mask)
