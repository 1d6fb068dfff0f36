"""Outlines to masks, exactly: a pixel belongs to a shape when its centre does.

Coordinates are x (along a row), y (down a column) in pixels; the centre of pixel (row r, column c) is (c + ½, r + ½).
"""

from __future__ import annotations

from math import cos, hypot, isfinite, nan, radians, sin
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
    inner, rim = _even_odd_and_rim(corners, shape)
    if rim is None:
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
    if not isfinite(radius_x + radius_y):
        return np.full((count, 2), nan)
    return _turned(np.stack([radius_x * np.cos(angle), radius_y * np.sin(angle)], axis=1), rotation_deg, x, y)


def _turned(points: Points, rotation_deg: float, x: float, y: float) -> Points:
    """Turn points clockwise on the screen (y runs down) about (0, 0), then move by x, y; quarter turns are exact."""
    if not (isfinite(rotation_deg) and np.isfinite(points).all()):
        return np.full_like(points, nan)
    quarter = rotation_deg % 360 / 90
    if quarter.is_integer():
        cosine, sine = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarter) % 4]
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


def _even_odd_and_rim(corners: Points, shape: tuple[int, int]) -> tuple[Mask, Mask | None]:
    """Find the centres with an odd number of edges to their left, and those on the outline, which may be either way."""
    near, columns = ON_OUTLINE_PX, shape[1]
    x0, y0 = corners.T
    x1, y1 = np.concatenate([corners[1:], corners[:1]]).T
    low, high = np.minimum(y0, y1), np.maximum(y0, y1)
    edge, row = _rows_between(low - near, high + near, shape[0])
    level = high - low <= near
    slope = (x1 - x0) / np.where(level, np.inf, y1 - y0)
    left, right = np.minimum(x0, x1), np.maximum(x0, x1)
    reach = np.where(level, right - left, np.abs(slope) * near)
    y = row + 0.5
    x = x0[edge] + (y - y0[edge]) * slope[edge]
    crossed = (low[edge] <= y) & (y < high[edge])
    crossing = np.sort((row * columns + _first_centre(x, columns))[crossed])
    inner = Mask.from_runs(crossing[0::2], crossing[1::2], shape)
    # the piece of the edge within the thin strip about the row of centres runs from x − reach to x + reach
    first = np.ceil(np.maximum(x - reach[edge], left[edge]) - near - 0.5)
    last = np.floor(np.minimum(x + reach[edge], right[edge]) + near + 0.5)
    hit = last > first
    if not hit.any():
        return inner, None
    begin, end = (row[hit] * columns + np.clip(side[hit], 0, columns).astype(np.int64) for side in (first, last))
    return inner, _union(begin, end, shape)


def _union(starts: Flat, stops: Flat, shape: tuple[int, int]) -> Mask:
    """Mask of intervals in any order that may overlap."""
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(stops[order])
    fresh = np.r_[True, starts[1:] > reach[:-1]][: starts.size]
    return Mask.from_runs(starts[fresh], reach[np.r_[fresh[1:], True][: starts.size]], shape)
