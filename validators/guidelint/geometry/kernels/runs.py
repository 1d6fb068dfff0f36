"""Compiled loops over runs of pixels; starts and stops are as in ``Mask``."""

from __future__ import annotations

import numpy as np

from guidelint.geometry.flat import Flat
from guidelint.geometry.kernels.compiling import FLAT, WHOLE, loop, part


@loop(FLAT, FLAT, WHOLE, WHOLE)
def split_at_rows(starts: Flat, stops: Flat, columns: int, most: int) -> tuple[bool, Flat, Flat]:
    """Make runs from ascending, disjoint intervals: empty ones dropped, split at row ends, joined within a row.

    False when they are more than ``most``.
    """
    count = 0
    for index in range(starts.size):
        if stops[index] > starts[index]:
            count += (stops[index] - 1) // columns - starts[index] // columns + 1
    if count > most:
        return False, starts[:0], stops[:0]
    begin, end = np.empty(count, np.int64), np.empty(count, np.int64)
    kept = 0
    for index in range(starts.size):
        start = starts[index]
        while start < stops[index]:
            stop = min(stops[index], (start // columns + 1) * columns)
            if kept and end[kept - 1] == start and start % columns:
                end[kept - 1] = stop
            else:
                begin[kept], end[kept] = start, stop
                kept += 1
            start = stop
    return True, begin[:kept], end[:kept]


@loop(FLAT, FLAT, WHOLE)
def extent(starts: Flat, stops: Flat, columns: int) -> tuple[int, int, int, int]:
    """Bounding box of runs: first row, first column, row and column after the last."""
    left, right = columns, 0
    for index in range(starts.size):
        left = min(left, starts[index] % columns)
        right = max(right, (stops[index] - 1) % columns + 1)
    return starts[0] // columns, left, (stops[-1] - 1) // columns + 1, right


@loop(FLAT, FLAT, FLAT, FLAT, WHOLE, WHOLE)
def combined(
    starts: Flat, stops: Flat, others: Flat, other_stops: Flat, columns: int, wanted: int
) -> tuple[Flat, Flat]:
    """Sweep over two run lists; bit s of ``wanted``: whether state s counts (1 here, 2 there, 3 both)."""
    begin = np.empty(2 * (starts.size + others.size) + 1, np.int64)
    end = np.empty(begin.size, np.int64)
    here = there = kept = state = last = 0
    far = np.iinfo(np.int64).max
    while here < 2 * starts.size or there < 2 * others.size:
        own = far if here == 2 * starts.size else stops[here >> 1] if here & 1 else starts[here >> 1]
        other = far if there == 2 * others.size else other_stops[there >> 1] if there & 1 else others[there >> 1]
        place = min(own, other)
        if place > last and wanted >> state & 1:
            if kept and end[kept - 1] == last and last % columns:
                end[kept - 1] = place
            else:
                begin[kept], end[kept] = last, place
                kept += 1
        if own == place:
            here += 1
            state ^= 1
        if other == place:
            there += 1
            state ^= 2
        last = place
    return begin[:kept].copy(), end[:kept].copy()


@loop(FLAT, FLAT, WHOLE, WHOLE)
def pieces(starts: Flat, stops: Flat, columns: int, reach: int) -> tuple[Flat, int, int]:
    """Tell for every run the first run of its piece, how many pieces there are, and how many pairs of runs touch.

    Runs of adjacent rows hang together when they share a column once one of them is grown by ``reach`` columns.
    """
    first = np.arange(starts.size)
    count = touches = 0
    above = above_end = row_begin = row_end = 0
    for index in range(starts.size):
        if starts[index] >= row_end:
            # the runs of the row before, if it is the one straight above
            above, above_end, row_begin = row_begin if starts[index] < row_end + columns else index, index, index
            row_end = (starts[index] // columns + 1) * columns
        left, right = starts[index] - columns - reach, stops[index] - columns + reach
        while above < above_end and stops[above] <= left:
            above += 1
        touched = above
        while touched < above_end and starts[touched] < right:
            one, other = _root(first, index), _root(first, touched)
            first[max(one, other)] = min(one, other)
            touched += 1
            touches += 1
    for index in range(starts.size):
        first[index] = first[first[index]]
        count += first[index] == index
    return first, count, touches


@part
def _root(first: Flat, index: int) -> int:
    """Follow a run to the first of its piece known so far, halving the way for those that come after."""
    while first[index] != index:
        first[index] = first[first[index]]
        index = first[index]
    return index


@loop(FLAT, FLAT, WHOLE)
def shared_below(starts: Flat, stops: Flat, columns: int) -> tuple[int, int, int]:
    """Count the pixels with a neighbour in the row below, in the order of ``mask.Shared``."""
    down = to_right = to_left = 0
    above = above_end = row_begin = row_end = 0
    for index in range(starts.size):
        if starts[index] >= row_end:
            above, above_end, row_begin = row_begin if starts[index] < row_end + columns else index, index, index
            row_end = (starts[index] // columns + 1) * columns
        left, right = starts[index] - columns, stops[index] - columns
        while above < above_end and stops[above] < left:
            above += 1
        touched = above
        while touched < above_end and starts[touched] <= right:
            start, stop = starts[touched], stops[touched]
            down += max(min(stop, right) - max(start, left), 0)
            to_right += max(min(stop + 1, right) - max(start + 1, left), 0)
            to_left += max(min(stop - 1, right) - max(start - 1, left), 0)
            touched += 1
    return down, to_right, to_left


@loop(FLAT, FLAT, FLAT, FLAT)
def shared_px(starts: Flat, stops: Flat, others: Flat, other_stops: Flat) -> int:
    """Count the pixels that two run lists share."""
    here = there = shared = 0
    while here < starts.size and there < others.size:
        stop, other_stop = stops[here], other_stops[there]
        shared += max(min(stop, other_stop) - max(starts[here], others[there]), 0)
        here += stop <= other_stop
        there += other_stop <= stop
    return shared
