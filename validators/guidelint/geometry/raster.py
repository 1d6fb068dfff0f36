"""Outlines to masks, exactly: a pixel belongs to a shape when its centre does.

Coordinates are x (along a row), y (down a column) in pixels; the centre of pixel (row r, column c) is (c + ½, r + ½).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import Mask

Boundary = Literal["inside", "outside"]
"""Whether a centre exactly on the outline counts as ``inside`` or ``outside``."""
Points = npt.NDArray[np.float64]


def polygon_mask(points: Points, shape: tuple[int, int], boundary: Boundary = "inside") -> Mask:
    """Mask of a polygon (n, 2) by the even-odd rule; the last vertex is joined to the first."""
    raise NotImplementedError


def ellipse_mask(
    x: float, y: float, radius_x: float, radius_y: float, rotation_deg: float, shape: tuple[int, int], boundary: Boundary
) -> Mask:
    """Mask of an ellipse about (x, y), turned clockwise by ``rotation_deg``."""
    raise NotImplementedError


def rectangle_points(x: float, y: float, width: float, height: float, rotation_deg: float) -> Points:
    """Corners (4, 2) of a box turned clockwise about its top-left corner."""
    raise NotImplementedError


def ellipse_points(
    x: float, y: float, radius_x: float, radius_y: float, rotation_deg: float, count: int = 128
) -> Points:
    """Vertices (count, 2) on an ellipse turned clockwise about its centre."""
    raise NotImplementedError
