"""Inputs made to hurt, and a runner that measures each in a process of its own: python -m tests.geometry.hostile.

The runner loads everything once, then forks for every case; the child makes its input, forgets what that took, and
tells what became of the case, the processor time and the memory above what it held before. One JSON object per line.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import resource
import subprocess
import sys
import warnings
import zlib
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from functools import partial
from math import inf, nan
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from guidelint.geometry import morphology, raster
from guidelint.geometry.codecs import bitmask_png, coco_rle, rle_pack
from guidelint.geometry.kernels import choice
from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures import border_distance, components, crossing, form, outline, overlap, surface, volume
from guidelint.geometry.measures.diameter import longest_diameter, mask_diameter_points, short_axis
from guidelint.geometry.measures.perimeter import perimeter_mm
from guidelint.geometry.measures.thickness import thickness
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from guidelint.geometry.kernels.choice import KernelSet

MEBI = 2**20
MOST_S, MOST_BYTES = 2.0, 256 * MEBI
ENDED_AFTER_S = int(50 * MOST_S)
"""Processor time after which a case is ended, as one that never would; sharing caches and cores costs far less."""
UNIT = Spacing(1, 1)
SIDE = 803
"""The largest square image that a stream of 1 MiB can fill with pixels that differ from their neighbours."""
VAST = (30_000, 30_000)
Shape = tuple[int, int]
Act = Callable[[Any], object]


@dataclass(frozen=True)
class Case:
    """Something to decide: how its input is made, and what is done to it, by what is done."""

    prepare: Callable[[], Any]
    act: Act


@dataclass(frozen=True)
class Input:
    """An input and everything that is done to it, by the name of the case."""

    prepare: Callable[[], Any]
    acts: dict[str, Act]


@dataclass(frozen=True)
class Decided:
    """What became of a case."""

    name: str
    said: str
    """``mask …`` or ``value``, ``refused: …`` for a refusal in words, ``crashed: …`` for anything else."""
    seconds: float
    peak_bytes: int
    given_bytes: int = 0
    """Length of the input, where it is bytes or JSON."""
    chose: bool = True
    """Whether the work asked which kernels are to run; what does not is the same work with either set."""


def header(words: int, sizes: tuple[int, int, int, int] = (3, 4, 8, 16)) -> int:
    """Give the 53 bits before the tokens."""
    value = words << 5 | 7
    for size in sizes:
        value = value << 4 | size - 1
    return value


def stream(shape: Shape, body: bytes, sizes: tuple[int, int, int, int] = (3, 4, 8, 16)) -> bytes:
    """Put a header before bytes that stand for tokens, three bits late."""
    return (header(4 * shape[0] * shape[1], sizes) << 3).to_bytes(7, "big") + body


def pixel_by_pixel(painted: npt.NDArray[np.bool_]) -> bytes:
    """Write every pixel as a token of its own, in 13 bits: no stream of that length holds more runs."""
    bits = np.zeros((painted.size, 13), np.uint8)
    bits[:, 0] = 1  # repeated; kind 0
    bits[:, 3:5] = 1  # four words
    bits[:, 5:] = painted.reshape(-1, 1)
    lead = np.array([int(bit) for bit in f"{header(4 * painted.size, (2, 4, 8, 16)):053b}"], np.uint8)
    return np.packbits(np.concatenate([lead, bits.reshape(-1)])).tobytes()


def _stripes() -> npt.NDArray[np.bool_]:
    return np.tile(np.arange(SIDE) % 2 == 0, (SIDE, 1))


def _checkerboard() -> npt.NDArray[np.bool_]:
    return np.asarray(np.indices((SIDE, SIDE)).sum(axis=0) % 2 == 0)


def _comb() -> npt.NDArray[np.bool_]:
    comb = _stripes()
    comb[-1] = True
    return comb


def _lattice() -> npt.NDArray[np.bool_]:
    """Every hole one pixel, as many as there can be."""
    lattice = np.ones((SIDE, SIDE), np.bool_)
    lattice[1::2, 1::2] = False
    return lattice


def _noise() -> npt.NDArray[np.bool_]:
    return np.random.default_rng(1).random((SIDE, SIDE)) < 0.5


def _spiral() -> npt.NDArray[np.bool_]:
    """One line, a pixel wide, that winds to the middle."""
    spiral = np.zeros((SIDE, SIDE), np.bool_)
    top, left, bottom, right = 0, 0, SIDE - 1, SIDE - 1
    while top <= bottom and left <= right:
        spiral[top, max(left - 2, 0) : right + 1] = True
        spiral[top : bottom + 1, right] = True
        spiral[bottom, left : right + 1] = True
        spiral[top + 2 : bottom + 1, left] = True
        top, left, bottom, right = top + 2, left + 2, bottom - 2, right - 2
    return spiral


def _mask(array: npt.NDArray[np.bool_]) -> Mask:
    return Mask.from_crop(array, 0, 0, (array.shape[0], array.shape[1]))


def _all_of(shape: Shape) -> Mask:
    return Mask.from_runs([0], [shape[0] * shape[1]], shape)


def _specks(shape: Shape, count: int) -> Mask:
    """Single pixels all over a vast image."""
    flat = np.linspace(0, shape[0] * shape[1] - 2, count).astype(np.int64)
    return Mask.from_runs(flat, flat + 1, shape)


def _vast_comb() -> Mask:
    """Rows of a vast image, each with as many runs as a stream can tell."""
    starts = np.arange(VAST[0] * 4, dtype=np.int64) * 7_500
    return Mask.from_runs(starts, starts + 3_750, VAST)


MASKS: dict[str, Callable[[], Mask]] = {
    "stripes": lambda: _mask(_stripes()),
    "checkerboard": lambda: _mask(_checkerboard()),
    "comb": lambda: _mask(_comb()),
    "lattice": lambda: _mask(_lattice()),
    "noise": lambda: _mask(_noise()),
    "spiral": lambda: _mask(_spiral()),
    "a whole image of 11,585 × 11,585": lambda: _all_of((11_585, 11_585)),
    "a whole vast image": lambda: _all_of(VAST),
    "a column of a vast image": lambda: Mask.from_runs(
        np.arange(60_000) * 60_000 + 7, np.arange(60_000) * 60_000 + 8, (60_000, 60_000)
    ),
    "a comb over a vast image": _vast_comb,
    "every other row of a vast image": lambda: Mask.from_runs(
        np.arange(15_000) * 60_000, np.arange(15_000) * 60_000 + 30_000, VAST
    ),
    "300,000 specks in a vast image": lambda: _specks(VAST, 300_000),
    "two specks in opposite corners": lambda: _specks(VAST, 2),
    "two specks in opposite corners of 11,500 × 11,500": lambda: _specks((11_500, 11_500), 2),
    "two specks in opposite corners of 4,000 × 4,000": lambda: _specks((4_000, 4_000), 2),
    "a whole image of 4,000 × 4,000": lambda: _all_of((4_000, 4_000)),
    "upper half of 4,000 × 4,000": lambda: Mask.from_runs([0], [8_000_000], (4_000, 4_000)),
}


def _beside(mask: Mask) -> Mask:
    """Give the same mask a pixel further, as far as it stays within the image."""
    flat = mask.shape[0] * mask.shape[1]
    return Mask.from_runs(np.minimum(mask.starts + 1, flat), np.minimum(mask.stops + 1, flat), mask.shape)


MEASURES: dict[str, Act] = {
    "pieces over edges": lambda mask: components.components(mask, 4),
    "pieces over corners": lambda mask: components.components(mask, 8),
    "holes": lambda mask: components.holes(mask, 8),
    "holes of pieces over edges": lambda mask: components.holes(mask, 4),
    "Euler number": components.euler_number,
    "longest diameter": lambda mask: longest_diameter(mask_diameter_points(mask), UNIT),
    "short axis": lambda mask: short_axis(mask_diameter_points(mask), UNIT),
    "perimeter": lambda mask: perimeter_mm(mask, UNIT),
    "form": lambda mask: form.form(mask, UNIT),
    "border contact": form.border_contact_px,
    "overlaps": lambda mask: overlap.pairwise_iou([mask, _beside(mask), mask]),
    "union": lambda mask: mask | _beside(mask),
    "sticking out of its first run": lambda mask: overlap.outside_distance_mm(
        mask, Mask(mask.starts[:1], mask.stops[:1], mask.shape), UNIT
    ),
    "sticking out": lambda mask: overlap.outside_distance_mm(_beside(mask), mask, UNIT),
    "distances": lambda mask: surface.surface_distances(mask, _beside(mask), UNIT).percentile_mm(),
    "signed distances": lambda mask: border_distance.border_distances(_beside(mask), mask, UNIT).mean_mm,
    "smallest distance": lambda mask: border_distance.minimal_distance_mm(mask, _beside(mask) - mask, UNIT),
    "thickness": lambda mask: thickness(mask, UNIT),
    "opened by 3 mm": lambda mask: morphology.opened(mask, 3, UNIT),
    "closed by 3 mm": lambda mask: morphology.closed(mask, 3, UNIT),
    "closed by 100 mm": lambda mask: morphology.closed(mask, 100, UNIT),
    "shrunk by 10,000 mm": lambda mask: morphology.eroded(mask, 10_000, UNIT),
    "pieces in space": lambda mask: volume.pieces_3d([mask, _beside(mask)]),
    "longest diameter in space": lambda mask: volume.longest_diameter_3d_mm([mask, mask], (0, 1), UNIT),
    "as a brush stream": rle_pack.encode,
    "as COCO text": coco_rle.encode,
}


def _png(width: int, height: int, kind: str, body: bytes, *, extra: bytes = b"") -> bytes:
    """Write a PNG: ``kind`` is depth, colour type, interlacing; the body is the compressed data."""
    depth, colour, interlaced = (int(number) for number in kind.split())
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([depth, colour, 0, 0, interlaced])
    return bitmask_png.SIGNATURE + chunk(b"IHDR", head) + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    """Write a chunk of a PNG, with a checksum that may be wrong."""
    told = zlib.crc32(kind + body) if crc is None else crc
    return len(body).to_bytes(4, "big") + kind + body + told.to_bytes(4, "big")


def zeros(count: int) -> bytes:
    """Give the compressed form of so many zeros: almost nothing."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(MEBI)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = zlib.compressobj(9, wbits=-15)
    end = rest.compress(bytes(count % MEBI)) + rest.flush()
    return b"\x78\xda" + block * (count // MEBI) + end + (count % 65_521 << 16 | 1).to_bytes(4, "big")


def url(png: bytes) -> bytes:
    """Write a PNG as Label Studio sends it."""
    return bitmask_png.PREFIX + base64.b64encode(png)


def _noisy_rows(width: int, height: int, channels: int) -> bytes:
    rng = np.random.default_rng(3)
    rows = rng.integers(0, 2, (height, 1 + width * channels), np.uint8) * 255
    rows[:, 0] = rng.integers(0, 5, height)
    return zlib.compress(rows.tobytes())


def _decoded_png(png: Callable[[], bytes], shape: Shape) -> Case:
    return Case(lambda: url(png()), lambda data: bitmask_png.decode(data, shape))


PALETTE = chunk(b"PLTE", bytes(768)) + chunk(b"tRNS", bytes(range(256)))
SQUARE = 7_071
"""Side of the largest square of 50 million pixels."""


def _bomb(kind: str, row_bytes: int, side: int = SQUARE, *, extra: bytes = b"") -> Case:
    """Write a large square of nothing."""
    return _decoded_png(lambda: _png(side, side, kind, zeros(side * row_bytes), extra=extra), (side, side))


def _small(extra: Callable[[], bytes]) -> Case:
    """Write 7 × 7 pixels, and something else before them."""
    return _decoded_png(lambda: _png(7, 7, "8 6 0", zeros(203), extra=extra()), (7, 7))


PNGS: dict[str, Case] = {
    "50 million pixels, alpha": _bomb("8 6 0", 4 * SQUARE + 1),
    "50 million pixels, alpha, interlaced": _bomb("8 6 1", 4 * SQUARE + 4),
    "50 million pixels, 16 bits, alpha": _bomb("16 6 0", 8 * SQUARE + 1),
    "50 million pixels, 16 bits, grey": _bomb("16 0 0", 2 * SQUARE + 1),
    "50 million pixels, grey and alpha": _bomb("8 4 0", 2 * SQUARE + 1),
    "50 million pixels, palette": _bomb("8 3 0", SQUARE + 1, extra=PALETTE),
    "50 million pixels, colours": _bomb("8 2 0", 3 * SQUARE + 1),
    "50 million pixels, one bit each": _bomb("1 0 0", 885),
    "50 million pixels in one row": _decoded_png(
        lambda: _png(50_000_000, 1, "8 6 0", zeros(200_000_001)), (1, 50_000_000)
    ),
    "50 million pixels in one column": _decoded_png(
        lambda: _png(1, 50_000_000, "8 6 0", zeros(250_000_000)), (50_000_000, 1)
    ),
    "100,000 × 500 pixels": _decoded_png(lambda: _png(500, 100_000, "8 6 0", zeros(200_100_000)), (100_000, 500)),
    "500 × 100,000 pixels": _decoded_png(lambda: _png(100_000, 500, "8 6 0", zeros(200_000_500)), (500, 100_000)),
    "1 MiB of noise": _decoded_png(lambda: _png(1_640, 1_000, "8 6 0", _noisy_rows(1_640, 1_000, 4)), (1_000, 1_640)),
    "1 MiB of noise, grey, interlaced": _decoded_png(
        lambda: _png(2_400, 2_400, "8 0 1", _noisy_rows(2_400, 2_420, 1)), (2_400, 2_400)
    ),
    "dimensions of 2³¹ − 1": _bomb("8 6 0", 0, 2**31 - 1),
    "no rows": _decoded_png(lambda: _png(7, 0, "8 6 0", zeros(9)), (0, 7)),
    "a depth that does not exist": _bomb("7 6 0", 1_500, 700),
    "cut short": _decoded_png(lambda: _png(3_000, 3_000, "8 6 0", zeros(9_000))[:-20], (3_000, 3_000)),
    "less than its rows": _bomb("8 6 0", 1),
    "far more than its rows": _decoded_png(lambda: _png(7, 7, "8 6 0", zeros(300 * MEBI)), (7, 7)),
    "a wrong checksum": _small(lambda: chunk(b"tEXt", b"a\0b", 7)),
    "a text that unpacks to 300 MiB": _small(lambda: chunk(b"zTXt", b"a\0\0" + zeros(300 * MEBI))),
    "a colour profile that unpacks to 300 MiB": _small(lambda: chunk(b"iCCP", b"a\0\0" + zeros(300 * MEBI))),
    "70,000 chunks": _small(lambda: chunk(b"tEXt", b"a\0") * 70_000),
}


def _brush(prepare: Callable[[], bytes], shape: Shape) -> Case:
    return Case(prepare, lambda data: rle_pack.decode(data, shape))


def _filled(filling: bytes) -> Case:
    return _brush(lambda: stream(VAST, filling * (MEBI // 2 - 4)), VAST)


def _tiny_tokens() -> bytes:
    """As many tokens as 1 MiB can hold: two words each, in 12 bits."""
    return stream(VAST, (0b100_0_10101010_100_1_01010101).to_bytes(3, "big") * (MEBI // 3), (1, 1, 1, 1))


STREAMS: dict[str, Case] = {
    "a vast image, then 1 MiB of zeros": _filled(b"\0\0"),
    "a vast image, then 1 MiB of ones": _filled(b"\xff\xff"),
    "a vast image, then 1 MiB of mixed bits": _filled(b"\x55\x55"),
    "a vast image, then 1 MiB of literals": _filled(b"\x10\x80"),
    "a vast image, then 1 MiB of noise": _brush(
        lambda: stream(VAST, np.random.default_rng(2).bytes(MEBI - 8)), VAST
    ),
    "a vast image, then 700,000 tokens": _brush(_tiny_tokens, VAST),
    "a vast image, painted whole": _brush(lambda: rle_pack.encode(_all_of(VAST)), VAST),
    "a vast image, combed": _brush(lambda: rle_pack.encode(_vast_comb()), VAST),
    "a billion pixels in one row": _brush(lambda: rle_pack.encode(_all_of((1, 10**9))), (1, 10**9)),
    "8 million rows of one pixel, painted whole": _brush(
        lambda: rle_pack.encode(Mask.from_runs([0], [10**6 * 8], (1, 10**6 * 8))), (10**6 * 8, 1)
    ),
    "a billion rows of one pixel, painted whole": _brush(
        lambda: rle_pack.encode(Mask.from_runs([0], [10**9], (1, 10**9))), (10**9, 1)
    ),
    "stripes, pixel by pixel": _brush(lambda: pixel_by_pixel(_stripes()), (SIDE, SIDE)),
    "a checkerboard, pixel by pixel": _brush(lambda: pixel_by_pixel(_checkerboard()), (SIDE, SIDE)),
    "another image": _brush(lambda: stream(VAST, bytes(MEBI - 8)), (512, 512)),
}  # fmt: skip


def _text(prepare: Callable[[], bytes]) -> Case:
    return Case(prepare, lambda text: rle_pack.decode(rle_pack.parse_bytes(text), VAST))


TEXTS: dict[str, Case] = {
    "digits": _text(lambda: b"[" + b"1" * (MEBI - 2) + b"]"),
    "open brackets": _text(lambda: b"[" * MEBI),
    "zeros": _text(lambda: b"[" + b"0," * (MEBI // 2 - 2) + b"0]"),
    "numbers with many blanks": _text(lambda: b"[" + b"7 , " * (MEBI // 4 - 2) + b"0]"),
    "one number after a million blanks": _text(lambda: b"[" + b" " * (MEBI - 4) + b"0]"),
    "exponents": _text(lambda: b"[" + b"1e999999," * (MEBI // 9 - 2) + b"0]"),
    "minus": _text(lambda: b"[" + b"-1," * (MEBI // 3 - 2) + b"0]"),
    "a text": _text(lambda: b'"' + b"\\u0000" * (MEBI // 6 - 2) + b'"'),
    "objects": _text(lambda: b"[" + b"{}," * (MEBI // 3 - 2) + b"0]"),
    "noise, pixel by pixel": _text(lambda: json.dumps(list(pixel_by_pixel(_noise()[:150]))).encode()),
}


def _coco(prepare: Callable[[], Any], shape: Shape) -> Case:
    return Case(prepare, lambda counts: coco_rle.decode(counts, shape))


COCO: dict[str, Case] = {
    "half a million runs of one pixel": _coco(lambda: [1] * (500 * 1_000), (500, 1_000)),
    "half a million runs of one pixel, a row": _coco(lambda: [1] * 500_000, (1, 500_000)),
    "half a million runs of one pixel, a column": _coco(lambda: [1] * 500_000, (500_000, 1)),
    "text of a million runs of one pixel": _coco(lambda: "111" + "0" * (MEBI - 3), (1_024, 1_024)),
    "text, all characters alike": _coco(lambda: "o" * MEBI, (1_024, 1_024)),
    "a whole image of 11,585 × 11,585": _coco(lambda: [0, 11_585**2], (11_585, 11_585)),
    "a whole vast image": _coco(lambda: [0, VAST[0] * VAST[1]], VAST),
    "a vast image, combed": _coco(lambda: [7_500] * (VAST[0] * VAST[1] // 7_500), VAST),
    "half a billion rows of one pixel": _coco(lambda: [0, 500_000_000], (500_000_000, 1)),
    "half a billion columns of one pixel": _coco(lambda: [0, 500_000_000], (1, 500_000_000)),
    "two specks in opposite corners": _coco(lambda: [0, 1, VAST[0] * VAST[1] - 2, 1], VAST),
    "lengths of 2⁵²": _coco(lambda: [2**52, -(2**52)] * 29_000, (512, 512)),
    "lengths beyond 64 bits": _coco(lambda: [2**70] * 40_000, (512, 512)),
    "lengths below none": _coco(lambda: [-1] * 300_000, (512, 512)),
    "text of one character": _coco(lambda: "0" * MEBI, (1_024, 1_024)),
    "text of steps that add up beyond 64 bits": _coco(lambda: "oooooo?" * (MEBI // 7), (512, 512)),
    "no numbers": _coco(lambda: ["1"] * 200_000, (512, 512)),
    "lists in lists": _coco(lambda: [[1]] * 200_000, (512, 512)),
}


def _star(count: int, side: float) -> npt.NDArray[np.float64]:
    """Give an outline whose every edge crosses almost every other."""
    angle = np.linspace(0, 2 * np.pi * (count // 2 - 1), count, endpoint=False)
    return np.stack([side / 2 + side / 2 * np.cos(angle), side / 2 + side / 2 * np.sin(angle)], axis=1)


def _zigzag(count: int, width: float, height: float) -> npt.NDArray[np.float64]:
    zigzag = np.zeros((count, 2))
    zigzag[:, 0] = np.linspace(0, width, count)
    zigzag[1::2, 1] = height
    return zigzag


def _fan(count: int) -> npt.NDArray[np.float64]:
    """Give an outline that comes back to one point after every other vertex."""
    fan = np.tile([[0.0, 512.0], [256.0, 0.0]], (count // 2, 1))
    fan[::2, 0] = np.linspace(0, 512, count // 2)
    return fan


def _walk(count: int, side: float) -> npt.NDArray[np.float64]:
    return np.random.default_rng(4).random((count, 2)) * side


def _winding(count: int) -> npt.NDArray[np.float64]:
    """Give a spiral there and back: simple, but all of it near to itself."""
    turn = np.linspace(0, 200 * np.pi, count // 2)
    there = np.stack([turn * np.cos(turn), turn * np.sin(turn)], axis=1)
    return np.asarray(np.concatenate([there, (there * (1 - 1e-4))[::-1]]) + 700, np.float64)


OUTLINES: dict[str, Callable[[], npt.NDArray[np.float64]]] = {
    "a star of 30,000 vertices": lambda: _star(30_000, 512),
    "a star of 2,000 vertices": lambda: _star(2_000, 512),
    "a zigzag of 100,000 vertices": lambda: _zigzag(100_000, 512, 512),
    "a zigzag of 100,000 vertices, 20 rows high": lambda: _zigzag(100_000, 512, 20),
    "a zigzag of 60 vertices over 30,000 rows": lambda: _zigzag(60, 30_000, 30_000),
    "30,000 random vertices": lambda: _walk(30_000, 512),
    "60 random vertices over 30,000 rows": lambda: _walk(60, 30_000),
    "a spiral of 30,000 vertices": lambda: _winding(30_000),
    "100,000 times the same vertex": lambda: np.full((100_000, 2), 7.5),
    "50,000 times there and back": lambda: np.tile([[1.0, 1.0], [400.0, 300.0]], (50_000, 1)),
    "100,000 vertices on one level": lambda: _walk(100_000, 512) * (1, 0) + (0, 7.5),
    "50,000 vertices on one level": lambda: _walk(50_000, 512) * (1, 0) + (0, 7.5),
    "a fan of 50,000 vertices": lambda: _fan(50_000),
    "coordinates of 10³⁰⁰": lambda: _walk(1_000, 1e300),
    "coordinates of 10¹⁵": lambda: _walk(1_000, 1e15),
    "coordinates of 10⁷": lambda: _walk(1_000, 1e7) - 5e6,
    "coordinates of 10⁻³⁰⁰": lambda: _walk(1_000, 1e-300),
    "coordinates that are no numbers": lambda: np.array([[0, 0], [nan, 4], [inf, 4], [4, -inf]]),
    "no vertex": lambda: np.empty((0, 2)),
    "one vertex": lambda: np.array([[3.0, 4.0]]),
}  # fmt: skip

DRAWING: dict[str, Act] = {
    "on 512 × 512": lambda points: raster.polygon_mask(points, (512, 512)),
    "on 30,000 × 30,000": lambda points: raster.polygon_mask(points, VAST),
    "on 60,000 × 4, outline out": lambda points: raster.polygon_mask(points, (60_000, 4), "outside"),
    "on 4 × 60,000": lambda points: raster.polygon_mask(points, (4, 60_000)),
}
JUDGING: dict[str, Act] = {
    "validity": outline.invalid_reason,
    "crossing": crossing.self_crossing,
    "repeated vertices": outline.repeated_vertices,
    "repeated vertices, 1 pixel": lambda points: outline.repeated_vertices(points, 1),
    "consecutive repeats": outline.consecutive_repeats,
    "distinct vertices": outline.distinct_points,
    "area": lambda points: outline.area_mm2(points, UNIT),
}
MEASURING: dict[str, Act] = {
    "longest diameter": lambda points: longest_diameter(points, UNIT),
    "short axis": lambda points: short_axis(points, UNIT),
}
UNDEFINED = {"no vertex", "coordinates that are no numbers", "coordinates of 10³⁰⁰"}


def _ellipse(*numbers: float, shape: Shape = VAST) -> Case:
    x, y, a, b, turn = numbers
    return Case(lambda: None, lambda _: raster.ellipse_mask(x, y, a, b, turn, shape, "inside"))


ELLIPSES: dict[str, Case] = {
    "over a vast image": _ellipse(15_000, 15_000, 15_000, 15_000, 0),
    "far larger than a vast image": _ellipse(15_000, 15_000, 9e6, 9e6, 30),
    "far too large": _ellipse(0, 0, 1e300, 1e300, 30),
    "a needle": _ellipse(15_000, 15_000, 9e6, 1e-9, 45),
    "no numbers": _ellipse(nan, inf, 1, 1, -inf),
    "turned by 10³⁰⁰°": _ellipse(15_000, 15_000, 1_000, 10, 1e300),
    "negative": _ellipse(15_000, 15_000, -1, 10, 0),
    "5 million rows": _ellipse(2, 2_500_000, 2, 2_500_000, 0, shape=(5_000_000, 4)),
}


def _acts(outline_name: str) -> dict[str, Act]:
    """Give what is done to an outline; its diameters are measured only where there is an outline to measure."""
    return DRAWING | JUDGING | ({} if outline_name in UNDEFINED else MEASURING)


def _of_codecs() -> list[Input]:
    kinds = {"brush stream": STREAMS, "brush text": TEXTS, "bitmask": PNGS, "COCO": COCO, "ellipse": ELLIPSES}
    alone = [(f"{kind}: {name}", case) for kind, cases in kinds.items() for name, case in cases.items()]
    return [Input(case.prepare, {name: case.act}) for name, case in alone]


def _of_outlines() -> list[Input]:
    return [Input(of, {f"{what}, {name}": act for what, act in _acts(name).items()}) for name, of in OUTLINES.items()]


def _of_masks(first: int) -> list[Input]:
    """Every other mask, since they take longest."""
    masks = [*MASKS.items()][first::2]
    return [Input(mask, {f"{what}: {name}": act for what, act in MEASURES.items()}) for name, mask in masks]


PARTS: dict[str, Callable[[], list[Input]]] = {
    "codecs": _of_codecs,
    "outlines": _of_outlines,
    "masks": partial(_of_masks, 0),
    "other masks": partial(_of_masks, 1),
}
"""Inputs that are decided together; tests of each part stand in a file of their own, so that they run side by side."""


def inputs() -> list[Input]:
    """All inputs."""
    return [given for part in PARTS.values() for given in part()]


def _memory(field: str) -> int:
    line = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024


def _settle() -> int:
    """Give back what is free, begin the peak anew, tell what is held."""
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return _memory("VmRSS")


class Asked:
    """Stands where work reads which kernels are to run, and notes that it did."""

    def __init__(self, kernels: KernelSet) -> None:
        self._kernels: KernelSet = kernels
        self.times = 0

    def get(self) -> KernelSet:
        """Give the kernels that are to run."""
        self.times += 1
        return self._kernels


def _length(given: Any) -> int:
    """Length of bytes or text, or of the JSON of a list; 0 for arrays and masks."""
    if isinstance(given, (list, dict)):
        return len(json.dumps(given, separators=(",", ":")))
    return len(given) if isinstance(given, (str, bytes)) else 0


def decide(name: str, act: Act, given: Any, asked: Asked) -> Decided:
    """Run one case in this process, which should do nothing else."""
    asked.times = 0
    if isinstance(given, Mask):
        given = Mask(given.starts, given.stops, given.shape)  # it remembers what was measured of it
    before, begin = _settle(), process_time()
    try:
        result = act(given)
        said = f"mask of {result.starts.size:,} runs" if isinstance(result, Mask) else "value"
    except MaskError as error:
        said = f"refused: {error}"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        said = f"crashed: {type(error).__name__}: {error}"
    seconds = process_time() - begin
    return Decided(name, said, seconds, _memory("VmHWM") - before, _length(given), chose=asked.times > 0)


def _in_child(given: Input, names: list[str], kernels: KernelSet) -> None:
    """Fork, decide, and write a line for each case from the child; a child that dies leaves a line as well."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        most = _memory("VmSize") + 6 * 1024 * MEBI
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        made = given.prepare()
        asked = Asked(kernels)
        choice.wanted = asked  # type: ignore[assignment] # of this process, which decides and ends
        for name in names:
            resource.setrlimit(resource.RLIMIT_CPU, (int(process_time()) + ENDED_AFTER_S, resource.RLIM_INFINITY))
            sys.stdout.write(json.dumps(asdict(decide(name, given.acts[name], made, asked))) + "\n")
            sys.stdout.flush()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        died = Decided(names[0], f"crashed: this, or what follows it, ended by {status}", inf, 0)
        sys.stdout.write(json.dumps(asdict(died)) + "\n")


def decided_with(kernels: KernelSet, names: Collection[str] = ()) -> dict[str, Decided]:
    """Run cases in processes of their own, with these kernels: those named, or all."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "tests.geometry.hostile", *names],
        cwd=Path(__file__).parents[2],
        env={"GUIDELINT_KERNELS": kernels, "PYTHONPATH": ":".join(path for path in sys.path if path)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    lines = (Decided(**json.loads(line)) for line in done.stdout.splitlines())
    return {decided.name: decided for decided in lines}


def main(names: Collection[str]) -> None:
    """Decide the cases of these names, or all, and write a line for each."""
    warnings.simplefilter("error")
    for name in ("noise", "spiral"):  # load and compile everything before anything is measured
        mask = MASKS[name]()
        for act in MEASURES.values():
            act(Mask.from_crop(mask.crop[:40, :40], 0, 0, (50, 50)))
    for points in (np.array([[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [0.0, 4.0]]),):
        for act in (DRAWING | JUDGING | MEASURING).values():
            act(points)
    rle_pack.decode(rle_pack.parse_bytes(b"[0,0,0,4,57,27,252,127,224]"), (1, 1))
    bitmask_png.decode(url(_png(7, 7, "8 6 0", zeros(203))), (7, 7))
    raster.ellipse_mask(5, 5, 3, 2, 0, (9, 9), "inside")
    for given in inputs():
        wanted = [name for name in given.acts if name in names or not names]
        if wanted:
            _in_child(given, wanted, choice.chosen_name())


if __name__ == "__main__":
    with choice.using(choice.chosen_name()):
        main(frozenset(sys.argv[1:]))
