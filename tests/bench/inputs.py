"""Masks and outlines that kernels are measured on."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from scipy import ndimage
from tests.bench import strokes

from guidelint.geometry.mask import Mask

if TYPE_CHECKING:
    from collections.abc import Mapping

Pixels = npt.NDArray[np.bool_]
Points = npt.NDArray[np.float64]
Kind = Literal["blob", "rough", "ragged"]
KINDS: Mapping[Kind, str] = {
    "blob": "a disc, half as wide as the image",
    "rough": "one piece with the border that a threshold tool leaves",
    "ragged": "smoothed noise over the whole image: thousands of pieces and holes",
}


GRAIN_PX = 2.5
"""So smoothed is the noise: the SDK takes 0.1 s to read such a stroke on 512 × 512 pixels, 2 s on 2048 × 2048."""


@lru_cache(maxsize=4)
def pixels(kind: Kind, side: int) -> Pixels:
    """A square mask; nothing touches the edge of the image, where libraries count borders differently."""
    if kind == "blob":
        offset = np.arange(side) + 0.5 - side / 2
        return np.asarray(np.add.outer(offset**2, offset**2) < (side / 4) ** 2, np.bool_)
    if kind == "rough":
        return np.asarray(strokes.organ(side, "ragged", np.random.default_rng(0)) >= strokes.HALF, np.bool_)
    noise = np.asarray(ndimage.gaussian_filter(np.random.default_rng(0).random((side, side)), GRAIN_PX))
    found = np.asarray(noise > 0.5, np.bool_)
    found[[0, -1], :] = found[:, [0, -1]] = False
    return found


def star(side: int) -> Points:
    """Outline of twelve vertices (12, 2) over most of the image."""
    angle = np.arange(12) * (np.pi / 6)
    reach = np.where(np.arange(12) % 2, 0.25, 0.42) * side
    return np.stack([side / 2 + reach * np.cos(angle), side / 2 + reach * np.sin(angle)], axis=1) + 0.1234


def mask_of(array: Pixels) -> Mask:
    """Mask of the whole image."""
    return Mask.from_crop(array, 0, 0, (array.shape[0], array.shape[1]))


def array_of(mask: Mask) -> Pixels:
    """Whole image of a mask."""
    array = np.zeros(mask.shape, np.bool_)
    if mask.box is not None:
        array[mask.box.top : mask.box.bottom, mask.box.left : mask.box.right] = mask.crop
    return array


def fresh(mask: Mask) -> Mask:
    """The same mask, nothing remembered of what was measured on it."""
    return Mask(mask.starts, mask.stops, mask.shape)
