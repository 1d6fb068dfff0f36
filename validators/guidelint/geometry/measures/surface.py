"""Distances between the borders of two masks, computed once and reduced many ways.

The border of a mask are its pixels with an edge neighbour outside (the image edge is outside); distances run between
pixel centres. Libraries mean different things by the same name, so every reduction names its definition.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from guidelint.geometry.kernels.choice import fast
from guidelint.geometry.mask import Mask, MaskError

if TYPE_CHECKING:
    from guidelint.geometry.spacing import Spacing

Lengths = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.int64]
Joined = Literal["larger", "pooled", "mean"]
"""How two directions become one number: the larger of both, over all distances together, the mean of both."""
ON_THE_LIMIT = 1e-9
"""Relative: a distance no farther than this beyond a tolerance is on it; three steps of 0.8 mm are not quite 2.4 mm."""

MAX_BORDER_PX = 2**20
"""Pixels of a border from which distances are measured, about three seconds; a few bytes can paint far longer ones."""

LOOKED_AT = 2**26
"""Pixels up to which looking along rows takes less time than a tree of places."""


@dataclass(frozen=True, slots=True, eq=False)
class SurfaceDistances:
    """For every border pixel of one mask the distance to the nearest border pixel of the other, in millimetres."""

    there_mm: Lengths
    """From the first mask to the second, (n,)."""
    back_mm: Lengths
    """From the second mask to the first, (m,)."""

    @property
    def hausdorff_mm(self) -> float:
        """Largest distance of all; 0 between two empty masks, infinite when one is empty."""
        return self.percentile_mm(100.0)

    def percentile_mm(self, percent: float = 95.0, joined: Joined = "larger") -> float:
        """Percentile of the distances, linearly interpolated; 95 gives HD95.

        ``larger`` of both directions is ours and MONAI's HD95, ``pooled`` is MedPy's, ``mean`` a third one in use.
        """
        if not self.there_mm.size or not self.back_mm.size:
            return 0.0 if self.there_mm.size == self.back_mm.size else inf
        if joined == "pooled":
            return float(np.percentile(np.concatenate([self.there_mm, self.back_mm]), percent))
        both = float(np.percentile(self.there_mm, percent)), float(np.percentile(self.back_mm, percent))
        return max(both) if joined == "larger" else sum(both) / 2

    def mean_mm(self, joined: Joined = "pooled") -> float:
        """Average symmetric surface distance (ASSD).

        ``pooled`` over all border pixels is ours, MONAI's and MedPy 0.5's; ``mean`` of both directions is a second one.
        """
        if not self.there_mm.size or not self.back_mm.size:
            return 0.0 if self.there_mm.size == self.back_mm.size else inf
        if joined == "pooled":
            return float(np.concatenate([self.there_mm, self.back_mm]).mean())
        both = float(self.there_mm.mean()), float(self.back_mm.mean())
        return max(both) if joined == "larger" else sum(both) / 2

    def surface_dice(self, tolerance_mm: float) -> float:
        """Share of border pixels within the tolerance of the other border, both directions pooled; 1 when both empty.

        Counts pixels, as MONAI does; DeepMind's surface-distance weighs them by the length of border they stand for.
        """
        total = self.there_mm.size + self.back_mm.size
        limit_mm = tolerance_mm * (1 + ON_THE_LIMIT)
        near = np.count_nonzero(self.there_mm <= limit_mm) + np.count_nonzero(self.back_mm <= limit_mm)
        return near / total if total else 1.0


def surface_distances(a: Mask, b: Mask, spacing: Spacing) -> SurfaceDistances:
    """Distances both ways between the borders of two masks of one image. Raises MaskError for different images."""
    a.check_same_image(b)
    one, other = border_pixels(a), border_pixels(b)
    return SurfaceDistances(nearest_mm(one, other, spacing), nearest_mm(other, one, spacing))


def nearest_mm(places: Pixels, others: Pixels, spacing: Spacing, within_mm: float = inf) -> Lengths:
    """Distance (n,) from each place (n, 2) to the nearest of others (m, 2), both as row and column.

    Infinite where none is nearer than ``within_mm``. Made of whole steps between pixels, so that the place in the image
    changes no digit.
    """
    if not len(places) or not len(others):
        return np.full(len(places), inf)
    steps = _nearest_steps(places, others, spacing, within_mm)
    return np.hypot(steps[:, 0] * spacing.row_mm, steps[:, 1] * spacing.column_mm)


def _nearest_steps(places: Pixels, others: Pixels, spacing: Spacing, within_mm: float) -> Lengths:
    """Whole steps (n, 2) down and to the right to the nearest; infinite where none is nearer than ``within_mm``."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - heavy

    height, width = (np.ptp(others, axis=0) + 1).tolist()
    if within_mm == inf and (height + len(places)) * width < LOOKED_AT and fast(len(places)):
        from guidelint.geometry.kernels.distances import nearest_steps  # noqa: PLC0415 - loads numba

        given, around = np.ascontiguousarray(places), np.ascontiguousarray(others)
        return nearest_steps(given, around, spacing.row_mm, spacing.column_mm).astype(np.float64)
    step = np.array([spacing.row_mm, spacing.column_mm])
    # pixels lie evenly enough for a tree whose parts are halved by length, not by number, which is made faster
    tree = KDTree(others * step, leafsize=24, balanced_tree=False, compact_nodes=False)
    _, query = tree.query(places * step, distance_upper_bound=within_mm)
    nearest = np.asarray(query, np.int64)
    found = np.flatnonzero(nearest < len(others))
    steps = np.full((len(places), 2), inf)
    steps[found] = others[nearest[found]] - places[found]
    return steps


