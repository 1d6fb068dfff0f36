"""Bounding boxes of shapes, told from their numbers."""

from __future__ import annotations

from math import cos, hypot, inf, isfinite, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.annotation.shape import Ellipse, Points
    from guidelint.geometry.mask import Box

Extent = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
EVERYWHERE: Extent = (-inf, -inf, inf, inf)
"""Of what there is nothing to tell it from."""


def around_points(points: Points) -> Extent:
    """Box of points (n, 2) as x, y."""
    if not len(points):
        return EVERYWHERE
    return _between(*points.min(axis=0).tolist(), *points.max(axis=0).tolist())


def around_box(x: float, y: float, width: float, height: float) -> Extent:
    """Box of a rectangle that is not turned."""
    return _between(min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height))


def around_ellipse(oval: Ellipse) -> Extent:
    """Box of an ellipse."""
    turn = radians(oval.rotation_deg) if isfinite(oval.rotation_deg) else inf
    if not isfinite(turn):
        return EVERYWHERE
    wide = hypot(oval.radius_x * cos(turn), oval.radius_y * sin(turn))
    high = hypot(oval.radius_x * sin(turn), oval.radius_y * cos(turn))
    return _between(oval.x - wide, oval.y - high, oval.x + wide, oval.y + high)


def around_pixels(box: Box | None) -> Extent:
    """Box of a mask."""
    return EVERYWHERE if box is None else (float(box.left), float(box.top), float(box.right), float(box.bottom))


def _between(left: float, top: float, right: float, bottom: float) -> Extent:
    # a coordinate that is no number is both the least and the greatest
    return (left, top, right, bottom) if isfinite(left + top) and isfinite(right + bottom) else EVERYWHERE
