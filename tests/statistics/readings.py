"""Objects of several readers on one image, as arrays and as masks, and what is plainly true of them."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from scipy.ndimage import binary_erosion
from scipy.spatial.distance import cdist

from guidelint.geometry.mask import Mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.geometry.spacing import Spacing

Pixels = npt.NDArray[np.bool_]
SHAPE = (9, 12)


def square(top: int, left: int, side: int = 10, shape: tuple[int, int] = (60, 80)) -> Mask:
    return Mask.from_crop(np.ones((side, side), np.bool_), top, left, shape)


def disc(radius: int, row: int, column: int, shape: tuple[int, int] = (60, 80)) -> Mask:
    """Pixels whose centre is within the radius of that of one pixel."""
    offset = np.arange(2 * radius + 1) - radius
    crop = np.add.outer(offset**2, offset**2) <= radius**2
    return Mask.from_crop(crop, row - radius, column - radius, shape)


@st.composite
def objects(draw: st.DrawFn, most: int = 4) -> list[Pixels]:
    """Draw rectangles on one small image: many meet, some are alike, some have no pixel."""
    drawn: list[Pixels] = []
    for _ in range(draw(st.integers(0, most))):
        array = np.zeros(SHAPE, np.bool_)
        top, left = draw(st.integers(0, SHAPE[0] - 1)), draw(st.integers(0, SHAPE[1] - 1))
        array[top : top + draw(st.integers(0, 5)), left : left + draw(st.integers(1, 5))] = True
        drawn.append(array)
    return drawn


def masks_of(arrays: Sequence[Pixels]) -> list[Mask]:
    return [Mask.from_crop(array, 0, 0, SHAPE) for array in arrays]


def content(mask: Mask) -> tuple[bytes, bytes]:
    """What the mask is, wherever it stands in a sequence."""
    return mask.starts.tobytes(), mask.stops.tobytes()


def slow_iou(a: Pixels, b: Pixels) -> float:
    either = np.count_nonzero(a | b)
    return np.count_nonzero(a & b) / either if either else 0.0


def slow_dice(a: Pixels, b: Pixels) -> float:
    return 2 * np.count_nonzero(a & b) / (np.count_nonzero(a) + np.count_nonzero(b))


def slow_hd95_mm(a: Pixels, b: Pixels, spacing: Spacing) -> float:
    """Compare every border pixel with every other."""
    steps = (spacing.row_mm, spacing.column_mm)
    one, other = (np.argwhere(array & ~binary_erosion(array)) * steps for array in (a, b))
    apart = cdist(one, other)
    return float(max(np.percentile(apart.min(axis=axis), 95) for axis in (0, 1)))


def _all_pairings(rows: int, columns: int) -> Iterator[list[tuple[int, int]]]:
    """Pair nothing, then every choice of so many rows with every order of so many columns."""
    for count in range(min(rows, columns) + 1):
        for chosen in combinations(range(rows), count):
            for partners in permutations(range(columns), count):
                yield list(zip(chosen, partners, strict=True))


def slow_total(one: Sequence[Pixels], other: Sequence[Pixels], least_iou: float) -> float:
    """Greatest sum of indices over all ways to pair those objects that may be one."""
    iou = np.array([[slow_iou(a, b) for b in other] for a in one]).reshape(len(one), len(other))
    allowed = (pairing for pairing in _all_pairings(*iou.shape) if all(iou[pair] >= least_iou for pair in pairing))
    return max(float(sum(iou[pair] for pair in pairing)) for pairing in allowed)
