"""Label Studio brush strokes: the bit stream of ``@thi.ng/rle-pack`` over RGBA words.

Header, most significant bit first: u32 number of words (4 · rows · columns), u5 word size − 1, four × u4 run-length size
− 1. Then tokens until all words are told: u1 x, u2 k, u(size k) n; x = 1: one word repeated n + 1 times; x = 0: n + 1
words as they are. Zero padding to a byte. Strokes are antialiased and all four channels carry the alpha value, so a
threshold decides what belongs.
"""

from __future__ import annotations

import json

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import Flat, Mask, MaskError

MAX_BYTES = 64 * 2**20
CHANNELS = 4
HEADER_BITS = 53
WORD_BITS = 8
BROWSER_SIZES = (3, 4, 8, 16)
"""Bits of the run length in the four kinds of token, as the browser writes them."""


def parse_bytes(raw_json: bytes) -> bytes:
    """Bytes from the JSON text of a list of integers 0–255. Raises MaskError for anything else."""
    if len(raw_json) > 5 * MAX_BYTES:
        raise MaskError(f"the brush data take more than {MAX_BYTES // 2**20} MB")
    try:
        values = json.loads(raw_json)
        return bytes(values if isinstance(values, list) and bool not in set(map(type, values)) else [-1])
    except (ValueError, TypeError, RecursionError) as error:
        raise MaskError("the brush data are not a list of whole numbers from 0 to 255") from error


def decode(data: bytes, shape: tuple[int, int], threshold: int = 128) -> Mask:
    """Mask (rows, columns) of the pixels whose alpha is at least ``threshold`` (1–255).

    Raises MaskError when the stream is not of this image size, stops early, runs over or goes on after its end.
    """
    sizes = _checked_header(data, shape)
    head, repeated, length = _tokens(data, sizes, CHANNELS * shape[0] * shape[1])
    value, length = _words(data, sizes, head, repeated, length)
    stop = np.cumsum(length)
    start = stop - length
    painted = value >= threshold
    # the alpha word of pixel p is word 4p + 3, so words [i, j) hold the alpha of pixels [i >> 2, j >> 2)
    return Mask.from_runs(start[painted] >> 2, stop[painted] >> 2, shape)


def encode(mask: Mask) -> bytes:
    """The stream the browser writes for the mask, painted with 255 in all four channels."""
    total = CHANNELS * mask.shape[0] * mask.shape[1]
    edges, times = np.unique(np.r_[mask.starts, mask.stops], return_counts=True)
    # a row that ends painted goes on in the next row: its stop is the next start and no edge of the stream
    bounds = np.unique(np.r_[0, CHANNELS * edges[times == 1], total])
    length = np.diff(bounds)
    value = np.where(_painted(mask, bounds[:-1]), 255, 0)
    whole = (length - 1) // 65536
    pieces = np.repeat(np.arange(length.size), whole + 1)
    last = np.cumsum(whole + 1) - 1
    repeat = np.full(pieces.size, 65536, np.int64)
    repeat[last] = length - whole * 65536
    return _packed(total, repeat, value[pieces])


def _painted(mask: Mask, words: Flat) -> npt.NDArray[np.bool_]:
    """Whether the pixel of each word is in the mask."""
    pixel = words // CHANNELS
    run = np.searchsorted(mask.starts, pixel, side="right") - 1
    inside = np.zeros(words.size, np.bool_)
    known = run >= 0
    inside[known] = pixel[known] < mask.stops[run[known]]
    return inside


def _packed(total: int, repeat: Flat, value: Flat) -> bytes:
    """Header and repeat tokens as a padded bit stream."""
    sizes = np.array(BROWSER_SIZES)
    kind = np.searchsorted(np.array([8, 16, 256]), repeat, side="left")
    width = 3 + sizes[kind] + WORD_BITS
    code = (4 + kind) << (sizes[kind] + WORD_BITS) | (repeat - 1) << WORD_BITS | value
    head = np.array([total >> 16, total & 0xFFFF, (WORD_BITS - 1) << 16 | 0x237F])
    code, width = np.r_[head, code], np.r_[16, 16, 21, width]
    stop = np.cumsum(width)
    bit = np.arange(int(stop[-1])) - np.repeat(stop - width, width)
    bits = np.repeat(code, width) >> (np.repeat(width, width) - 1 - bit) & 1
    return np.packbits(bits.astype(np.uint8)).tobytes()


