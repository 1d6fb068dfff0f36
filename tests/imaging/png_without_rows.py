"""PNG whose data end before the picture does, as if they were whole."""

from __future__ import annotations

import struct
import zlib


def without_last_row(png: bytes, row_bytes: int) -> bytes:
    """Take it from a PNG with one chunk of pixels, and make all else fit."""
    begin = png.index(b"IDAT")
    length = int.from_bytes(png[begin - 4 : begin], "big")
    pixels = zlib.decompress(png[begin + 4 : begin + 4 + length])
    return png[: begin - 4] + chunk(b"IDAT", zlib.compress(pixels[:-row_bytes])) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
