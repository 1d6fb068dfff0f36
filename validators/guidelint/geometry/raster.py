"""Outlines to masks, exactly: a pixel belongs to a shape when its centre does.

Coordinates are x (along a row), y (down a column) in pixels; the centre of pixel (row r, column c) is (c + ½, r + ½).
"""

from __future__ import annotations

from math import cos, hypot, radians, sin
from typing import Literal

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import Flat, Mask, MaskError

Boundary = Literal["inside", "outside"]
"""Whether a centre exactly on the outline counts as ``inside`` or ``outside``."""
Points = npt.NDArray[np.float64]

ON_OUTLINE_PX = 1e-3
"""A centre this near to the outline (in x and in y) is on it: coordinates given in rounded percent are no better."""
MAX_COORDINATE_PX = 1e7
MAX_CROSSINGS = 2_000_000
"""Rows crossed by all edges together; bounds time and memory, far above what a hand can draw."""


def polygon_mask(points: Points, shape: tuple[int, int], boundary: Boundary = "inside") -> Mask:
    """Mask of a polygon (n, 2) by the even-odd rule; the last vertex is joined to the first.

    ``shape`` is rows, columns. Raises MaskError for coordinates that are not finite or too many crossings.
    """
    corners = _checked(points)
    if len(corners) == 0 or 0 in shape:
        return Mask.empty(shape)
    inner = _even_odd(corners, shape)
    rim = _rim(corners, shape)
    if rim.starts.size == 0:
        return inner
    return inner | rim if boundary == "inside" else inner - rim


def ellipse_mask(  # noqa: PLR0917 - an ellipse has five numbers
    x: float,
    y: float,
    radius_x: float,
    radius_y: float,
    rotation_deg: float,
    shape: tuple[int, int],
    boundary: Boundary,
) -> Mask:
    """Mask of an ellipse about (x, y), turned clockwise by ``rotation_deg``; radii are pixels along its own axes.

    ``shape`` is rows, columns. Raises MaskError for numbers that are not finite and for negative radii.
    """
    _checked(np.array([[x, y], [radius_x, radius_y], [rotation_deg, 0.0]]))
    if min(radius_x, radius_y) < 0:
        raise MaskError(f"an ellipse cannot have a negative radius ({radius_x:g} × {radius_y:g} pixels)")
    grown = ON_OUTLINE_PX if boundary == "inside" else -ON_OUTLINE_PX
    a, b = radius_x + grown, radius_y + grown
    if min(a, b) <= 0 or 0 in shape:
        return Mask.empty(shape)
    turn = radians(rotation_deg)
    reach = hypot(a * sin(turn), b * cos(turn))
    rows = _rows_between(np.array([y - reach]), np.array([y + reach]), shape[0])[1]
    dy = rows + 0.5 - y
    # (dx, dy) turned back by the rotation lies on the unit circle after division by the radii: a quadratic in dx
    square = (cos(turn) / a) ** 2 + (sin(turn) / b) ** 2
    middle = -sin(turn) * cos(turn) * (1 / a**2 - 1 / b**2) * dy / square
    half = np.sqrt(np.maximum(square - (dy / (a * b)) ** 2, 0.0)) / square
    first = _first_centre(x + middle - half, shape[1])
    return Mask.from_runs(rows * shape[1] + first, rows * shape[1] + _first_centre(x + middle + half, shape[1]), shape)


def rectangle_points(x: float, y: float, width: float, height: float, rotation_deg: float) -> Points:
    """Corners (4, 2) of a box turned clockwise about its top-left corner."""
    corners = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
    return _turned(corners, rotation_deg, x, y)


def ellipse_points(  # noqa: PLR0917 - an ellipse has five numbers
    x: float, y: float, radius_x: float, radius_y: float, rotation_deg: float, count: int = 128
) -> Points:
    """Vertices (count, 2) on an ellipse turned clockwise about its centre."""
    angle = np.arange(count) * (2 * np.pi / count)
    return _turned(np.stack([radius_x * np.cos(angle), radius_y * np.sin(angle)], axis=1), rotation_deg, x, y)


