"""Outlines to masks, exactly: a pixel belongs to a shape when its centre does.

Coordinates are x (along a row), y (down a column) in pixels; the centre of pixel (row r, column c) is (c + ½, r + ½).
"""

from __future__ import annotations

from math import ceil, cos, hypot, isfinite, nan, radians, sin
from typing import Literal

import numpy as np
import numpy.typing as npt

from guidelint.geometry.flat import SURELY, Flat
from guidelint.geometry.kernels.choice import fast, spent
from guidelint.geometry.mask import EITHER, ONLY_HERE, Mask, MaskError

Boundary = Literal["inside", "outside"]
"""Whether a centre exactly on the outline counts as ``inside`` or ``outside``."""
Points = npt.NDArray[np.float64]
Runs = tuple[Flat, Flat]

ON_OUTLINE_PX = 1e-3
"""A centre this near to the outline (in x and in y) is on it: coordinates given in rounded percent are no better."""
MAX_COORDINATE_PX = 1e7
MAX_CROSSINGS = 2_000_000
"""Rows crossed by all edges together; bounds time and memory, far above what a hand can draw."""


def polygon_mask(points: Points, shape: tuple[int, int], boundary: Boundary = "inside") -> Mask:
    """Mask of a polygon (n, 2) by the even-odd rule; the last vertex is joined to the first.

    ``shape`` is rows, columns. Raises MaskError for coordinates that are not finite or too many crossings.
    """
    if fast(len(points)) and 0 not in shape:
        from guidelint.geometry.kernels.outlines import polygon_runs  # noqa: PLC0415 - loads numba

        given = np.ascontiguousarray(points, np.float64).reshape(-1, 2)
        wanted = EITHER if boundary == "inside" else ONLY_HERE
        done, starts, stops = polygon_runs(given, *shape, ON_OUTLINE_PX, wanted, MAX_COORDINATE_PX, MAX_CROSSINGS)
        if done:
            return Mask(starts, stops, shape)
    corners = _checked(points)
    if len(corners) == 0 or 0 in shape:
        return Mask.empty(shape)
    (starts, stops), (rim, rim_stops) = _centres(corners, shape)
    spent.add(starts.size)
    if rim.size and boundary == "inside":
        return _union(np.concatenate([starts, rim]), np.concatenate([stops, rim_stops]), shape)
    inner = _joined(starts, stops, shape)
    return inner - _union(rim, rim_stops, shape) if rim.size else inner


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

    ``shape`` is rows, columns. Raises MaskError for numbers that are not finite, for negative radii and for too
    many rows.
    """
    _check_numbers(x, y, radius_x, radius_y, rotation_deg)
    if min(radius_x, radius_y) < 0:
        raise MaskError(f"an ellipse cannot have a negative radius ({radius_x:g} × {radius_y:g} pixels)")
    grown = ON_OUTLINE_PX if boundary == "inside" else -ON_OUTLINE_PX
    a, b = radius_x + grown, radius_y + grown
    if min(a, b) <= 0 or 0 in shape:
        return Mask.empty(shape)
    turn = radians(rotation_deg)
    reach = hypot(a * sin(turn), b * cos(turn))
    top, bottom = (min(max(ceil(edge - 0.5), 0), shape[0]) for edge in (y - reach, y + reach))
    # (dx, dy) turned back by the rotation lies on the unit circle after division by the radii: a quadratic in dx
    square = (cos(turn) / a) ** 2 + (sin(turn) / b) ** 2
    slope = -sin(turn) * cos(turn) * (1 / a**2 - 1 / b**2)
    if fast(shape[0]) and bottom - top <= MAX_CROSSINGS:
        from guidelint.geometry.kernels.ellipses import ellipse_runs  # noqa: PLC0415 - loads numba

        return Mask(*ellipse_runs(x, y, square, slope, a * b, top, bottom, shape[1]), shape)
    _, rows = _rows_from(np.array([top]), np.array([bottom]))
    dy = rows + 0.5 - y
    middle = slope * dy / square
    half = np.sqrt(np.maximum(square - (dy / (a * b)) ** 2, 0.0)) / square
    first = _first_centre(x + middle - half, shape[1])
    return Mask.from_runs(rows * shape[1] + first, rows * shape[1] + _first_centre(x + middle + half, shape[1]), shape)


def rectangle_points(x: float, y: float, width: float, height: float, rotation_deg: float) -> Points:
    """Corners (4, 2) of a box turned clockwise about its top-left corner."""
    if not all(map(isfinite, (rotation_deg, width, height))):
        return np.full((4, 2), nan)
    cosine, sine = _turn(rotation_deg)
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    return np.array([(a * cosine - b * sine + x, a * sine + b * cosine + y) for a, b in corners])


def ellipse_points(  # noqa: PLR0917 - an ellipse has five numbers
    x: float, y: float, radius_x: float, radius_y: float, rotation_deg: float, count: int = 128
) -> Points:
    """Vertices (count, 2) on an ellipse turned clockwise about its centre."""
    angle = np.arange(count) * (2 * np.pi / count)
    if not all(map(isfinite, (rotation_deg, radius_x, radius_y))):
        return np.full((count, 2), nan)
    cosine, sine = _turn(rotation_deg)
    a, b = radius_x * np.cos(angle), radius_y * np.sin(angle)
    return np.stack([a * cosine - b * sine + x, a * sine + b * cosine + y], axis=1)


def _turn(rotation_deg: float) -> tuple[float, float]:
    """Cosine and sine of a turn clockwise on the screen, where y runs down; quarter turns are exact."""
    quarter = rotation_deg % 360 / 90
    if quarter.is_integer():
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarter) % 4]
    return cos(radians(rotation_deg)), sin(radians(rotation_deg))


def _check_numbers(*numbers: float) -> None:
    """Raise MaskError like ``_checked``, without making an array of them."""
    if not all(map(isfinite, numbers)) or max(map(abs, numbers)) > MAX_COORDINATE_PX:
        _checked(np.array([numbers, numbers]))


def _checked(points: Points) -> Points:
    corners = np.asarray(points, np.float64).reshape(-1, 2)
    farthest = np.abs(corners).max(initial=0.0)
    if not isfinite(farthest):
        raise MaskError("a coordinate is not a finite number")
    if farthest > MAX_COORDINATE_PX:
        raise MaskError(f"a coordinate is more than {MAX_COORDINATE_PX:,.0f} pixels from the image")
    return corners


def _first_centre(x: npt.NDArray[np.float64], columns: int) -> Flat:
    """First column whose centre is at x or right of it, from 0 to ``columns``."""
    return _within(np.ceil(x - 0.5), columns)


def _rows_from(first: Flat, last: Flat) -> tuple[Flat, Flat]:
    """For each pair every row from ``first`` to before ``last``, which is not less: index of the pair, row."""
    count = last - first
    after = count.cumsum()
    total = int(after[-1])
    if total > MAX_CROSSINGS:
        raise MaskError(f"the outline crosses {total:,} pixel rows; more than {MAX_CROSSINGS:,} are not evaluated")
    pair = np.arange(count.size).repeat(count)
    row: Flat = np.arange(total) - (after - count - first).take(pair)
    return pair, row


def _centres(corners: Points, shape: tuple[int, int]) -> tuple[Runs, Runs]:
    """Intervals of the centres with an odd number of edges to their left, and of those on the outline.

    The first are ascending and disjoint; the second come in any order and may overlap, and may be in the first or not.
    Some of either hold nothing.
    """
    near, columns = ON_OUTLINE_PX, shape[1]
    closed = np.concatenate([corners, corners[:1]]).T
    x0, x1, y0, y1 = closed[0, :-1], closed[0, 1:], closed[1, :-1], closed[1, 1:]
    low, high, left, right = np.minimum(y0, y1), np.maximum(y0, y1), np.minimum(x0, x1), np.maximum(x0, x1)
    level = high - low <= near
    slope = (x1 - x0) / np.where(level, np.inf, y1 - y0)
    # the piece of the edge within the thin strip about the row of centres runs from x − reach to x + reach
    reach = np.where(level, right - left, np.abs(slope) * near)
    bounds = np.concatenate([low, high, low - near, high + near]).reshape(2, 2, -1)
    crossed, near_by = _first_centre(bounds, shape[0])
    edge, row = _rows_from(*near_by)
    x = row + 0.5
    x -= y0.take(edge)
    x *= slope.take(edge)
    x += x0.take(edge)
    place = x - 0.5
    column = np.ceil(place)
    gap = column - place
    first_of_row = row * columns
    crossing = first_of_row + _within(column, columns)
    if np.count_nonzero(crossed != near_by):
        crossing = crossing[(crossed[0].take(edge) <= row) & (row < crossed[1].take(edge))]
    crossing.sort()
    hit = (np.minimum(gap, 1 - gap) <= (reach + (near + SURELY)).take(edge)).nonzero()[0]
    edge, row, x = edge[hit], first_of_row[hit], x[hit]
    away = reach[edge]
    begin = np.ceil(np.maximum(x - away, left[edge]) - near - 0.5)
    end = np.floor(np.minimum(x + away, right[edge]) + near + 0.5)
    rim = row + _within(np.concatenate([begin, end]).reshape(2, -1), columns)
    return (crossing[0::2], crossing[1::2]), (rim[0], rim[1])


def _within(column: npt.NDArray[np.float64], columns: int) -> Flat:
    """Column, or the nearest end of the row."""
    np.maximum(column, 0, out=column)
    return np.minimum(column, columns, out=column).astype(np.int64)


def _union(starts: Flat, stops: Flat, shape: tuple[int, int]) -> Mask:
    """Mask of intervals in any order that may overlap, none across the end of a row."""
    order = np.argsort(starts, kind="stable")
    return _joined(starts[order], np.maximum.accumulate(stops[order]), shape)


def _joined(starts: Flat, stops: Flat, shape: tuple[int, int]) -> Mask:
    """Mask of intervals in order of both their ends that may be empty or overlap, none across the end of a row."""
    some = stops > starts
    if np.count_nonzero(some) < some.size:
        starts, stops = starts[some], stops[some]
    joined = starts[1:] <= stops[:-1]
    if np.count_nonzero(joined):
        later = joined.nonzero()[0] + 1
        apart = np.ones(starts.size + 1, np.bool_)
        # one that ends with its row does not go on in the next
        apart[later] = (starts[later] == stops[later - 1]) & (starts[later] % shape[1] == 0)
        starts, stops = starts[apart[:-1]], stops[apart[1:]]
    return Mask(np.ascontiguousarray(starts), np.ascontiguousarray(stops), shape)
