"""Painted strokes as a browser paints them: antialiased alpha, and the bytes Label Studio stores of it.

Nothing here uses our own codec or measures, so that what is made can test them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from scipy import ndimage

if TYPE_CHECKING:
    from collections.abc import Mapping

Alpha = npt.NDArray[np.uint8]
"""Opacity of every pixel (rows, columns), 0 to 255."""
Distances = npt.NDArray[np.float64]
Border = Literal["smooth", "rough", "ragged"]
"""How an organ's border looks: drawn with a calm hand; with a small brush; left by a threshold tool."""

UNEVENNESS: Mapping[Border, tuple[float, float]] = {"smooth": (0.0, 1.0), "rough": (0.01, 1.6), "ragged": (0.04, 0.7)}
"""Reach of the unevenness as a share of the image side, and its grain in pixels."""
LONGEST_RUN = 2**16
RUN_BITS = np.array([3, 4, 8, 16])
EDGES = np.array([8, 16, 256])
"""Runs longer than these take the next larger number of bits."""
HALF = 128
"""Alpha from which a pixel counts as painted."""


def organ(side: int, border: Border, rng: np.random.Generator) -> Alpha:
    """One piece without holes in the middle of a square image, about two thirds as wide as it."""
    x = np.arange(side) - (side - 1) / 2
    y = x[:, None]
    angle = np.arctan2(y, x)
    phases = rng.uniform(0, 2 * np.pi, 4)
    wave = sum(np.cos((k + 2) * angle + phase) for k, phase in enumerate(phases)) / 4
    inside = side * (0.315 + 0.012 * wave) - np.hypot(x, y)
    share, grain = UNEVENNESS[border]
    if share:
        noise = np.asarray(ndimage.gaussian_filter(rng.standard_normal((side, side)), grain))
        inside += np.clip(noise / noise.std(), -1, 1) * share * side
    return one_piece(antialiased(inside))


def oval(height: int, width: int, *, hole: int = 0) -> Alpha:
    """An oval that fills its array but for a rim of one pixel, with a round hole of so many pixels if wanted."""
    y, x = np.ogrid[:height, :width]
    dy, dx = y - (height - 1) / 2, x - (width - 1) / 2
    reach = np.hypot(dy / (height / 2 - 1), dx / (width / 2 - 1))
    return antialiased(np.minimum((1 - reach) * min(height, width) / 2, np.hypot(dy, dx) - hole if hole else np.inf))


def antialiased(inside: Distances) -> Alpha:
    """Alpha of a shape whose border lies where the distance (rows, columns) in pixels is zero."""
    return (np.clip(inside + 0.5, 0, 1) * 255).astype(np.uint8)


def one_piece(alpha: Alpha) -> Alpha:
    """Keep the largest piece (over edges and corners) and fill its holes; fainter pixels stay."""
    pieces, count = ndimage.label(alpha >= HALF, np.ones((3, 3)))
    areas = np.bincount(pieces.ravel(), minlength=count + 1)
    areas[0] = 0
    kept = pieces == areas.argmax()
    filled = np.asarray(ndimage.binary_fill_holes(kept), np.bool_)
    return np.where(filled, np.where(kept, alpha, 255), np.where(alpha < HALF, alpha, 0)).astype(np.uint8)


def placed(stamps: list[tuple[Alpha, int, int]], side: int) -> Alpha:
    """Paint stamps on an empty square image, each with its first pixel at a row and column."""
    image = np.zeros((side, side), np.uint8)
    for stamp, row, column in stamps:
        top, left = max(row, 0), max(column, 0)
        part = stamp[top - row : side - row, left - column : side - column]
        place = image[top : top + part.shape[0], left : left + part.shape[1]]
        np.maximum(place, part, out=place)
    return image


def rle(alpha: Alpha) -> bytes:
    """Bytes that ``@thi.ng/rle-pack`` makes of the image with alpha in all four channels."""
    flat = alpha.reshape(-1)
    begin = np.concatenate([[0], np.flatnonzero(flat[1:] != flat[:-1]) + 1])
    length = 4 * np.diff(np.append(begin, flat.size))
    pieces = -(-length // LONGEST_RUN)
    value = np.repeat(flat[begin], pieces).astype(np.int64)
    repeat = np.full(value.size, LONGEST_RUN)
    repeat[np.cumsum(pieces) - 1] = length - (pieces - 1) * LONGEST_RUN
    kind = np.searchsorted(EDGES, repeat)
    size = RUN_BITS[kind]
    header = [4 * flat.size >> 16, 4 * flat.size & 0xFFFF, 7 << 16 | 0x237F]
    code = np.concatenate([header, (4 + kind) << (size + 8) | (repeat - 1) << 8 | value])
    return _packed(code, np.concatenate([[16, 16, 21], size + 11]))


def _packed(code: npt.NDArray[np.int64], width: npt.NDArray[np.int64]) -> bytes:
    """The lowest ``width`` bits of every code one after another, highest first, zeros to the end of the byte."""
    bits = np.unpackbits((code << (32 - width)).astype(">u4").view(np.uint8).reshape(-1, 4), axis=1)
    return np.packbits(bits[np.arange(32) < width[:, None]]).tobytes()
