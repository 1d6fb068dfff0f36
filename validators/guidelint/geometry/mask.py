"""A mask as runs of pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from guidelint.geometry.kernels.choice import fast
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.once import once

if TYPE_CHECKING:
    from guidelint.geometry.flat import Flat

MAX_CROP_PIXELS = 2**27
MAX_RUNS = 2_000_000
"""Runs of a mask; bounds time and memory, far above what a hand can paint."""


class MaskError(NotMeasurable):
    """Bytes or numbers that make no mask; the message is the reason, for people."""


class Box(NamedTuple):
    """Half-open bounding box in pixels."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return self.bottom - self.top, self.right - self.left


class Pieces(NamedTuple):
    """How the runs of a mask hang together."""

    label: Flat
    """For every run the number of its piece, int64 (n,); a piece is numbered by its first run."""
    total: int
    touches: int
    """Pairs of runs of adjacent rows that touch."""


class Shared(NamedTuple):
    """Pixels with a neighbour in the row below that belongs as well."""

    down_px: int
    """Whose neighbour straight below belongs as well."""
    right_px: int
    """Whose neighbour below and to the right belongs as well."""
    left_px: int
    """Whose neighbour below and to the left belongs as well."""


@dataclass(frozen=True, eq=False)
class Mask:
    """Pixels of an image of ``shape`` (rows, columns), as runs; a pixel is a square (see the decision on pixels).

    ``starts`` and ``stops``, int64 (n,): half-open intervals of row-major flat indices, ascending, none empty, none
    touching its neighbour within a row, none crossing the end of a row. Both lie in memory without gaps, as compiled
    loops take them.
    """

    starts: Flat
    stops: Flat
    shape: tuple[int, int]

    @classmethod
    def from_runs(cls, starts: npt.ArrayLike, stops: npt.ArrayLike, shape: tuple[int, int]) -> Mask:
        """Mask from ascending, disjoint flat intervals (n,); runs across a row end are split, touching ones joined.

        Raises MaskError when they are more than ``MAX_RUNS``: a few bytes can paint millions of rows.
        """
        begin, end = np.ascontiguousarray(starts, np.int64), np.ascontiguousarray(stops, np.int64)
        if fast(begin.size):
            from guidelint.geometry.kernels.runs import split_at_rows  # noqa: PLC0415 - loads numba

            done, begin, end = split_at_rows(begin, end, shape[1], MAX_RUNS)
            return cls(begin, end, shape) if done else cls._refused()
        kept = end > begin
        begin, end = begin[kept], end[kept]
        if begin.size == 0:
            return cls(begin, end, shape)
        columns = shape[1]
        first = begin // columns
        rows = (end - 1) // columns - first + 1
        if rows.sum() > MAX_RUNS:
            return cls._refused()
        if rows.max() > 1:
            first = np.repeat(first, rows) + _count_up(rows)
            begin = np.maximum(np.repeat(begin, rows), first * columns)
            end = np.minimum(np.repeat(end, rows), (first + 1) * columns)
        gap = begin[1:] != end[:-1]
        if not gap.all():
            gap |= begin[1:] == first[1:] * columns
            begin, end = begin[np.concatenate([[True], gap])], end[np.concatenate([gap, [True]])]
        return cls(begin, end, shape)

    @classmethod
    def from_crop(cls, crop: npt.NDArray[np.bool_], top: int, left: int, shape: tuple[int, int]) -> Mask:
        """Mask from a boolean array (rows, columns) whose first pixel stands at ``top``, ``left`` of the image."""
        padded = np.zeros((crop.shape[0], crop.shape[1] + 2), np.int8)
        padded[:, 1:-1] = crop
        step = np.diff(padded, axis=1)
        row, begin = np.nonzero(step == 1)
        _, end = np.nonzero(step == -1)
        origin = (row.astype(np.int64) + top) * shape[1] + left
        return cls.from_runs(origin + begin, origin + end, shape)

    @classmethod
    def _refused(cls) -> Mask:
        raise MaskError(f"the region is made of too many runs of pixels; more than {MAX_RUNS:,} are not evaluated")

    @classmethod
    def empty(cls, shape: tuple[int, int]) -> Mask:
        """No pixel at all."""
        none = np.empty(0, np.int64)
        return cls(none, none, shape)

    @once
    def area_px(self) -> int:
        """Number of pixels."""
        return int((self.stops - self.starts).sum())

    @once
    def told_before(self) -> tuple[Flat, Flat]:
        """Start of each run (n + 1,), the last beyond every image; pixels of all runs before it (n + 1,)."""
        return np.append(self.starts, np.iinfo(np.int64).max), np.append(0, np.cumsum(self.stops - self.starts))

    @once
    def box(self) -> Box | None:
        """Bounding box, None when the mask is empty."""
        if self.starts.size == 0:
            return None
        columns = self.shape[1]
        if fast(self.starts.size):
            from guidelint.geometry.kernels.runs import extent  # noqa: PLC0415 - loads numba

            return Box(*extent(self.starts, self.stops, columns))
        return Box(
            top=int(self.starts[0] // columns),
            left=int((self.starts % columns).min()),
            bottom=int((self.stops[-1] - 1) // columns) + 1,
            right=int(((self.stops - 1) % columns).max()) + 1,
        )

    @once
    def crop(self) -> npt.NDArray[np.bool_]:
        """The pixels within ``box`` as a boolean array (rows, columns); (0, 0) when the mask is empty.

        Raises MaskError above ``MAX_CROP_PIXELS``: a few bytes can claim a region as large as the largest image.
        """
        if self.box is None:
            return np.zeros((0, 0), np.bool_)
        rows, columns = self.box.shape
        if rows * columns > MAX_CROP_PIXELS:
            raise MaskError(f"a region of {columns:,} × {rows:,} pixels is too large for this measure")
        line = np.zeros((rows, columns + 1), np.int8)
        row = self.starts // self.shape[1] - self.box.top
        line[row, self.starts % self.shape[1] - self.box.left] += 1
        line[row, (self.stops - 1) % self.shape[1] + 1 - self.box.left] -= 1
        return np.cumsum(line, axis=1, dtype=np.int8)[:, :columns].view(np.bool_)

    @once
    def stacked(self) -> bool:
        """Whether each row from the first to the last has one run, and each run shares a column with the one above."""
        # so says the sharing alone: the next run of a row and any run two rows below lie beyond that of the run itself
        starts, stops, columns = self.starts, self.stops, self.shape[1]
        if not starts.size or np.count_nonzero(starts[1:] - stops[:-1] >= columns):
            return False
        return not np.count_nonzero(stops[1:] - starts[:-1] <= columns)

    @once
    def touching(self) -> tuple[Flat, Flat]:
        """Pairs of runs of adjacent rows that touch over edges or corners: index above (m,), index below (m,)."""
        if self.stacked:
            below = np.arange(1, self.starts.size)
            return below - 1, below
        return self.runs_below(1, 1)

    @once
    def pieces(self) -> dict[int, Pieces]:
        """By connectivity what ``components.run_pieces`` has found."""
        return {}

    @once
    def shared(self) -> Shared:
        """How many pixels have a neighbour in the row below."""
        if fast(self.starts.size):
            from guidelint.geometry.kernels.runs import shared_below  # noqa: PLC0415 - loads numba

            return Shared(*shared_below(self.starts, self.stops, self.shape[1]))
        if self.stacked:
            return self._stacked_shared()
        above, below = self.touching
        begin, end = self.starts[above] + self.shape[1], self.stops[above] + self.shape[1]
        shared = [
            np.maximum(np.minimum(end + right, self.stops[below]) - np.maximum(begin + right, self.starts[below]), 0)
            for right in (0, 1, -1)
        ]
        return Shared(*(int(columns.sum()) for columns in shared))

    def _stacked_shared(self) -> Shared:
        """Count without looking for pairs: they are the runs of every two rows, and all share a column."""
        begin, end = self.starts[:-1] + self.shape[1], self.stops[:-1] + self.shape[1]
        start, stop = self.starts[1:], self.stops[1:]
        down = int((np.minimum(end, stop) - np.maximum(begin, start)).sum())
        # moved by a column, the least of two ends or starts moves where it is that of the upper run
        right = down + np.count_nonzero(end < stop) - np.count_nonzero(begin >= start)
        left = down - np.count_nonzero(end <= stop) + np.count_nonzero(begin > start)
        return Shared(down, int(right), int(left))

    def runs_below(self, down: int, reach: int) -> tuple[Flat, Flat]:
        """Pairs of runs, the second ``down`` rows below the first, sharing a column once grown by ``reach`` columns."""
        columns = self.shape[1]
        row = self.starts // columns
        begin = np.maximum(self.starts - reach, row * columns) + down * columns
        end = np.minimum(self.stops + reach, (row + 1) * columns) + down * columns
        first = np.searchsorted(self.stops, begin, side="right")
        count = np.maximum(np.searchsorted(self.starts, end, side="left") - first, 0)
        above = np.repeat(np.arange(count.size), count)
        return above, np.arange(above.size) - np.repeat(np.cumsum(count) - count - first, count)

    def moved(self, top: int, left: int, shape: tuple[int, int]) -> Mask:
        """Every pixel ``top`` rows down and ``left`` columns right, in an image of ``shape`` that holds them all."""
        shift = self.starts // self.shape[1] * (shape[1] - self.shape[1]) + top * shape[1] + left
        return Mask(self.starts + shift, self.stops + shift, shape)

    def check_same_image(self, other: Mask) -> None:
        """Raise MaskError for masks of different images, which cannot be compared."""
        if self.shape != other.shape:
            raise MaskError(f"masks of different images: {self.shape} and {other.shape} pixels (rows, columns)")

    def __and__(self, other: Mask) -> Mask:
        return self._combine(other, BOTH)

    def __or__(self, other: Mask) -> Mask:
        return self._combine(other, EITHER)

    def __sub__(self, other: Mask) -> Mask:
        return self._combine(other, ONLY_HERE)

    def _combine(self, other: Mask, wanted: int) -> Mask:
        """Sweep over both run lists; bit s of ``wanted``: whether state s counts (1 here, 2 there, 3 both)."""
        self.check_same_image(other)
        if fast(self.starts.size + other.starts.size):
            from guidelint.geometry.kernels.runs import combined  # noqa: PLC0415 - loads numba

            lists = (self.starts, self.stops, other.starts, other.stops)
            return Mask(*combined(*lists, self.shape[1], wanted), self.shape)
        edges = np.concatenate([self.stops, other.stops, self.starts, other.starts])
        steps = np.repeat(_STEPS, [self.stops.size, other.stops.size, self.starts.size, other.starts.size])
        order = np.argsort(edges, kind="stable")
        edges, state = edges[order], np.cumsum(steps[order], dtype=np.int8)
        inside = (wanted >> state[:-1] & 1).astype(np.bool_)
        return Mask.from_runs(edges[:-1][inside], edges[1:][inside], self.shape)


ONLY_HERE, BOTH, EITHER = 0b0010, 0b1000, 0b1110
_STEPS = np.array([-1, -2, 1, 2], np.int8)


def _count_up(lengths: Flat) -> Flat:
    """0, 1, … for each length, one after another: [2, 3] → [0, 1, 0, 1, 2]."""
    total = np.arange(int(lengths.sum()), dtype=np.int64)
    return total - np.repeat(np.cumsum(lengths) - lengths, lengths)
