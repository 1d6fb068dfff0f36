"""Seeded pairs of masks, flat and in stacks, for numbers that another library gave once and a test compares with."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import numpy.typing as npt
from scipy import ndimage

Voxels = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two masks of one image or stack."""

    name: str
    first: Voxels
    """Axes: (slices,) rows, columns."""
    second: Voxels
    step_mm: tuple[float, ...]
    """In the order of the axes."""
    tolerances_mm: tuple[float, ...]
    """Of the surface Dice; multiples of a step stand on the limit itself, where they are exact in binary."""


def ball(shape: tuple[int, ...], middle: tuple[float, ...], radius: float) -> Voxels:
    """Pixels or voxels within a radius."""
    axes = np.indices(shape).astype(np.float64)
    return np.asarray(sum((axis - place) ** 2 for axis, place in zip(axes, middle, strict=True)) <= radius**2, np.bool_)


def noise(shape: tuple[int, ...], seed: int, smooth: float) -> Voxels:
    """Ragged blobs: the positive parts of smoothed noise."""
    field = np.random.default_rng(seed).standard_normal(shape)
    return np.asarray(ndimage.gaussian_filter(field, smooth) > 0, np.bool_)


def flat_pairs() -> list[Pair]:
    """Pairs on one slice."""
    shape = (64, 80)
    blob, moved = ball(shape, (30, 35), 17), ball(shape, (33, 39.5), 15.2)
    box = _box(shape, (10, 40), (12, 52))
    frame, nothing, dot = np.ones(shape, np.bool_), np.zeros(shape, np.bool_), _box(shape, (5, 6), (7, 8))
    return [
        Pair("blobs", blob, moved, (1.0, 1.0), (1.0, 2.0, 5.0)),
        Pair("blobs, 0.65 mm", blob, moved, (0.65, 0.65), (0.6, 1.0, 3.0)),
        Pair("blobs, oblong pixels", blob, moved, (0.5, 2.25), (0.5, 2.0, 4.5)),
        Pair("a moved box", box, np.roll(box, 7, axis=1), (3.0, 0.5), (0.5, 3.0, 3.5)),
        Pair("a box in a box", box, _box(shape, (15, 35), (17, 47)), (1.0, 1.0), (4.0, 5.0, 7.0)),
        Pair("ragged", noise(shape, 1, 1.5), noise(shape, 2, 1.5), (1.0, 1.0), (1.0, 2.0)),
        Pair("ragged, oblong pixels", noise(shape, 3, 2.5), noise(shape, 4, 2.5), (1.25, 0.75), (0.7, 1.25)),
        Pair("single pixels", noise(shape, 5, 0.1), noise(shape, 6, 0.1), (0.8, 0.9), (0.5, 0.8)),
        Pair("cut by the edge", ball(shape, (0, 0), 25), ball(shape, (3, 5), 25), (1.0, 1.0), (1.0, 3.0)),
        Pair("along all edges", frame, _box(shape, (3, 61), (4, 76)), (0.7, 1.1), (1.0, 4.4)),
        Pair("the whole image twice", frame, frame.copy(), (1.0, 1.0), (0.0,)),
        Pair("one pixel and a blob", dot, blob, (1.0, 2.0), (10.0, 50.0)),
        Pair("one pixel far from one", dot, np.roll(dot, (50, 60), axis=(0, 1)), (1.0, 1.0), (70.0, 80.0)),
        Pair("with an outlier", blob, blob | np.roll(dot, (50, 60), axis=(0, 1)), (1.0, 1.0), (0.0, 1.0)),
        Pair("with a hole", blob & ~ball(shape, (30, 35), 6), blob, (0.9, 0.9), (0.0, 5.0)),
        Pair("nothing and a blob", nothing, blob, (1.0, 1.0), (1.0,)),
        Pair("a blob and nothing", blob, nothing, (1.0, 1.0), (1.0,)),
        Pair("nothing twice", nothing, nothing.copy(), (1.0, 1.0), (1.0,)),
    ]


def stack_pairs() -> list[Pair]:
    """Pairs in space."""
    shape = (9, 30, 34)
    one, other = ball(shape, (4, 14, 15), 4.4), ball(shape, (4.5, 15, 17), 4.9)
    thin, nothing = np.ones((1, 20, 20), np.bool_), np.zeros(shape, np.bool_)
    return [
        Pair("balls", one, other, (1.0, 1.0, 1.0), (1.0, 2.0)),
        Pair("balls, thick slices", one, other, (5.0, 0.75, 0.7), (0.75, 5.0)),
        Pair("ragged in space", noise(shape, 7, 1.2), noise(shape, 8, 1.2), (2.5, 0.6, 0.8), (0.8, 2.5)),
        Pair("beyond the ends of the stack", ball(shape, (0, 14, 15), 9), one, (2.0, 1.0, 1.0), (2.0, 6.0)),
        Pair("a single slice", thin, np.pad(thin[:, 5:15, 5:15], ((0, 0), (5, 5), (5, 5))), (3.0, 1.0, 1.0), (3.0,)),
        Pair("nothing and a ball", nothing, one, (1.0, 1.0, 1.0), (1.0,)),
    ]


def fingerprint(pair: Pair) -> str:
    """Tell whether the masks made again are those that were measured."""
    return sha256(np.packbits(pair.first).tobytes() + np.packbits(pair.second).tobytes()).hexdigest()[:16]


def _box(shape: tuple[int, ...], *sides: tuple[int, int]) -> Voxels:
    array = np.zeros(shape, np.bool_)
    array[tuple(slice(first, stop) for first, stop in sides)] = True
    return array