def _checked_header(data: bytes, shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """Run-length sizes, after every number of the header has been compared with the image."""
    if len(data) > MAX_BYTES:
        raise MaskError(f"the brush data take more than {MAX_BYTES // 2**20} MB")
    if len(data) * 8 < HEADER_BITS:
        raise MaskError(f"the brush data stop after {len(data)} bytes, within their header")
    head = int.from_bytes(data[:7], "big") >> 3
    words, word_bits, expected = head >> 21, (head >> 16 & 31) + 1, CHANNELS * shape[0] * shape[1]
    if word_bits != WORD_BITS:
        raise MaskError(f"the brush data are made of {word_bits}-bit words; Label Studio writes {WORD_BITS} bits")
    if words != expected:
        raise MaskError(
            f"the brush data are made for an image of {words / CHANNELS:,.15g} pixels, "
            f"but this one has {shape[1]} × {shape[0]} = {expected // CHANNELS:,}"
        )
    return (head >> 12 & 15) + 1, (head >> 8 & 15) + 1, (head >> 4 & 15) + 1, (head & 15) + 1


def _tokens(data: bytes, sizes: tuple[int, int, int, int], words: int) -> tuple[Flat, npt.NDArray[np.bool_], Flat]:
    """First bit, kind (repeated or literal) and length in words of every token."""
    padded = data + bytes(8)
    heads: list[int] = []
    position, told, end = HEADER_BITS, 0, len(data) * 8
    lengths: list[int] = []
    while told < words:
        byte = position >> 3
        window = int.from_bytes(padded[byte : byte + 4], "big") << (position & 7) & 0xFFFFFFFF
        size = sizes[window >> 29 & 3]
        length = (window << 3 & 0xFFFFFFFF) >> (32 - size)
        heads.append(position)
        lengths.append(length + 1)
        told += length + 1
        position += 3 + size + (WORD_BITS if window >> 31 else WORD_BITS * (length + 1))
        if position > end:
            raise MaskError(
                f"the brush data stop early: {min(told, words) // CHANNELS:,} of {words // CHANNELS:,} pixels told"
            )
    if told > words:
        raise MaskError(f"the brush data run over the end of the image by {told - words:,} words")
    _check_padding(data, position)
    head = np.array(heads, np.int64)
    first = np.frombuffer(padded, np.uint8)[head >> 3]
    return head, (first << (head & 7).astype(np.uint8) & 128).astype(np.bool_), np.array(lengths, np.int64)


def _check_padding(data: bytes, position: int) -> None:
    """Nothing but zero bits to the end of the byte; one more zero byte is what the SDK adds."""
    rest = data[position >> 3 :]
    spare = len(data) * 8 - position
    if spare > 15 or (rest and int.from_bytes(rest, "big") & ((1 << spare) - 1)):  # noqa: PLR2004 - bits
        raise MaskError(f"the brush data go on for {spare} bits after the last pixel")


def _words(
    data: bytes, sizes: tuple[int, int, int, int], head: Flat, repeated: npt.NDArray[np.bool_], length: Flat
) -> tuple[npt.NDArray[np.uint8], Flat]:
    """Value and length of every run; a literal word is a run of one."""
    padded = np.frombuffer(data + bytes(8), np.uint8)
    kind = (padded[head >> 3].astype(np.int64) << 8 | padded[(head >> 3) + 1]) >> (13 - (head & 7)) & 3
    word = head + 3 + np.array(sizes, np.int64)[kind]
    count = np.where(repeated, 1, length)
    ordinal = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    word = np.repeat(word, count) + WORD_BITS * ordinal
    value = (padded[word >> 3].astype(np.int64) << 8 | padded[(word >> 3) + 1]) >> (8 - (word & 7)) & 255
    return value.astype(np.uint8), np.where(np.repeat(repeated, count), np.repeat(length, count), 1)
