"""Stacks of slices as boolean arrays, and hypothesis strategies that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.geometry.arrays import mask_of

if TYPE_CHECKING:
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing

Voxels = npt.NDArray[np.bool_]
sides = st.integers(1, 6)
stack_pairs = st.tuples(sides, sides, sides).flatmap(
    lambda size: st.tuples(hnp.arrays(np.bool_, size), hnp.arrays(np.bool_, size))
)
steps = st.tuples(st.floats(0.3, 5), st.floats(0.3, 3), st.floats(0.3, 3))
"""Between slices, rows, columns, in mm."""


def stack_of(voxels: Voxels) -> list[Mask]:
    return [mask_of(plane) for plane in voxels]


def positions_of(voxels: Voxels, step_mm: float) -> list[float]:
    return [step_mm * index for index in range(len(voxels))]


def step_of(spacing: Spacing) -> tuple[float, float]:
    """In the order of the axes of an array."""
    return spacing.row_mm, spacing.column_mm
