"""How large a region is, in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.region import NotMeasurable, Region
from guidelint.geometry.diameter import longest_diameter, mask_diameter_points, short_axis

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.annotation.shape import Points
    from guidelint.geometry.diameter import Diameter
    from guidelint.geometry.spacing import Spacing


def longest_mm(region: Region) -> float:
    """Greatest distance between two points of an outline, or two pixel corners of a mask.

    Raises NotMeasurable when there is no extent or no spacing.
    """
    return _once(region, longest_diameter)


def short_axis_mm(region: Region) -> float:
    """Longest chord perpendicular to the longest diameter. Raises NotMeasurable like ``longest_mm``."""
    return _once(region, short_axis)


def _once(region: Region, diameter: Callable[[Points, Spacing], Diameter]) -> float:
    name = diameter.__name__
    if name not in region.measured_mm:
        region.measured_mm[name] = diameter(_points(region), region.known_spacing).length_mm
    return region.measured_mm[name]


def _points(region: Region) -> Points:
    points = region.outline if region.outline is not None else mask_diameter_points(region.drawn_mask)
    if not len(points):
        raise NotMeasurable("it has no extent")
    if not np.isfinite(points).all():
        raise NotMeasurable("one of its coordinates is not a number")
    return points
