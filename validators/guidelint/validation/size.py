"""How large a region is, in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.region import NotMeasurable, Region
from guidelint.geometry.diameter import longest_diameter, mask_diameter_points, short_axis

if TYPE_CHECKING:
    from guidelint.annotation.shape import Points


def longest_mm(region: Region) -> float:
    """Greatest distance between two points of an outline, or two pixel corners of a mask.

    Raises NotMeasurable when there is no extent or no spacing.
    """
    return longest_diameter(_points(region), region.known_spacing).length_mm


def short_axis_mm(region: Region) -> float:
    """Longest chord perpendicular to the longest diameter. Raises NotMeasurable like ``longest_mm``."""
    return short_axis(_points(region), region.known_spacing).length_mm


def _points(region: Region) -> Points:
    points = region.outline if region.outline is not None else mask_diameter_points(region.drawn_mask)
    if not len(points):
        raise NotMeasurable("it has no extent")
    return points
