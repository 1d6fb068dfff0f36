"""How large the area of a shape can be, by its diameters."""

from __future__ import annotations

from math import asin, inf, pi, sqrt


def largest_area(longest: float, short_axis: float = inf) -> float:
    """Give the largest area of a shape whose diameters are at most so long.

    Of all shapes of one longest diameter the disc is the largest (the isodiametric inequality). Where no chord
    perpendicular to that diameter may be longer than the short axis, it is the disc between two parallels at that
    distance: making a shape symmetric about either axis (Steiner) leaves its area and lengthens neither.
    """
    if longest == inf:
        return inf
    if short_axis >= longest:
        return pi / 4 * longest**2
    share = short_axis / longest
    return longest**2 / 2 * (asin(share) + share * sqrt(1 - share**2))


def largest_marked_area(longest: float, short_axis: float = inf, *, pixel: float) -> float:
    """Give the largest area that is measured of a region: its mask may reach half a pixel beyond an outline."""
    beyond = sqrt(2) * pixel
    return largest_area(longest + beyond, short_axis + beyond)


PIXEL_MM = 1.0
"""Side of a pixel in mm, where no larger one is allowed."""
