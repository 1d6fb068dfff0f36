"""Compiled loop that tells what is surely so of each of several outlines; the measures are told in ``measures``."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from guidelint.geometry.flat import Flat
from guidelint.geometry.kernels.compiling import FLAT, PLACES, REAL, loop, part

Points = npt.NDArray[np.float64]

ROUNDING = 1e-9
"""Share of a sum of products that rounding may make up, with much room to spare."""


@loop(PLACES, FLAT, REAL, REAL, REAL)
def surely(points: Points, ends: Flat, far: float, close: float, least_area: float) -> npt.NDArray[np.bool_]:
    """Tell three things of each outline, (3, n); what cannot be told for rounding is not so.

    First, whether all its places are nearer than ``far`` and no two within ``close`` of one another, in x and in y.
    Second, whether it encloses more than ``least_area``. Third, whether besides it neither crosses nor touches itself.
    Vertices of all outlines come one after another, those of one before its number in ``ends``.
    """
    told = np.zeros((3, ends.size), np.bool_)
    begin = 0
    for index in range(ends.size):
        outline = points[begin : ends[index]]
        begin = ends[index]
        if _near(outline, far):
            told[0, index] = _stands_apart(outline, close)
            told[1, index] = _encloses(outline, least_area)
            told[2, index] = told[0, index] and _is_simple(outline)
    return told


@part
def _near(outline: Points, far: float) -> bool:
    near = True
    for index in range(outline.shape[0]):
        near &= abs(outline[index, 0]) < far and abs(outline[index, 1]) < far
    return near


@part
def _stands_apart(outline: Points, close: float) -> bool:
    for one in range(outline.shape[0]):
        x, y = outline[one, 0], outline[one, 1]
        for other in range(one):
            if abs(outline[other, 0] - x) <= close and abs(outline[other, 1] - y) <= close:
                return False
    return True


@part
def _encloses(outline: Points, least_area: float) -> bool:
    x0, y0 = outline[0]
    twice = most = 0.0
    for index in range(outline.shape[0]):
        x, y = outline[index - 1, 0] - x0, outline[index - 1, 1] - y0
        one, other = x * (outline[index, 1] - y0), y * (outline[index, 0] - x0)
        twice += one - other
        most += abs(one) + abs(other)
    return abs(twice) > 2 * least_area + ROUNDING * most


@part
def _is_simple(outline: Points) -> bool:
    """Whether no two of its edges meet but at the vertex that they share."""
    count = outline.shape[0]
    for one in range(count):
        x0, y0, x1, y1 = outline[one - 1, 0], outline[one - 1, 1], outline[one, 0], outline[one, 1]
        if _runs_back(x0 - outline[one - 2, 0], y0 - outline[one - 2, 1], x1 - x0, y1 - y0):
            return False
        for other in range(one + 2, count if one else count - 1):
            x2, y2, x3, y3 = outline[other - 1, 0], outline[other - 1, 1], outline[other, 0], outline[other, 1]
            boxes_apart = (
                (max(x0, x1) < min(x2, x3))
                | (max(x2, x3) < min(x0, x1))
                | (max(y0, y1) < min(y2, y3))
                | (max(y2, y3) < min(y0, y1))
            )
            if boxes_apart:
                continue
            if _turn(x1 - x0, y1 - y0, x2 - x0, y2 - y0) * _turn(x1 - x0, y1 - y0, x3 - x0, y3 - y0) > 0:
                continue
            if _turn(x3 - x2, y3 - y2, x0 - x2, y0 - y2) * _turn(x3 - x2, y3 - y2, x1 - x2, y1 - y2) <= 0:
                return False
    return True


@part
def _runs_back(dx: float, dy: float, next_dx: float, next_dy: float) -> bool:
    """Whether it cannot be told that an outline does not run back along itself at a vertex."""
    return dx * next_dx + dy * next_dy <= 0 and _turn(dx, dy, next_dx, next_dy) == 0


@part
def _turn(dx: float, dy: float, other_dx: float, other_dy: float) -> int:
    """Tell to which side another direction points: 1, -1, or 0 where rounding leaves it open."""
    one, other = dx * other_dy, dy * other_dx
    sure = ROUNDING * (abs(one) + abs(other))
    return int(one - other > sure) - int(other - one > sure)
