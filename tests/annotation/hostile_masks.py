"""Masks and legends of up to 1 MiB that are made to cost much."""

from __future__ import annotations

import io
import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from guidelint.annotation.decoding.legends.legend import Legend

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

MIB = 2**20


def legend() -> Legend:
    """Make a legend by which everything means something: what is not named costs nothing."""
    every = dict.fromkeys(range(1, 65_536), "Lesion")
    return Legend("legend.csv", every, every)


def _png(values: npt.NDArray[Any]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(values).save(file, "PNG", compress_level=9)
    return file.getvalue()


def _with_chunk(kind: bytes, data: bytes) -> bytes:
    small = _png(np.ones((9, 9), np.uint8))
    chunk = len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    return small[:33] + chunk + small[33:]


def _noise(side: int, kind: type[np.unsignedinteger[Any]], most: int) -> npt.NDArray[Any]:
    return np.random.default_rng(1).integers(1, most, (side, side)).astype(kind)


def _blocks(side: int, size: int, kind: type[np.unsignedinteger[Any]]) -> npt.NDArray[Any]:
    """Squares of values of their own."""
    count = side // size
    values = np.arange(1, count * count + 1).reshape(count, count) % np.iinfo(kind).max + 1
    return np.kron(values, np.ones((size, size))).astype(kind)


MASKS: Mapping[str, Callable[[], bytes]] = {
    "png: blank grey": lambda: _png(np.ones((4800, 4800), np.uint8)),
    "png: blank grey of 16 bits": lambda: _png(np.ones((4800, 4800), np.uint16)),
    "png: blank in colour": lambda: _png(np.ones((3900, 3900, 3), np.uint8)),
    "png: blank in colour with transparency": lambda: _png(np.full((3900, 3900, 4), 255, np.uint8)),
    "png: noise": lambda: _png(_noise(1000, np.uint8, 255)),
    "png: noise that is just read": lambda: _png(_noise(630, np.uint8, 12)),
    "png: noise of 16 bits": lambda: _png(_noise(700, np.uint16, 65_535)),
    "png: noise of two values": lambda: _png(_noise(850, np.uint8, 3)),
    "png: stripes": lambda: _png(np.tile(np.arange(4800) % 2, (4800, 1)).astype(np.uint8)),
    "png: stripes that are just read": lambda: _png(np.tile(np.arange(4800) % 4800 < 2400, (4800, 1)).astype(np.uint8)),
    "png: regions without end": lambda: _png(_blocks(1400, 10, np.uint16)),
    "png: as many regions as are read": lambda: _png(_blocks(540, 10, np.uint16)),
    "png: large regions": lambda: _png(_blocks(4800, 300, np.uint8)),
    "png: a comb": lambda: _png(
        np.tile((np.arange(4800) % 48 < 24) | (np.arange(4800) > 4790), (4800, 1)).astype(np.uint8)
    ),
    "png: packed text": lambda: _with_chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * (600 * MIB), 9)),
    "png: a packed profile": lambda: _with_chunk(b"iCCP", b"a\0\0" + zlib.compress(b" " * (600 * MIB), 9)),
    "png: claims to be huge": lambda: _png(np.ones((9, 9), np.uint8)).replace(b"\0\0\0\t\0\0\0\t", b"\0\1\0\0" * 2, 1),
}
LEGENDS: Mapping[str, Callable[[], bytes]] = {
    "legend: brackets": lambda: b'{"labels":' + b"[" * (MIB - 20),
    "legend: objects": lambda: b'{"a":' * (MIB // 5),
    "legend: digits": lambda: b'{"labels":{"a":' + b"1" * (MIB - 20) + b"}}",
    "legend: values without end": lambda: b"value,label\n" + b"1,Lesion\n" * (MIB // 9 - 2),
    "legend: ranges": lambda: b"value,label\n" + b"1-65000,Lesion\n" * (MIB // 15 - 2),
    "legend: colons": lambda: b":" * (MIB - 1),
    "legend: spaces": lambda: b"1" + b" " * (MIB - 20) + b"x",
    "legend: quotation marks": lambda: b'value,label\n1,"' + b'""' * (MIB // 2 - 20),
    "legend: many labels": lambda: json.dumps({f"a{one}": one for one in range(60_000)}).encode(),
}
