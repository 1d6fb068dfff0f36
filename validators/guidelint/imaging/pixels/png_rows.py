"""Whether a PNG holds all of its rows: pillow leaves those black that are not there, and says nothing."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import BinaryIO

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MISSING_ROWS: Final = "it ends before its last row. Export it again"
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel by colour type (PNG 11.2.1)."""
_PASSES: Final = ((0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2))
"""First column and step, first row and step of each pass of an interlaced picture (PNG 8.2)."""
_WHOLE: Final = ((0, 1, 0, 1),)
_TAKEN_BYTES: Final = 2**16


def refuse_missing_rows(png: BinaryIO) -> None:
    """Refuse a PNG whose data end, as if they were whole, before its last row. Raises NotMeasurable.

    It is one that pillow has read: what is damaged otherwise was refused by it.
    """
    png.seek(0)
    if png.read(len(SIGNATURE)) != SIGNATURE:
        return
    chunks = _chunks(png)
    _, length = next(chunks)
    missing = _all_bytes(png.read(length))
    try:
        for count in _inflated(png, chunks):
            missing -= count
            if missing <= 0:
                return
    except zlib.error as error:
        raise NotMeasurable(MISSING_ROWS) from error
    raise NotMeasurable(MISSING_ROWS)


def _chunks(png: BinaryIO) -> Generator[tuple[bytes, int]]:
    """Go from chunk to chunk, standing where the data of each begin."""
    while len(head := png.read(8)) == 8:  # noqa: PLR2004 - length and kind
        begin, length = png.tell(), int.from_bytes(head[:4], "big")
        yield head[4:], length
        png.seek(begin + length + 4)


def _inflated(png: BinaryIO, chunks: Iterable[tuple[bytes, int]]) -> Generator[int]:
    """Count the bytes of all rows, holding few of them at a time."""
    inflater = zlib.decompressobj()
    for rest in (size for kind, size in chunks if kind == b"IDAT"):
        for length in (min(rest - begin, _TAKEN_BYTES) for begin in range(0, rest, _TAKEN_BYTES)):
            packed, is_full = png.read(length), True
            while not inflater.eof and (packed or is_full):
                count = len(inflater.decompress(packed, _TAKEN_BYTES))
                packed, is_full = inflater.unconsumed_tail, count == _TAKEN_BYTES
                yield count


def _all_bytes(header: bytes) -> int:
    """How long the rows are that IHDR tells of, each with the byte of its filter."""
    columns, rows = (int.from_bytes(header[at : at + 4], "big") for at in (0, 4))
    depth, kind, interlaced = header[8], header[9], header[12]
    bits = depth * _CHANNELS[kind]
    return sum(
        _steps(rows, top, down) * (1 + (bits * across + 7) // 8)
        for left, right, top, down in (_PASSES if interlaced else _WHOLE)
        if (across := _steps(columns, left, right))
    )


def _steps(size: int, first: int, step: int) -> int:
    return max(0, -(-(size - first) // step))
