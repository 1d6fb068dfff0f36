"""Label Studio brush strokes: the bit stream of ``@thi.ng/rle-pack`` over RGBA words.

Header, most significant bit first: u32 number of words (4 · rows · columns), u5 word size − 1, four × u4 size in bits
of the run length − 1. Then tokens until all words are told: u1 x, u2 k, u(size k) n; x = 1: one word repeated n + 1
times; x = 0: n + 1 words as they are. Zero bits to the end of the byte. Strokes are antialiased and all four channels
carry the alpha value, so a threshold decides which pixels belong.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.geometry.codecs.rle_tokens import CHANNELS, FORMAT, WORD_BITS, packed, tokens
from guidelint.geometry.kernels.choice import fast
from guidelint.geometry.mask import MAX_RUNS, Mask, MaskError

if TYPE_CHECKING:
    from guidelint.geometry.flat import Flat

HEADER_BITS = 53
MAX_BYTES = 32 * 2**20
MAX_TEXT_BYTES = 5 * MAX_BYTES
"""Most of a JSON text: three digits, a comma and a blank for each byte."""
_BLANKS = b" \t\r\n"
MOST_WORDS = 2**32 - 1
"""As many as the header can tell."""
_BLOCK = 2**18
_WINDOW = 8
_COMMA = ord(",")
_LEAST_OF_LENGTH = np.array([0, 0, 10, 100], np.uint16)
"""Smallest number of so many digits."""

Sizes = tuple[int, int, int, int]
Wide = npt.NDArray[np.uint64]


def parse_bytes(raw_json: bytes) -> bytes:
    """Bytes from the JSON text of a list of integers 0–255. Raises MaskError for anything else."""
    if len(raw_json) > MAX_TEXT_BYTES:
        raise MaskError(f"the brush data take more than {MAX_BYTES // 2**20} MB")
    text = raw_json.strip(_BLANKS)
    plain = plain_bytes(text, 0, len(text))
    return _any_numbers(raw_json) if plain is None else plain


def plain_bytes(text: bytes, begin: int, end: int) -> bytes | None:
    """Bytes that the list of integers 0–255 tells which takes a stretch of a JSON text, from bracket to bracket.

    None for anything else, and for some lists that are written in an unusual way.
    """
    if fast(end - begin):
        from guidelint.geometry.kernels.brush_text import told_bytes  # noqa: PLC0415 - loads numba

        done, found = told_bytes(np.frombuffer(text, np.uint8), begin, end)
        return found.tobytes() if done else None
    return _plain_numbers(text[begin:end].replace(b", ", b","))


def decode(data: bytes, shape: tuple[int, int], threshold: int = 128) -> Mask:
    """Mask (rows, columns) of the pixels whose alpha is at least ``threshold`` (1–255).

    Raises MaskError when the stream is not of this image size, stops early, runs over or goes on after its end.
    """
    sizes = _checked_header(data, shape)
    if fast(len(data)) and 0 not in shape:
        from guidelint.geometry.kernels.brush import painted_runs  # noqa: PLC0415 - loads numba

        words = np.frombuffer(data + bytes(24 - len(data) % 8), ">u8").astype(np.uint64)
        total, bits = CHANNELS * shape[0] * shape[1], 8 * len(data)
        packed = sizes[0] | sizes[1] << 8 | sizes[2] << 16 | sizes[3] << 24
        told = (words, bits, packed, HEADER_BITS, total, shape[1], threshold)
        done, starts, stops = painted_runs(*told, MAX_RUNS)
        if done:
            return Mask(starts, stops, shape)
    head = _heads(data, sizes)
    kept, window, size, length = _lengths(data, sizes, head, CHANNELS * shape[0] * shape[1])
    literal = (window >> np.uint64(63)) == 0
    value = (window << (size + np.uint64(3)) >> np.uint64(64 - WORD_BITS)).astype(np.int64)
    if literal.any():
        value, length = _with_literals(data, head[:kept] + size.astype(np.int64) + 3, literal, length)
    stop = np.cumsum(length)
    painted = value >= threshold
    start, stop = (stop - length)[painted], stop[painted]
    # the alpha word of pixel p is word 4p + 3, so words [i, j) hold the alpha of pixels [i >> 2, j >> 2)
    return Mask.from_runs(start >> 2, stop >> 2, shape)


def encode(mask: Mask) -> bytes:
    """Give the stream that the browser writes for the mask painted with 255 in all four channels."""
    total = CHANNELS * mask.shape[0] * mask.shape[1]
    if total == 0:
        raise MaskError("an image without pixels has no brush stream")
    if total > MOST_WORDS:
        raise MaskError(f"an image of {total // CHANNELS:,} pixels is too large for a brush stream")
    if fast(mask.starts.size):
        from guidelint.geometry.kernels.brush import stroke  # noqa: PLC0415 - loads numba

        return stroke(mask.starts, mask.stops, total // CHANNELS, *_head(total)).tobytes()
    return packed(tokens(mask.starts, mask.stops, total // CHANNELS), total // CHANNELS)


def _head(total: int) -> tuple[Flat, Flat]:
    """Numbers of the header and their widths in bits."""
    return np.array([total >> 16, total & 0xFFFF, FORMAT]), np.array([16, 16, 21])


def _plain_numbers(text: bytes) -> bytes | None:
    """Bytes from ``[1,2,3]`` written without any blank, None for every other text."""
    if len(text) < 3 or text[:1] != b"[" or text[-1:] != b"]":  # noqa: PLR2004 - [0]
        return None
    char = np.frombuffer(text, np.uint8)
    # with the brackets as commas every number stands between two of them
    stops = np.concatenate([[0], np.flatnonzero(char == _COMMA), [char.size - 1]])
    digit = char - np.uint8(ord("0"))
    if np.count_nonzero(digit < 10) + stops.size != char.size:  # noqa: PLR2004 - digits
        return None
    length = np.diff(stops) - 1
    if length.min() < 1 or length.max() > 3:  # noqa: PLR2004 - digits of 255
        return None
    # what stands before a shorter number is a comma or a bracket, and counts nothing
    ends = stops[1:]
    value = digit[ends - 1].astype(np.uint16)
    value += digit[ends - 2] * np.uint16(10) * (length > 1)
    value += digit[ends - 3] * np.uint16(100) * (length > 2)  # noqa: PLR2004 - three digits
    zero_led = value < _LEAST_OF_LENGTH[length]
    return None if zero_led.any() or value.max() > 255 else value.astype(np.uint8).tobytes()  # noqa: PLR2004


def _any_numbers(text: bytes) -> bytes:
    problem = "the brush data are not a list of whole numbers from 0 to 255"
    try:
        values = json.loads(text)
        if not isinstance(values, list) or set(map(type, values)) - {int}:
            raise MaskError(problem)
        return bytes(values)
    except (ValueError, RecursionError) as error:
        raise MaskError(problem) from error


def _checked_header(data: bytes, shape: tuple[int, int]) -> Sizes:
    """Sizes of the run lengths, after every number of the header has been compared with the image."""
    words = CHANNELS * shape[0] * shape[1]
    if len(data) > min(MAX_BYTES, 8 + 5 * words):
        raise MaskError(f"the brush data take {len(data):,} bytes, more than any drawing on this image can")
    if len(data) * 8 < HEADER_BITS:
        raise MaskError(f"the brush data stop after {len(data)} bytes, within their header")
    head = int.from_bytes(data[:7], "big") >> 3
    told, word_bits = head >> 21, (head >> 16 & 31) + 1
    if word_bits != WORD_BITS:
        raise MaskError(f"the brush data are made of {word_bits}-bit words; Label Studio writes {WORD_BITS} bits")
    if told != words:
        raise MaskError(
            f"the brush data are made for an image of {told / CHANNELS:,.15g} pixels, "
            f"but this one has {shape[1]} × {shape[0]} = {words // CHANNELS:,}"
        )
    return (head >> 12 & 15) + 1, (head >> 8 & 15) + 1, (head >> 4 & 15) + 1, (head & 15) + 1


@lru_cache(maxsize=4)
def _step_table(sizes: Sizes) -> Wide:
    """For ten bits of the stream the eight token lengths in bits that begin at its first eight bits; 0 for literals."""
    ten = np.arange(1024)
    bits = np.array([0, 0, 0, 0, *(3 + size + WORD_BITS for size in sizes)], np.uint8)
    steps = np.stack([bits[ten >> (7 - offset) & 7] for offset in range(8)], axis=1)
    return np.ascontiguousarray(steps).view(np.uint64).reshape(-1)


def _heads(data: bytes, sizes: Sizes) -> Flat:
    """First bits of the tokens, one after another to the end of the stream."""
    table, padded, end = _step_table(sizes), np.frombuffer(data + bytes(_WINDOW), np.uint8), len(data) * 8
    heads: list[int] = []
    position = HEADER_BITS
    for block in range(0, len(data), _BLOCK):
        stop = min(block + _BLOCK, len(data))
        ten = padded[block:stop].astype(np.uint16) << 2 | padded[block + 1 : stop + 1] >> 6
        steps = table[ten].tobytes()
        position = _walk(data, sizes, (steps, block * 8), position, heads)
        if position >= end:
            break
    return np.array(heads, np.int64)


def _walk(data: bytes, sizes: Sizes, steps: tuple[bytes, int], position: int, heads: list[int]) -> int:
    """Follow the tokens through one block of step lengths; the first bit after it."""
    lengths, origin = steps
    local, end = position - origin, len(lengths)
    found = heads.append
    while local < end:
        found(local + origin)
        step = lengths[local]
        local += step or _literal_bits(data, sizes, local + origin)
    return local + origin


def _literal_bits(data: bytes, sizes: Sizes, position: int) -> int:
    byte = position >> 3
    window = int.from_bytes(data[byte : byte + 4].ljust(4, b"\0"), "big") << (position & 7) & 0xFFFFFFFF
    size = sizes[window >> 29 & 3]
    return 3 + size + WORD_BITS * (((window << 3 & 0xFFFFFFFF) >> (32 - size)) + 1)


def _lengths(data: bytes, sizes: Sizes, head: Flat, words: int) -> tuple[int, Wide, Wide, Flat]:
    """Count the tokens that tell all words; of each: 57 bits from its head, size of run length, length in words."""
    padded = np.frombuffer(data + bytes(_WINDOW), np.uint8)
    windows: npt.NDArray[np.uint64] = np.ndarray((len(data),), ">u8", padded, strides=(1,))
    window = windows[head >> 3].astype(np.uint64) << (head & 7).astype(np.uint64)
    size = np.array(sizes, np.uint64)[(window >> np.uint64(61) & np.uint64(3)).astype(np.int64)]
    length = (window << np.uint64(3) >> (np.uint64(64) - size)).astype(np.int64) + 1
    told = np.cumsum(length)
    kept = int(np.searchsorted(told, words)) + 1
    if kept > told.size:
        seen = int(told[-1]) if told.size else 0
        raise MaskError(f"the brush data stop early, after {seen // CHANNELS:,} of {words // CHANNELS:,} pixels")
    if told[kept - 1] > words:
        raise MaskError(f"the brush data run over the end of the image by {int(told[kept - 1]) - words:,} words")
    _check_end(data, sizes, int(head[kept - 1]))
    return kept, window[:kept], size[:kept], length[:kept]


def _check_end(data: bytes, sizes: Sizes, head: int) -> None:
    """Nothing but zero bits after the last token: to the end of its byte, and one byte more that the SDK adds."""
    bits = int.from_bytes(data[head >> 3 :][:4].ljust(4, b"\0"), "big") << (head & 7) & 0xFFFFFFFF
    repeated = 3 + sizes[bits >> 29 & 3] + WORD_BITS
    end = head + (repeated if bits >> 31 else _literal_bits(data, sizes, head))
    spare = len(data) * 8 - end
    if spare < 0:
        raise MaskError("the brush data stop early, within the last run")
    if spare > 15 or (spare and int.from_bytes(data[-2:], "big") & ((1 << spare) - 1)):  # noqa: PLR2004 - < 2 bytes
        raise MaskError(f"the brush data go on for {spare} bits after the last pixel")


def _with_literals(data: bytes, word: Flat, literal: npt.NDArray[np.bool_], length: Flat) -> tuple[Flat, Flat]:
    """Value and length of every run; each word of a literal token is a run of its own. ``word``: its first bit."""
    padded = np.frombuffer(data + bytes(_WINDOW), np.uint8)
    count = np.where(literal, length, 1)
    ordinal = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    bit = np.repeat(word, count) + WORD_BITS * ordinal
    pair = padded[bit >> 3].astype(np.int64) << 8 | padded[(bit >> 3) + 1]
    return pair >> (8 - (bit & 7)) & 255, np.where(np.repeat(literal, count), 1, np.repeat(length, count))
