"""Longest diameter of an outline or mask, and the longest chord perpendicular to it."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.geometry.kernels.choice import fast

if TYPE_CHECKING:
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing

Points = npt.NDArray[np.float64]
Place = tuple[float, float]

COMPARED_ALL = 128
"""Points up to which every two are compared, which takes less time than finding their hull."""


@dataclass(frozen=True, slots=True)
class Diameter:
    """A length and its two ends."""

    length_mm: float
    ends: tuple[Place, Place]
    """x, y in pixels."""


def longest_diameter(points: Points, spacing: Spacing) -> Diameter:
    """Largest distance between two of the points (n, 2), given as x, y in pixels; n ≥ 1.

    Of several pairs equally far apart the one whose first point comes first in reading order.
    """
    corners = points if 0 < len(points) <= COMPARED_ALL else hull_points(points)
    first, second = _farthest(corners, spacing)
    (x, y), (other_x, other_y) = first, second
    length_mm = hypot((other_x - x) * spacing.column_mm, (other_y - y) * spacing.row_mm)
    return Diameter(length_mm, (first, second))


def _farthest(corners: Points, spacing: Spacing) -> tuple[Place, Place]:
    """Find the two places farthest apart."""
    if fast(len(corners)) and len(corners) <= COMPARED_ALL:
        from guidelint.geometry.kernels.hulls import farthest  # noqa: PLC0415 - loads numba

        first, second = farthest(np.ascontiguousarray(corners), spacing.column_mm, spacing.row_mm)
        return _place(corners[first]), _place(corners[second])
    if len(corners) > COMPARED_ALL:
        firsts, seconds = _antipodal_pairs(corners * (spacing.column_mm, spacing.row_mm))
        best = int(np.argmax(_squares(corners[firsts] - corners[seconds], spacing)))
        return _place(corners[firsts[best]]), _place(corners[seconds[best]])
    corners = corners[np.lexsort(corners.T)]
    first, second = divmod(int(np.argmax(_squares(corners[:, None] - corners, spacing))), len(corners))
    return _place(corners[first]), _place(corners[second])


def _squares(across: Points, spacing: Spacing) -> Points:
    """Squared lengths in mm² of steps (…, 2) given in pixels as x, y."""
    x, y = across[..., 0] * spacing.column_mm, across[..., 1] * spacing.row_mm
    squares: Points = x * x + y * y
    return squares


def short_axis(points: Points, spacing: Spacing) -> Diameter:
    """Longest chord of the convex hull of the points (n, 2) that is perpendicular to ``longest_diameter``."""
    scale = np.array([spacing.column_mm, spacing.row_mm])
    corners = hull_points(points) * scale
    longest = longest_diameter(points, spacing)
    start, stop = np.array(longest.ends) * scale
    if longest.length_mm == 0:
        return longest
    along = (stop - start) / longest.length_mm
    across = np.array([-along[1], along[0]])
    u, v = (corners - start) @ along, (corners - start) @ across
    low, high = _chain(u, v, lower=True), _chain(u, v, lower=False)
    length = high - low
    best = int(np.argmax(length))
    ends = [_place((start + u[best] * along + side[best] * across) / scale) for side in (low, high)]
    return Diameter(float(length[best]), (ends[0], ends[1]))


def mask_diameter_points(mask: Mask) -> Points:
    """Corners (n, 2) as x, y of outermost pixel squares of rows, every vertex of the convex hull among them."""
    columns = mask.shape[1]
    if fast(mask.starts.size):
        from guidelint.geometry.kernels.hulls import hull_of_runs  # noqa: PLC0415 - loads numba

        return hull_of_runs(mask.starts, mask.stops, columns)
    row = mask.starts // columns
    change = row[1:] != row[:-1]
    first, last = np.append(True, change)[: row.size], np.append(change, True)[: row.size]
    row = row[first].astype(np.float64)
    left = (mask.starts[first] % columns).astype(np.float64)
    right = ((mask.stops[last] - 1) % columns + 1).astype(np.float64)
    beside, above = np.concatenate([left, left, right, right]), np.concatenate([row, row + 1, row, row + 1])
    return np.stack([beside, above], axis=1)


def hull_points(points: Points) -> Points:
    """Vertices (m, 2) of the convex hull in ring order; one or two when the points lie on a place or line."""
    import shapely  # noqa: PLC0415 - heavy

    if len(points) == 0:
        raise ValueError("no point, no diameter")
    corners = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(points)))
    return corners[:-1] if len(corners) > 2 else corners  # noqa: PLR2004 - a ring repeats its first vertex


def _antipodal_pairs(ring: Points) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Find the vertex pairs of a convex ring that parallel tangents hold; the farthest pair is among them."""
    count = len(ring)
    if count < 4:  # noqa: PLR2004 - every pair of a triangle
        first, second = np.triu_indices(count, 1 if count > 1 else 0)
        return first, second
    edge = np.roll(ring, -1, axis=0) - ring
    turned = np.unwrap(np.arctan2(edge[:, 1], edge[:, 0]))
    if turned[-1] < turned[0]:
        turned = -turned
    angles = np.concatenate([turned, turned + 2 * np.pi])
    across = np.searchsorted(angles, turned + np.pi)
    vertex = np.arange(count)
    first = np.concatenate([vertex, vertex, vertex, vertex + 1, vertex + 1, vertex + 1])
    second = np.concatenate([across - 1, across, across + 1] * 2)
    return first % count, second % count


def _chain(u: npt.NDArray[np.float64], v: npt.NDArray[np.float64], *, lower: bool) -> npt.NDArray[np.float64]:
    """Height of the lower or upper side of a convex ring at each of its vertices."""
    order = np.lexsort((v, u))
    u_sorted, v_sorted = u[order], v[order]
    base = np.interp(u_sorted, [u_sorted[0], u_sorted[-1]], [v_sorted[0], v_sorted[-1]])
    if lower:
        side = v_sorted <= base
        side[-1] = bool(u_sorted.size == 1 or side[-1])
    else:
        side = v_sorted >= base
    chosen_u, chosen_v = u_sorted[side], v_sorted[side]
    best = np.minimum if lower else np.maximum
    places, index = np.unique(chosen_u, return_inverse=True)
    extreme = np.full(places.size, np.inf if lower else -np.inf)
    best.at(extreme, index, chosen_v)
    return np.interp(u, places, extreme)


def _place(point: npt.NDArray[np.float64]) -> Place:
    return float(point[0]), float(point[1])
