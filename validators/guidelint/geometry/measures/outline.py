"""Outlines as drawn: vertices, closure, validity, exact area.

Points are (n, 2) as x, y in pixels; the last vertex is joined to the first and need not be repeated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from guidelint.geometry.spacing import Spacing

Points = npt.NDArray[np.float64]
SAME_PLACE_PX = 1e-6
MAX_VERTICES = 50_000
"""Of an outline that is evaluated: crossings without end take a second or two."""
FARTHEST_PX = 1e7
"""Largest coordinate of an outline that is evaluated."""
SLANT = 2**0.5
"""Slope of a line on which pixel centres and corners stand apart: it is irrational."""
CROSSES, TOUCHES = "the outline crosses itself", "the outline touches itself"
"""Faults that leave an outline whose area can be told."""
_PLACE = re.compile(r"\[(\S+) (\S+?)\]$")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an outline encloses no well-defined area, and where."""

    reason: str
    """In words, e.g. ``the outline crosses itself``."""
    x: float
    """Pixels."""
    y: float
    """Pixels."""


def repeated_vertices(points: Points, tolerance_px: float = SAME_PLACE_PX) -> list[int]:
    """Find the vertices that stand where an earlier one stands: surely within the tolerance, never beyond twice it."""
    if _surely_apart(points, tolerance_px):
        return []
    repeated: set[int] = set()
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        repeated.update(_later_in_cell(np.floor(points / (2 * tolerance_px) + shift)))
    return sorted(repeated)


def _surely_apart(points: Points, tolerance_px: float) -> bool:
    """Tell quickly that no two points are within twice the tolerance, if they differ on a slanting line."""
    along = np.sort(points @ (1.0, SLANT))
    return bool((np.diff(along) > 2 * tolerance_px * (1 + SLANT)).all())


def consecutive_repeats(points: Points, tolerance_px: float = SAME_PLACE_PX) -> list[int]:
    """Find the vertices that stand where the one directly before stands; 0 when the last stands on the first."""
    if len(points) < 2:  # noqa: PLR2004 - one point has no other
        return []
    step = np.abs(points - np.roll(points, 1, axis=0)).max(axis=1)
    return [int(index) for index in np.flatnonzero(step <= tolerance_px)]


def distinct_points(points: Points, tolerance_px: float = SAME_PLACE_PX) -> Points:
    """Vertices (m, 2) in their order, each place once."""
    repeated = repeated_vertices(points, tolerance_px)
    return np.delete(points, repeated, axis=0) if repeated else points


def closing_gap_mm(points: Points, spacing: Spacing) -> float:
    """Distance from the last vertex to the first."""
    dx, dy = points[0] - points[-1]
    return float(np.hypot(dx * spacing.column_mm, dy * spacing.row_mm))


def area_mm2(points: Points, spacing: Spacing) -> float:
    """Area enclosed as drawn (shoelace formula); means what it says only when ``invalid_reason`` finds nothing."""
    x, y = (points - points[:1]).T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2 * spacing.pixel_mm2


def invalid_reason(points: Points) -> Fault | None:
    """Why the outline is not a simple closed curve, with the place, or None when it is."""
    import shapely  # noqa: PLC0415 - heavy

    if not np.isfinite(points).all():
        return Fault("a vertex is not at a finite place", 0.0, 0.0)
    if len(points) and np.abs(points).max() > FARTHEST_PX:
        return Fault("a vertex is farther away than any image is large", 0.0, 0.0)
    if len(points) > MAX_VERTICES:
        return Fault(f"the outline has more than {MAX_VERTICES:,} vertices", *_first(points))
    distinct = distinct_points(points)
    if len(distinct) < 3:  # noqa: PLR2004 - a triangle is the least that encloses an area
        return Fault("the outline has fewer than three different vertices", *_first(points))
    polygon = shapely.polygons(points)
    return None if shapely.is_valid(polygon) else _fault(str(shapely.is_valid_reason(polygon)), points)


def _later_in_cell(cells: npt.NDArray[np.float64]) -> list[int]:
    _, first, cell = np.unique(cells, axis=0, return_index=True, return_inverse=True)
    later = first[cell.reshape(-1)] < np.arange(len(cells))
    return [int(index) for index in np.flatnonzero(later)]


def _fault(reason: str, points: Points) -> Fault:
    words = TOUCHES if reason.startswith("Ring Self-intersection") else CROSSES
    place = _PLACE.search(reason)
    x, y = (float(place[1]), float(place[2])) if place else _first(points)
    return Fault(words, x, y)


def _first(points: Points) -> tuple[float, float]:
    return (float(points[0, 0]), float(points[0, 1])) if len(points) else (0.0, 0.0)