def distances_between(a_mm: Lengths, b_mm: Lengths) -> SurfaceDistances:
    """Distances both ways between two sets of places (n, d) and (m, d) in millimetres."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - heavy

    if not len(a_mm) or not len(b_mm):
        return SurfaceDistances(np.full(len(a_mm), inf), np.full(len(b_mm), inf))
    there, _ = KDTree(b_mm).query(a_mm)
    back, _ = KDTree(a_mm).query(b_mm)
    return SurfaceDistances(np.asarray(there, np.float64), np.asarray(back, np.float64))


def border_pixels(mask: Mask) -> Pixels:
    """Row and column (n, 2) of the pixels that have an edge neighbour outside the mask, in reading order.

    Raises MaskError when they are more than ``MAX_BORDER_PX``.
    """
    if mask.box is None:
        return np.empty((0, 2), np.int64)
    rows, columns = mask.box.shape[0] + 2, mask.box.shape[1] + 2
    here = mask.moved(1 - mask.box.top, 1 - mask.box.left, (rows, columns))
    inner = Mask.from_runs(here.starts + 1, here.stops - 1, here.shape)
    inner = inner & here.moved(1, 0, here.shape) & here.moved(-1, 0, here.shape)
    border = here - inner
    if border.area_px > MAX_BORDER_PX:
        raise MaskError(f"a border of {border.area_px:,} pixels is too long; {MAX_BORDER_PX:,} are measured")
    return np.add(pixel_places(border), (mask.box.top - 1, mask.box.left - 1))


def pixel_places(mask: Mask) -> Pixels:
    """Row and column (n, 2) of every pixel, in reading order."""
    length = mask.stops - mask.starts
    flat = np.repeat(mask.stops - np.cumsum(length), length) + np.arange(mask.area_px)
    return np.stack([flat // mask.shape[1], flat % mask.shape[1]], axis=1)


def has_pixels(mask: Mask, places: Pixels) -> npt.NDArray[np.bool_]:
    """Whether the mask has the pixels at these rows and columns (n, 2) of its image."""
    flat = places[:, 0] * mask.shape[1] + places[:, 1]
    run = np.searchsorted(mask.starts, flat, side="right") - 1
    held: npt.NDArray[np.bool_] = (run >= 0) & (flat < mask.stops[run])
    return held
