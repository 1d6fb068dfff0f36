"""Compiled loop from an outline to runs; the rule of pixel centres is told in ``raster``."""

from __future__ import annotations

from math import ceil, floor, isfinite

import numpy as np
import numpy.typing as npt

from guidelint.geometry.flat import SURELY, Flat
from guidelint.geometry.kernels.compiling import PLACES, REAL, WHOLE, loop, part
from guidelint.geometry.kernels.runs import combined

Points = npt.NDArray[np.float64]


FEW = 32
"""Crossings of a row up to which sorting by insertion is faster."""


@loop(PLACES, WHOLE, WHOLE, REAL, WHOLE, REAL, WHOLE)
def polygon_runs(
    corners: Points, rows: int, columns: int, near: float, wanted: int, farthest: float, most: int
) -> tuple[bool, Flat, Flat]:
    """Find the runs of a polygon (n, 2): inner centres combined with those within ``near`` of the outline.

    ``wanted``: as of ``runs.combined``. False when a coordinate is not finite or beyond ``farthest``, or when the
    edges cross more than ``most`` rows.
    """
    none = np.empty(0, np.int64)
    total = _rows_crossed(corners, rows, near, farthest)
    if total < 0 or total > most:
        return False, none, none
    cuts = _crossings_before(corners, rows)
    crossing, free = np.empty(cuts[rows], np.int64), cuts.copy()
    rim, rim_stop = np.empty(total, np.int64), np.empty(total, np.int64)
    rims = 0
    for index in range(corners.shape[0]):
        x0, y0 = corners[index - 1]
        x1, y1 = corners[index]
        low, high, left, right = min(y0, y1), max(y0, y1), min(x0, x1), max(x0, x1)
        level = high - low <= near
        slope = 0.0 if level else (x1 - x0) / (y1 - y0)
        # the piece of the edge within the thin strip about the row of centres runs from x - reach to x + reach
        reach = right - left if level else abs(slope) * near
        begin, end = _first_centre(low, rows), _first_centre(high, rows)
        for row in range(_first_centre(low - near, rows), _first_centre(high + near, rows)):
            x = x0 + (row + 0.5 - y0) * slope
            column = ceil(x - 0.5)
            if begin <= row < end:
                crossing[free[row]] = row * columns + min(max(column, 0), columns)
                free[row] += 1
            gap = column - (x - 0.5)
            if min(gap, 1 - gap) > reach + near + SURELY:
                continue
            first = ceil(max(x - reach, left) - near - 0.5)
            last = floor(min(x + reach, right) + near + 0.5)
            if last > first:
                rim[rims] = row * columns + min(max(first, 0), columns)
                rim_stop[rims] = row * columns + min(max(last, 0), columns)
                rims += 1
    starts, stops = _between(crossing, cuts)
    if rims:
        begin_rim, end_rim = _union(rim[:rims], rim_stop[:rims], columns)
        starts, stops = combined(starts, stops, begin_rim, end_rim, columns, wanted)
    return True, starts, stops


@part
def _first_centre(place: float, count: int) -> int:
    """First column (or row) whose centre is at ``place`` or beyond, from 0 to ``count``."""
    return min(max(ceil(place - 0.5), 0), count)


@part
def _rows_crossed(corners: Points, rows: int, near: float, farthest: float) -> int:
    """Rows crossed by all edges together; -1 when a coordinate is not finite or too far away."""
    total = 0
    for index in range(corners.shape[0]):
        x, y = corners[index]
        if not (isfinite(x) and isfinite(y)) or abs(x) > farthest or abs(y) > farthest:
            return -1
    for index in range(corners.shape[0]):
        y0, y1 = corners[index - 1, 1], corners[index, 1]
        total += max(_first_centre(max(y0, y1) + near, rows) - _first_centre(min(y0, y1) - near, rows), 0)
    return total


@part
def _crossings_before(corners: Points, rows: int) -> Flat:
    """For each row, and after the last: how many times the outline crosses the centre lines of the rows before it."""
    before = np.zeros(rows + 2, np.int64)
    for index in range(corners.shape[0]):
        y0, y1 = corners[index - 1, 1], corners[index, 1]
        before[_first_centre(min(y0, y1), rows) + 1] += 1
        before[_first_centre(max(y0, y1), rows) + 1] -= 1
    crossed = 0
    for row in range(rows + 1):
        crossed += before[row]
        before[row] = crossed + (before[row - 1] if row else 0)
    return before[: rows + 1]


@part
def _sort_few(places: Flat, begin: int, end: int) -> None:
    """Sort a few places by insertion."""
    for index in range(begin + 1, end):
        place, free = places[index], index
        while free > begin and places[free - 1] > place:
            places[free] = places[free - 1]
            free -= 1
        places[free] = place


@part
def _between(crossing: Flat, cuts: Flat) -> tuple[Flat, Flat]:
    """Make runs between every two crossings of a row; those of row r stand from ``cuts[r]`` to ``cuts[r + 1]``."""
    starts, stops = np.empty(crossing.size // 2, np.int64), np.empty(crossing.size // 2, np.int64)
    kept = 0
    for row in range(cuts.size - 1):
        begin, end, first = cuts[row], cuts[row + 1], kept
        if end - begin > FEW:
            crossing[begin:end].sort()
        else:
            _sort_few(crossing, begin, end)
        for index in range(begin, end, 2):
            start, stop = crossing[index], crossing[index + 1]
            if stop <= start:
                continue
            if kept > first and stops[kept - 1] == start:
                stops[kept - 1] = stop
            else:
                starts[kept], stops[kept] = start, stop
                kept += 1
    return starts[:kept], stops[:kept]


@part
def _union(starts: Flat, stops: Flat, columns: int) -> tuple[Flat, Flat]:
    """Join intervals in any order that may overlap but do not cross the end of a row."""
    kept = 0
    order = np.argsort(starts)
    begin, end = np.empty(starts.size, np.int64), np.empty(starts.size, np.int64)
    for index in order:
        start, stop = starts[index], stops[index]
        if stop <= start:
            continue
        if kept and start <= end[kept - 1] and (start < end[kept - 1] or start % columns):
            end[kept - 1] = max(end[kept - 1], stop)
        else:
            begin[kept], end[kept] = start, stop
            kept += 1
    return begin[:kept], end[:kept]
