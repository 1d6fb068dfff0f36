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
    "png: as many regions as are read": lambda: _png(_blocks(490, 10, np.uint16)),
    "png: large regions": lambda: _png(_blocks(4800, 300, np.uint8)),
    "png: a comb": lambda: _png(
        np.tile((np.arange(4800) % 48 < 24) | (np.arange(4800) > 4790), (4800, 1)).astype(np.uint8)
    ),
    "png: packed text": lambda: _with_chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * (600 * MIB), 9)),
    "png: a packed profile": lambda: _with_chunk(b"iCCP", b"a\0\0" + zlib.compress(b" " * (600 * MIB), 9)),
    "png: claims to be huge": lambda: _png(np.ones((9, 9), np.uint8)).replace(b"\0\0\0\t\0\0\0\t", b"\0\1\0\0" * 2, 1),
}


def _volume(shape: tuple[int, int, int], voxels: bytes, kind: int = 2, *, packed: bool = True) -> bytes:
    """Make a volume of 8-bit voxels, or of another kind, whose voxels are some bytes over and over."""
    head = bytearray(352)
    head[0:4], head[344:348] = (348).to_bytes(4, "little"), b"n+1\0"
    head[40:48] = np.array([3, *shape], "<i2").tobytes()
    head[70:72], head[76:92] = kind.to_bytes(2, "little"), np.ones(4, "<f4").tobytes()
    head[108:112], head[254:256] = np.array([352], "<f4").tobytes(), b"\1\0"
    head[280:328] = np.eye(4, dtype="<f4")[:3].tobytes()
    size = int(np.prod(np.array(shape, np.int64))) * {2: 1, 4: 2, 16: 4, 64: 8}[kind]
    writer = zlib.compressobj(9, wbits=31)
    parts, left, block = (
        [writer.compress(bytes(head))] if packed else [bytes(head)],
        size,
        voxels * max(1, MIB // len(voxels)),
    )
    while left > 0:
        parts.append(writer.compress(block[:left]) if packed else block[:left])
        left -= len(block)
    return b"".join(parts) + (writer.flush() if packed else b"")


def _layers(columns: int, rows: int, size: int) -> bytes:
    """One slice of squares of values of their own."""
    return (_blocks(max(columns, rows), size, np.uint8)[:rows, :columns]).tobytes()


VOLUMES: Mapping[str, Callable[[], bytes]] = {
    "nifti: blank": lambda: _volume((512, 512, 1024), b"\0"),
    "nifti: painted all over": lambda: _volume((512, 512, 1024), b"\1"),
    "nifti: as many slices as are read": lambda: _volume((16, 16, 2000), b"\1"),
    "nifti: slices without end": lambda: _volume((1, 1, 32_000), b"\1", packed=False),
    "nifti: stripes": lambda: _volume((512, 512, 1024), b"\1\0"),
    "nifti: broad stripes": lambda: _volume((512, 512, 1024), b"\1" * 16 + b"\0" * 16),
    "nifti: many values": lambda: _volume((512, 512, 1000), bytes(range(256))),
    "nifti: many regions on every slice": lambda: _volume((128, 128, 2000), _layers(128, 128, 8)),
    "nifti: noise": lambda: _volume((512, 512, 4), _noise(1024, np.uint8, 9).tobytes(), packed=False),
    "nifti: fractions": lambda: _volume((512, 512, 128), np.full(64, 0.5).tobytes(), 64),
    "nifti: whole fractions": lambda: _volume((512, 512, 128), np.full(64, 1.0).tobytes(), 64),
    "nifti: no numbers": lambda: _volume((512, 512, 256), b"\xff" * 4, 16),
    "nifti: one large slice": lambda: _volume((4840, 4840, 1), b"\1"),
    "nifti: large slices": lambda: _volume((4840, 4840, 11), b"\1"),
    "nifti: one large slice of 64 bits": lambda: _volume((2048, 2048, 1), np.full(64, 1.0).tobytes(), 64),
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
