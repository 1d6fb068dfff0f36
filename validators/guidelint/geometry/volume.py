"""Masks of the slices of one volume: how thick, how large, in how many pieces.

A stack is a sequence of masks of one image shape with their positions along the slice normal, in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

Lengths = npt.NDArray[np.float64]


def slab_mm(positions_mm: Sequence[float], single_mm: float) -> Lengths:
    """Thickness (n,) each slice stands for: half the way to both neighbours; at the ends, the way to the only one.

    Slices at the same position stand for the same slab. ``single_mm`` is taken when there is one position only.
    """
    places, index = np.unique(np.asarray(positions_mm, np.float64), return_inverse=True)
    if places.size < 2:  # noqa: PLR2004 - no neighbour
        return np.full(len(positions_mm), single_mm)
    gap = np.diff(places)
    slab: Lengths = (np.append(gap[:1], gap) + np.append(gap, gap[-1:])) / 2
    return slab[index]


def volume_mm3(areas_mm2: Sequence[float], positions_mm: Sequence[float], single_mm: float) -> float:
    """Sum of area × slab over the slices: volume of what was outlined or painted on them.

    Areas to leave out are given as negative areas. This is the rule of pylidc (Annotation.volume).
    """
    return float(np.dot(np.asarray(areas_mm2, np.float64), slab_mm(positions_mm, single_mm)))
