"""Compiled loops over the bit stream of brush strokes; its format is told in ``codecs.rle_pack``.

A stream that is not well formed gives no answer here: the NumPy code then reads it again and states the reason.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from guidelint.geometry.flat import Flat
from guidelint.geometry.kernels.compiling import FLAT, WHOLE, WORDS, Whole, loop, part

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]


@loop(WORDS, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE)
def painted_runs(
    words: Words, bits: int, sizes: int, head_bits: int, total: int, columns: int, threshold: int, most: int
) -> tuple[bool, Flat, Flat]:
    """Find the runs of the pixels whose alpha is at least ``threshold``, from a stream that tells ``total`` words.

    False when the stream is not well formed, or could tell more runs than ``most``.

    ``words``: the ``bits`` of the stream as 64-bit numbers, most significant bit first, with 16 zero bytes after them.
    ``sizes``: how many bits the four kinds of run length take, eight bits for each, the first kind lowest.
    """
    none = np.empty(0, np.int64)
    # a painted run takes at least two tokens of 12 bits, or it goes over the end of a row
    room = bits // 24 + total // 4 // columns + 2
    if room > most:
        return False, none, none
    starts = np.empty(room, np.int64)
    stops = np.empty(starts.size, np.int64)
    told = open_start = open_stop = np.int64(0)
    kept = row_stop = 0
    position: Whole = head_bits
    while told < total:
        if position >= bits:
            return False, none, none
        window = _bits_from(words, position)
        size = sizes >> (np.int64(window >> np.uint64(61) & np.uint64(3)) << 3) & 31
        repeats = np.int64(window << np.uint64(3) >> np.uint64(64 - size)) + 1
        position += 3 + size
        literal = window >> np.uint64(63) == 0
        if told + repeats > total or position + 8 * (repeats if literal else 1) > bits:
            return False, none, none
        for _ in range(repeats if literal else 1):
            length = np.int64(1) if literal else repeats
            alpha = _bits_from(words, position) if literal else window << np.uint64(3 + size)
            value = np.int64(alpha >> np.uint64(56))
            position += 8
            # the alpha word of pixel p is word 4p + 3, so words [i, j) hold the alpha of pixels [i >> 2, j >> 2)
            start, stop = told >> 2, (told + length) >> 2
            told += length
            if value < threshold or stop == start:
                continue
            if start == open_stop:
                open_stop = stop
                continue
            kept, row_stop = _close(starts, stops, kept, open_start, open_stop, row_stop, columns)
            open_start, open_stop = start, stop
    kept, row_stop = _close(starts, stops, kept, open_start, open_stop, row_stop, columns)
    spare = bits - position
    if spare > 15 or (spare and _bits_from(words, position) >> np.uint64(64 - spare)):
        return False, none, none
    return True, starts[:kept], stops[:kept]


@part
def _bits_from(words: Words, position: int) -> np.uint64:
    """64 bits of which the first is at ``position``."""
    index, shift = position >> 6, np.uint64(position & 63)
    first, second = np.uint64(words[index]), np.uint64(words[index + 1])
    return first << shift | second >> np.uint64(1) >> (np.uint64(63) - shift)


@part
def _close(
    starts: Flat, stops: Flat, kept: int, start: Whole, stop: Whole, row_stop: int, columns: int
) -> tuple[int, int]:
    """Write one interval as runs that end with their rows; how many runs are written, and where the last row ends."""
    while start < stop:
        if start >= row_stop:
            row_stop = (start // columns + 1) * columns
        end = min(stop, row_stop)
        starts[kept], stops[kept] = start, end
        kept += 1
        start = end
    return kept, row_stop


@loop(FLAT, FLAT, WHOLE, FLAT, FLAT)
def stroke(starts: Flat, stops: Flat, pixels: int, head: Flat, widths: Flat) -> Bytes:
    """Stream of a mask painted with 255 in four channels; ``head``, ``widths``: the numbers before the first token."""
    tokens = 2 * starts.size + 1 + (4 * pixels >> 16)
    found = np.empty(4 * tokens + 12, np.uint8)
    # not yet written bits stand in ``held``, the last of them lowest
    kept = held = count = 0
    for index in range(head.size):
        held = held << widths[index] | head[index]
        count += widths[index]
        while count >= 8:
            count -= 8
            found[kept] = held >> count & 255
            kept += 1
        held &= (1 << count) - 1
    index, done = 0, 0
    while done < pixels:
        painted = index < starts.size and starts[index] == done
        if painted:
            # a row that ends painted may go on in the next row
            while index + 1 < starts.size and starts[index + 1] == stops[index]:
                index += 1
            edge = stops[index]
            index += 1
        else:
            edge = starts[index] if index < starts.size else pixels
        left = 4 * (edge - done)
        done = edge
        while left > 0:
            length = min(left, 65536)
            left -= length
            kind = 3 if length > 256 else 2 if length > 16 else 1 if length > 8 else 0
            size = 16 if kind == 3 else 8 if kind == 2 else 4 if kind == 1 else 3
            held = held << (11 + size) | (4 + kind) << (8 + size) | (length - 1) << 8 | (255 if painted else 0)
            count += 11 + size
            while count >= 8:
                count -= 8
                found[kept] = held >> count & 255
                kept += 1
            held &= (1 << count) - 1
    if count:
        found[kept] = held << (8 - count) & 255
        kept += 1
    return found[:kept]
