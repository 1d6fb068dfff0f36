"""How far a border lies outside or inside a reference, and how far two masks lie apart.

The border of a mask are its pixels with an edge neighbour outside (the image edge is outside); distances run between
pixel centres, so a mask grown by one pixel lies one pixel spacing outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.overlap import intersection_px
from guidelint.geometry.measures.surface import ON_THE_LIMIT, Pixels, border_pixels, has_pixels, nearest_mm

if TYPE_CHECKING:
    from guidelint.geometry.spacing import Spacing

Lengths = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class BorderDistances:
    """For every border pixel of a mask the distance to the nearest border pixel of the reference, with a sign.

    Positive outside the reference, negative inside, 0 on its border.
    """

    signed_mm: Lengths
    """In reading order of the border pixels, (n,)."""
    places: Pixels
    """Row and column of the border pixels, (n, 2)."""

    @property
    def outermost_mm(self) -> float:
        """Largest signed distance: how far the border lies outside at most; negative when all of it lies inside."""
        return float(self.signed_mm.max())

    @property
    def innermost_mm(self) -> float:
        """Smallest signed distance: how far the border lies inside at most, as a negative number."""
        return float(self.signed_mm.min())

    @property
    def mean_mm(self) -> float:
        """Mean signed distance: outlines that are drawn too wide have a positive one, too tight a negative one."""
        return float(self.signed_mm.mean())

    @property
    def median_mm(self) -> float:
        """Median signed distance, which a single excursion does not move."""
        return float(np.median(self.signed_mm))

    def share_within(self, low_mm: float, high_mm: float) -> float:
        """Share of the border pixels whose signed distance lies between two limits, both included, 0 to 1."""
        low, high = low_mm - abs(low_mm) * ON_THE_LIMIT, high_mm + abs(high_mm) * ON_THE_LIMIT
        return float(np.mean((self.signed_mm >= low) & (self.signed_mm <= high)))


def border_distances(mask: Mask, reference: Mask, spacing: Spacing) -> BorderDistances:
    """Signed distances from the border of a mask to the border of a reference in the same image.

    Raises MaskError for different images and when either is empty: what is not there has no border.
    """
    mask.check_same_image(reference)
    if mask.box is None or reference.box is None:
        raise MaskError("an empty mask has no border to measure from")
    places = border_pixels(mask)
    away = nearest_mm(places, border_pixels(reference), spacing)
    inside = has_pixels(reference, places)
    return BorderDistances(np.where(inside, 0.0 - away, away) + 0.0, places)


def minimal_distance_mm(a: Mask, b: Mask, spacing: Spacing) -> float:
    """Smallest distance between a pixel of one mask and a pixel of the other.

    Between centres: 0 when they share a pixel, one pixel spacing when they touch; infinite when either is empty.
    Raises MaskError for different images.
    """
    if intersection_px(a, b):
        return 0.0
    if a.box is None or b.box is None:
        return inf
    few, many = sorted((border_pixels(a), border_pixels(b)), key=len)
    return _smallest_mm(many, few, spacing)


def _smallest_mm(places: Pixels, others: Pixels, spacing: Spacing) -> float:
    """Smallest distance from any of the places (n, 2) to any of the others (m, 2), both as row and column."""
    enough = nearest_mm(places[:: len(places) // 100 + 1], others, spacing).min()
    # what is no nearer than the nearest of some places need not be found
    return float(min(enough, nearest_mm(places, others, spacing, within_mm=enough).min()))
