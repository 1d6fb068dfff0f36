"""Compiled loop from runs to the vertices of their convex hull."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from guidelint.geometry.flat import Flat
from guidelint.geometry.kernels.compiling import FLAT, PLACES, REAL, WHOLE, Whole, loop, part


@loop(FLAT, FLAT, WHOLE)
def hull_of_runs(starts: Flat, stops: Flat, columns: int) -> npt.NDArray[np.float64]:
    """Vertices (n, 2) as x, y of the convex hull of the pixel squares of runs, in reading order."""
    # of every line above or below a row with runs: its place, the leftmost and the rightmost corner on it
    line = np.empty(2 * starts.size, np.int64)
    left, right = np.empty(line.size, np.int64), np.empty(line.size, np.int64)
    lines = 0
    for index in range(starts.size):
        row = starts[index] // columns
        begin, end = starts[index] - row * columns, stops[index] - row * columns
        if not lines or line[lines - 1] < row:
            line[lines], left[lines], right[lines] = row, begin, end
            lines += 1
        if line[lines - 1] == row:
            line[lines], left[lines], right[lines] = row + 1, begin, end
            lines += 1
        for place in (lines - 2, lines - 1):
            left[place], right[place] = min(left[place], begin), max(right[place], end)
    lefts, left_count = _bulging(left[:lines], line, -1)
    rights, right_count = _bulging(right[:lines], line, 1)
    vertices = np.empty((left_count + right_count, 2), np.float64)
    one = other = 0
    for index in range(vertices.shape[0]):
        if one < left_count and (other == right_count or lefts[one] <= rights[other]):
            vertices[index] = left[lefts[one]], line[lefts[one]]
            one += 1
        else:
            vertices[index] = right[rights[other]], line[rights[other]]
            other += 1
    return vertices


@part
def _bulging(side: Flat, line: Flat, outwards: int) -> tuple[Flat, Whole]:
    """Which corners of one side are vertices of the hull, and how many they are."""
    kept = np.empty(side.size, np.int64)
    count = 0
    for last in range(side.size):
        while count > 1:
            first, middle = kept[count - 2], kept[count - 1]
            chord = (side[last] - side[first]) * (line[middle] - line[first])
            if ((side[middle] - side[first]) * (line[last] - line[first]) - chord) * outwards > 0:
                break
            count -= 1
        kept[count] = last
        count += 1
    return kept, count


@loop(PLACES, REAL, REAL)
def farthest(corners: npt.NDArray[np.float64], column_mm: float, row_mm: float) -> tuple[int, int]:
    """Of two places (n, 2) as x, y farthest apart: which; of several pairs the first in reading order."""
    longest, first, second = -1.0, 0, 0
    for one in range(corners.shape[0]):
        for other in range(one, corners.shape[0]):
            x, y = (corners[one, 0] - corners[other, 0]) * column_mm, (corners[one, 1] - corners[other, 1]) * row_mm
            length = x * x + y * y
            if length < longest:
                continue
            begin, end = (other, one) if _reads_before(corners, other, one) else (one, other)
            earlier = _reads_before(corners, begin, first)
            later = not earlier and _reads_before(corners, first, begin)
            if length > longest or earlier or (not later and _reads_before(corners, end, second)):
                longest, first, second = length, begin, end
    return first, second


@part
def _reads_before(corners: npt.NDArray[np.float64], one: int, other: int) -> bool:
    """Whether one place comes before another, row by row."""
    if corners[one, 1] != corners[other, 1]:
        return bool(corners[one, 1] < corners[other, 1])
    return bool(corners[one, 0] < corners[other, 0])
