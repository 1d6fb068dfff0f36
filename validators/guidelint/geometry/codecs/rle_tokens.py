"""Tokens of a brush stream, as the browser writes them: each a piece of a run, told once with its value.

The format is told in ``rle_pack``. There are few different tokens, so the bits of all of them stand in a table.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from guidelint.geometry.flat import Flat

CHANNELS = 4
WORD_BITS = 8
BROWSER_SIZES = (3, 4, 8, 16)
"""Bits of the run length in the four kinds of token, as the browser writes them."""
FORMAT = (WORD_BITS - 1) << 16 | 0x237F
"""Size of a word less one, and those four sizes less one: the last numbers of the header."""
_FORMAT_BITS = 21
LONGEST_PX = 2**14
"""Pixels that one token can tell."""
_PAIRS, _HALVES, _STREAM = np.dtype("<u8"), np.dtype("<u4"), np.dtype(">u4")
_HEAD = 0
"""Told first of all: the sizes of words and run lengths."""
_PAINTED = LONGEST_PX + 1
"""Added to the number of a token that tells painted pixels."""


def tokens(starts: Flat, stops: Flat, pixels: int) -> Flat:
    """Token for each piece of background and of mask in turn: its pixels, and ``_PAINTED`` more where painted.

    ``starts``, ``stops``: runs of a mask in an image of so many pixels.
    """
    if not starts.size:
        return np.array([_HEAD, *_background(pixels)])
    before, after = [_HEAD, *_background(int(starts[0]))], _background(pixels - int(stops[-1]))
    ends: Flat = np.empty(2 * starts.size, np.int64)
    ends[::2], ends[1::2] = starts, stops
    token: Flat = np.empty(len(before) + ends.size - 1 + len(after), np.int64)
    between = token[len(before) : len(before) + ends.size - 1]
    np.subtract(ends[1:], ends[:-1], out=between)
    if np.count_nonzero(between) < between.size:
        # a row that ends painted may go on in the next row: such a stop is the next start and no end in the stream
        apart = starts[1:] != stops[:-1]
        return tokens(starts[np.append(True, apart)], stops[np.append(apart, True)], pixels)
    token[: len(before)], token[token.size - len(after) :] = before, after
    many_pieces = np.count_nonzero(between > LONGEST_PX)
    between[::2] += _PAINTED
    if not many_pieces:
        return token
    return np.concatenate([token[: len(before)], _in_pieces(between), token[token.size - len(after) :]])


def packed(token: Flat, pixels: int) -> bytes:
    """Write the number of words of the image, and the tokens, as a bit stream, padded to a byte."""
    bits, widths = _table()
    placed, width = bits.take(token), widths.take(token)
    stop = width.cumsum()
    start = stop - width
    word = start >> 5
    start &= 31
    # at most 27 bits begun anywhere in a word of 32 lie in two words; tokens share words but no bit, so sums do
    placed >>= start.view(np.uint64)
    first = np.empty(word.size, np.bool_)
    first[0] = True
    np.not_equal(word[1:], word[:-1], out=first[1:])
    # one begins in every word
    halves = np.add.reduceat(placed, first.nonzero()[0]).astype(_PAIRS, copy=False).view(_HALVES)
    stream = np.zeros(halves.size // 2 + 2, np.uint32)
    stream[0], stream[1:-1] = CHANNELS * pixels, halves[1::2]
    stream[2:] += halves[::2]
    return stream.astype(_STREAM).tobytes()[: 4 + (int(stop[-1]) + 7) // 8]


def _background(pixels: int) -> list[int]:
    """Tokens of so many pixels that are not painted."""
    full, rest = divmod(pixels, LONGEST_PX)
    return [LONGEST_PX] * full + [rest] * (rest > 0)


def _in_pieces(token: Flat) -> Flat:
    """Break runs longer than a token can tell into pieces, of mask and of background in turn."""
    painted = np.zeros_like(token)
    painted[::2] = _PAINTED
    pixels = token - painted
    pieces = (pixels + LONGEST_PX - 1) // LONGEST_PX
    found: Flat = np.repeat(painted + LONGEST_PX, pieces)
    found[pieces.cumsum() - 1] = token - (pieces - 1) * LONGEST_PX
    return found


@cache
def _table() -> tuple[npt.NDArray[np.uint64], Flat]:
    """Bits of every token, from the highest of 64, and how many they are."""
    words = CHANNELS * np.arange(1, LONGEST_PX + 1)
    kind = (words > 8).astype(np.int64) + (words > 16) + (words > 256)  # noqa: PLR2004 - 2 to the sizes
    size = np.array(BROWSER_SIZES)[kind] + WORD_BITS
    told = (4 + kind) << size | (words - 1) << WORD_BITS
    head, width = np.array([FORMAT]) << 64 - _FORMAT_BITS, 3 + size
    bits = np.concatenate([head, told << 64 - width, head, (told | 255) << 64 - width])
    return bits.view(np.uint64), np.concatenate([[_FORMAT_BITS], width, [_FORMAT_BITS], width])
