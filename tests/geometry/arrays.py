"""Masks as plain boolean arrays, for the slow twins, and hypothesis strategies that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from guidelint.geometry.mask import Mask
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Iterable

Pixels = npt.NDArray[np.bool_]

sides = st.integers(1, 14)


def pixels(shape: tuple[int, int] | None = None) -> st.SearchStrategy[Pixels]:
    shapes = st.tuples(sides, sides) if shape is None else st.just(shape)
    return shapes.flatmap(lambda size: hnp.arrays(np.bool_, size))


def pixel_pairs() -> st.SearchStrategy[tuple[Pixels, Pixels]]:
    return st.tuples(sides, sides).flatmap(lambda size: st.tuples(pixels(size), pixels(size)))


spacings = st.builds(Spacing, st.floats(0.2, 5), st.floats(0.2, 5))


def mask_of(array: Pixels) -> Mask:
    return Mask.from_crop(array, 0, 0, (array.shape[0], array.shape[1]))


def drawn(text: str) -> Mask:
    """Draw a mask in text: ``#`` belongs, everything else does not; rows end with the line."""
    return mask_of(np.array([[sign == "#" for sign in row] for row in text.split()]))


def array_of(mask: Mask) -> Pixels:
    flat = np.zeros(mask.shape[0] * mask.shape[1], np.bool_)
    for start, stop in zip(mask.starts, mask.stops, strict=True):
        flat[start:stop] = True
    return flat.reshape(mask.shape)


def arrays_of(masks: Iterable[Mask]) -> list[Pixels]:
    return [array_of(mask) for mask in masks]


def disc(side: int, radius: float) -> Pixels:
    offset = np.arange(side) + 0.5 - side / 2
    return np.asarray(np.add.outer(offset**2, offset**2) <= radius**2, np.bool_)