def _turned(points: Points, rotation_deg: float, x: float, y: float) -> Points:
    """Turn points clockwise on the screen (y runs down) about (0, 0), then move by x, y; quarter turns are exact."""
    quarter = rotation_deg % 360 / 90
    if quarter == int(quarter):
        cosine, sine = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarter)]
    else:
        cosine, sine = cos(radians(rotation_deg)), sin(radians(rotation_deg))
    return np.stack(
        [points[:, 0] * cosine - points[:, 1] * sine + x, points[:, 0] * sine + points[:, 1] * cosine + y], axis=1
    )


def _checked(points: Points) -> Points:
    corners = np.asarray(points, np.float64).reshape(-1, 2)
    if not np.isfinite(corners).all():
        raise MaskError("a coordinate is not a finite number")
    if corners.size and np.abs(corners).max() > MAX_COORDINATE_PX:
        raise MaskError(f"a coordinate is more than {MAX_COORDINATE_PX:,.0f} pixels from the image")
    return corners


def _first_centre(x: npt.NDArray[np.float64], columns: int) -> Flat:
    """First column whose centre is at x or right of it, from 0 to ``columns``."""
    return np.clip(np.ceil(x - 0.5), 0, columns).astype(np.int64)


def _rows_between(top: npt.NDArray[np.float64], bottom: npt.NDArray[np.float64], rows: int) -> tuple[Flat, Flat]:
    """For each pair every row whose centre y satisfies top ≤ y < bottom: index of the pair, row."""
    first, last = _first_centre(top, rows), _first_centre(bottom, rows)
    count = np.maximum(last - first, 0)
    total = int(count.sum())
    if total > MAX_CROSSINGS:
        raise MaskError(f"the outline crosses {total:,} pixel rows; more than {MAX_CROSSINGS:,} are not evaluated")
    pair = np.repeat(np.arange(count.size), count)
    return pair, np.arange(total) - np.repeat(np.cumsum(count) - count - first, count)


def _even_odd(corners: Points, shape: tuple[int, int]) -> Mask:
    """Centres with an odd number of edges to their left; centres on the outline fall on either side."""
    x0, y0 = corners.T
    x1, y1 = np.roll(corners, -1, axis=0).T
    edge, row = _rows_between(np.minimum(y0, y1), np.maximum(y0, y1), shape[0])
    share = (row + 0.5 - y0[edge]) / (y1 - y0)[edge]
    crossing = np.sort(row * shape[1] + _first_centre(x0[edge] + share * (x1 - x0)[edge], shape[1]))
    return Mask.from_runs(crossing[0::2], crossing[1::2], shape)


def _rim(corners: Points, shape: tuple[int, int]) -> Mask:
    """Centres on the outline, up to ``ON_OUTLINE_PX`` in x and in y."""
    near = ON_OUTLINE_PX
    x0, y0 = corners.T
    x1, y1 = np.roll(corners, -1, axis=0).T
    edge, row = _rows_between(np.minimum(y0, y1) - near, np.maximum(y0, y1) + near, shape[0])
    x0, y0, dx, dy = x0[edge], y0[edge], (x1 - x0)[edge], (y1 - y0)[edge]
    level = np.abs(dy) <= near
    slope = np.where(level, 1.0, dy)
    # the piece of the edge within the thin strip about the row of centres
    begin = np.where(level, 0.0, np.clip((row + 0.5 - near - y0) / slope, 0, 1))
    end = np.where(level, 1.0, np.clip((row + 0.5 + near - y0) / slope, 0, 1))
    xa, xb = x0 + begin * dx, x0 + end * dx
    first = _first_centre(np.minimum(xa, xb) - near, shape[1])
    last = np.clip(np.floor(np.maximum(xa, xb) + near + 0.5), 0, shape[1]).astype(np.int64)
    hit = last > first
    return _union(row[hit] * shape[1] + first[hit], row[hit] * shape[1] + last[hit], shape)


def _union(starts: Flat, stops: Flat, shape: tuple[int, int]) -> Mask:
    """Mask of intervals in any order that may overlap."""
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(stops[order])
    fresh = np.r_[True, starts[1:] > reach[:-1]][: starts.size]
    return Mask.from_runs(starts[fresh], reach[np.r_[fresh[1:], True][: starts.size]], shape)
