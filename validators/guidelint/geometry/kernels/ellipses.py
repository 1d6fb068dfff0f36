"""Compiled loop from an ellipse to runs; the rule of pixel centres is told in ``raster``."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np

from guidelint.geometry.flat import Flat
from guidelint.geometry.kernels.compiling import REAL, WHOLE, loop, part


@loop(REAL, REAL, REAL, REAL, REAL, WHOLE, WHOLE, WHOLE)
def ellipse_runs(
    x: float, y: float, square: float, slope: float, product: float, first: int, last: int, columns: int
) -> tuple[Flat, Flat]:
    """Find the runs of an ellipse in the rows from ``first`` to before ``last``.

    A row whose centres lie ``dy`` below the middle is cut at both solutions of a quadratic equation: about
    ``slope * dy / square`` from the middle, by the root of ``square - (dy / product)²`` over ``square``.
    """
    starts, stops = np.empty(max(last - first, 0), np.int64), np.empty(max(last - first, 0), np.int64)
    kept = 0
    for row in range(first, last):
        dy = row + 0.5 - y
        middle = slope * dy / square
        ratio = dy / product
        half = sqrt(max(square - ratio * ratio, 0.0)) / square
        start, stop = _first_centre(x + middle - half, columns), _first_centre(x + middle + half, columns)
        if stop > start:
            starts[kept], stops[kept] = row * columns + start, row * columns + stop
            kept += 1
    return starts[:kept], stops[:kept]


@part
def _first_centre(x: float, columns: int) -> int:
    """First column whose centre is at x or right of it, from 0 to ``columns``."""
    return int(min(max(ceil(x - 0.5), 0), columns))
