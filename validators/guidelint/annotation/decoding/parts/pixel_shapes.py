"""Numbers in pixels as shapes, or why they make none: (0, 0) is the outer corner of the top-left pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Rectangle, Shape

if TYPE_CHECKING:
    from guidelint.annotation.shape import Points
    from guidelint.annotation.tool import Tool

FARTHEST_PERCENT = 1e6
"""Farthest coordinate that is believed, of the side of the image; what leaves it by less is judged, not refused."""
COORDINATE_DECIMALS = 3
"""Decimals kept of a coordinate in pixels.

Exports round to a few places; a thousandth of a pixel undoes that, so that an outline drawn through pixel centres
passes through them again and a pixel on the outline is known to be on it.
"""
NO_SIZE = "the size of its image is not stated"
TOO_FAR = f"a coordinate is more than {FARTHEST_PERCENT:.0f} % of the image"


def outline(points: Points, image_shape: tuple[int, int]) -> Shape:
    """Make a closed outline of vertices (n, 2) as x, y."""
    if points.size == 0:
        return Malformed("polygon", "it has no vertex")
    if problem := _problem(points, image_shape):
        return Malformed("polygon", problem)
    repeated = len(points) > 1 and bool((points[0] == points[-1]).all())
    return Polygon(np.round(points[:-1] if repeated else points, COORDINATE_DECIMALS))


def box(
    corner: tuple[float, float], size: tuple[float, float], image_shape: tuple[int, int], turned: float = 0.0
) -> Shape:
    """Make a box by its top-left corner, width and height, turned clockwise about the corner by so many degrees."""
    if problem := _problem(np.array([corner, size]), image_shape):
        return Malformed("rectangle", problem)
    return Rectangle(_rounded(corner[0]), _rounded(corner[1]), _rounded(size[0]), _rounded(size[1]), turned)


def ellipse(
    centre: tuple[float, float], radii: tuple[float, float], image_shape: tuple[int, int], turned: float = 0.0
) -> Shape:
    """Make an ellipse about its centre, with radii along x and y, turned clockwise by so many degrees."""
    if problem := _problem(np.array([centre, radii]), image_shape):
        return Malformed("ellipse", problem)
    return Ellipse(_rounded(centre[0]), _rounded(centre[1]), _rounded(radii[0]), _rounded(radii[1]), turned)


def point(x: float, y: float, image_shape: tuple[int, int]) -> Shape:
    """Make a point."""
    problem = _problem(np.array([[x, y]]), image_shape)
    return Malformed("keypoint", problem) if problem else KeyPoint(_rounded(x), _rounded(y))


def malformed(tool: Tool, reason: str, image_shape: tuple[int, int]) -> Malformed:
    """Say why there is no shape: first of all, since nothing can be placed without the size of its image."""
    return Malformed(tool, NO_SIZE if 0 in image_shape else reason)


def _problem(numbers: Points, image_shape: tuple[int, int]) -> str:
    if 0 in image_shape:
        return NO_SIZE
    if not np.isfinite(numbers).all():
        return "one of its coordinates is not a number"
    rows, columns = image_shape
    farthest = np.array((columns, rows)) * (FARTHEST_PERCENT / 100)
    return TOO_FAR if (np.abs(numbers) > farthest).any() else ""


def _rounded(number: float) -> float:
    return round(number, COORDINATE_DECIMALS)
