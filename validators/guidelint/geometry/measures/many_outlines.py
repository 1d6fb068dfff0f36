"""What is surely so of each of several outlines, told of all at once; where it is not sure it may be so all the same.

Outlines are points (n, 2) as x, y in pixels, at least three each; the last vertex is joined to the first.
"""

from __future__ import annotations

from itertools import accumulate, compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from guidelint.geometry.kernels.choice import fast
from guidelint.geometry.measures.outline import FARTHEST_PX, MAX_VERTICES, SAME_PLACE_PX, SLANT
from guidelint.geometry.once import once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.geometry.measures.outline import Points

Each = npt.NDArray[np.bool_]
"""One answer for each outline."""
LEAST_AREA_PX = 1.0
"""So much is looked for: of less another measure tells."""
CLOSE_PX = 2 * SAME_PLACE_PX * (1 + SLANT)
"""Vertices farther apart, along x, along y or along a slanting line, surely stand in two places."""
FEW_VERTICES = 256
"""Of an outline up to which comparing every two edges takes less time than a library that sorts them."""
ROUNDING = 1e-9
"""Share of a sum of some million numbers that rounding may make up."""


class _Told(NamedTuple):
    apart: Each
    enclosing: Each
    simple: Each


class ManyOutlines:
    """Several outlines, looked at together."""

    def __init__(self, outlines: Sequence[Points]) -> None:
        self._outlines = outlines

    def apart(self) -> Each:
        """Whether all places are finite and not far away, and no vertex stands where another one stands."""
        return self._in_a_row.apart if self._told is None else self._told.apart

    def enclosing(self) -> Each:
        """Whether they enclose an area (shoelace formula) that is more than rounding."""
        return self._in_a_row.enclosing() if self._told is None else self._told.enclosing

    def simple(self) -> Each:
        """Whether their vertices stand apart, and they are simple closed curves."""
        if self._told is not None:
            return self._told.simple
        found = self.apart().copy()
        if found.any():
            found[found] = _simple(tuple(compress(self._outlines, found)))
        return found

    @once
    def _in_a_row(self) -> _InARow:
        return _InARow(self._outlines)

    @once
    def _told(self) -> _Told | None:
        """What compiled loops tell of all at once, in a time that grows with the square of the vertices."""
        sizes = [len(points) for points in self._outlines]
        if max(sizes) > FEW_VERTICES or not fast(sum(sizes)):
            return None
        from guidelint.geometry.kernels.outlines_told import surely  # noqa: PLC0415 - loads numba

        ends = np.array([*accumulate(sizes)])
        return _Told(*surely(np.concatenate(self._outlines), ends, FARTHEST_PX, CLOSE_PX, LEAST_AREA_PX))


class _InARow:
    """Their vertices one after another."""

    def __init__(self, outlines: Sequence[Points]) -> None:
        self._sizes = np.array([len(points) for points in outlines])
        self._points = np.concatenate(outlines)
        self._ends = np.cumsum(self._sizes)
        self._starts = self._ends - self._sizes
        self._near = _near(self._points, self._starts)

    @once
    def apart(self) -> Each:
        which = np.repeat(np.arange(self._sizes.size), self._sizes)
        with np.errstate(invalid="ignore", over="ignore"):
            along = self._points @ (1.0, SLANT)
            along = along[np.lexsort((along, which))]
            close = ~(along[1:] - along[:-1] > CLOSE_PX)
        close[self._ends[:-1] - 1] = False
        meet = np.logical_or.reduceat(np.append(close, [False]), self._starts)
        apart: Each = self._near & ~meet
        return apart

    def enclosing(self) -> Each:
        after = np.arange(1, len(self._points) + 1)
        after[self._ends - 1] = self._starts
        with np.errstate(invalid="ignore", over="ignore"):
            x, y = (self._points - np.repeat(self._points[self._starts], self._sizes, axis=0)).T
            one, other = x * y[after], y * x[after]
            twice = np.abs(np.add.reduceat(one - other, self._starts))
            rounding = ROUNDING * np.add.reduceat(np.abs(one) + np.abs(other), self._starts)
        enclosing: Each = self._near & (twice > 2 * LEAST_AREA_PX + rounding)
        return enclosing


def _simple(outlines: Sequence[Points]) -> Each:
    """Whether outlines whose vertices stand apart are simple closed curves, in one call for all of them."""
    import shapely  # noqa: PLC0415 - heavy

    few = np.array([len(points) <= MAX_VERTICES for points in outlines])
    return few & shapely.is_valid(np.array([shapely.polygons(points) for points in outlines]))


def _near(points: Points, starts: npt.NDArray[np.int64]) -> Each:
    with np.errstate(invalid="ignore"):
        near: Each = np.logical_and.reduceat((np.abs(points) < FARTHEST_PX).all(axis=1), starts)
    return near
