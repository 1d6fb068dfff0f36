"""Compiled loops from pixels to their nearest others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from guidelint.geometry.kernels.compiling import GRID, REAL, Whole, loop, part

Pixels = npt.NDArray[np.int64]
Offsets = npt.NDArray[np.int32]
NONE = 2**30
"""Rows to the next pixel of a column that has none."""


@loop(GRID, GRID, REAL, REAL)
def nearest_steps(places: Pixels, others: Pixels, row_mm: float, column_mm: float) -> Pixels:
    """Find the steps (n, 2) down and right from each place to the nearest of others, all as row and column; m ≥ 1.

    Takes time with the box around the others and with the distances; exact for any spacing.
    """
    top, left = others[:, 0].min(), others[:, 1].min()
    offsets = _rows_away(others, top, left)
    rows, columns = offsets.shape
    steps = np.empty((places.shape[0], 2), np.int64)
    for index in range(places.shape[0]):
        row, column = places[index, 0] - top, places[index, 1] - left
        line = min(max(row, 0), rows - 1)
        beyond, best = line - row, np.inf
        # columns are looked at from the nearest outwards, until no farther one can hold anything nearer
        inner = min(max(column, 0), columns - 1)
        for side in (-1, 1):
            seen = inner if side < 0 else inner + 1
            while 0 <= seen < columns:
                right = (seen - column) * column_mm
                if right * right >= best:
                    break
                if offsets[line, seen] != NONE:
                    down = (offsets[line, seen] + beyond) * row_mm
                    length = right * right + down * down
                    if length < best:
                        best = length
                        steps[index, 0], steps[index, 1] = offsets[line, seen] + beyond, seen - column
                seen += side
    return steps


@part
def _rows_away(others: Pixels, top: Whole, left: Whole) -> Offsets:
    """For every pixel of the box around others: how many rows down the nearest of its column is; ``NONE`` without."""
    rows, columns = others[:, 0].max() - top + 1, others[:, 1].max() - left + 1
    offsets = np.full((rows, columns), NONE, np.int32)
    for index in range(others.shape[0]):
        offsets[others[index, 0] - top, others[index, 1] - left] = 0
    for row in range(1, rows):
        for column in range(columns):
            if offsets[row, column] and offsets[row - 1, column] != NONE:
                offsets[row, column] = offsets[row - 1, column] - 1
    for row in range(rows - 2, -1, -1):
        for column in range(columns):
            below = offsets[row + 1, column]
            if below != NONE and abs(below + 1) < abs(offsets[row, column]):
                offsets[row, column] = below + 1
    return offsets
