"""Outlines that run through themselves: crossed, or cut open so as to leave out a hole.

An outline parts the plane; the winding number of a part tells how often the outline runs around it, and which way.
Where the outline only touches itself, every part is run around once and in one direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import MaskError
from guidelint.geometry.measures.outline import CROSSES, TOUCHES, Points, invalid_reason

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEETINGS = 1000
"""So many places where an outline meets itself are followed; an outline with more of them crosses itself."""
SURE = 5000
"""An outline of more vertices is not looked at further once it is known to cross itself."""
LEAST_PART_PX = 1e-6
"""Area of a part below which it comes from rounding."""
MOST_PAIRS = 2_000_000
"""So many pairs of segments whose boxes overlap are looked at."""
_CHUNK = 16
"""Segments looked at together: all that they may meet must fit into memory."""
Segments = npt.NDArray[np.object_]
Pairs = npt.NDArray[np.int64]
"""Indices (m, 2) of segments."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """How an outline runs through itself, and where."""

    kind: Literal["crossed", "keyhole"]
    """``keyhole``: it is cut open, so that it runs around a hole as well."""
    x: float
    """Pixels."""
    y: float
    """Pixels."""


def self_crossing(points: Points) -> Crossing | None:
    """Tell whether the closed outline (n, 2) crosses itself or runs around a hole; None when it does neither.

    Raises MaskError for an outline that is not evaluated, with the reason.
    """
    fault = invalid_reason(points)
    if fault is None:
        return None
    if fault.reason not in {CROSSES, TOUCHES}:
        raise MaskError(fault.reason)
    if fault.reason == CROSSES and len(points) > SURE:
        return Crossing("crossed", fault.x, fault.y)
    meetings = _meetings(points)
    if meetings is None:
        return Crossing("crossed", fault.x, fault.y)
    crossing = next(_crossings(points, meetings), None)
    kind = "crossed" if crossing else _kind(_windings(points))
    return Crossing(kind, *(crossing or (fault.x, fault.y))) if kind else None


def _kind(around: set[int]) -> Literal["crossed", "keyhole"] | None:
    """Tell what an outline does whose segments do not cross between their ends, by its winding numbers.

    A hole is run around in the other direction, which leaves 0, or by a careless program in the same, which makes 2.
    """
    if not around:
        return None
    sign = 1 if max(around) > 0 else -1
    if sign not in around or not around <= {0, sign, 2 * sign}:
        return "crossed"
    return "keyhole" if around != {sign} else None


def _meetings(points: Points) -> Pairs | None:
    """Pairs (m, 2) of segments that meet and do not follow one another; None: too many to be followed."""
    import shapely  # noqa: PLC0415 - heavy

    segments = _segments(points)
    tree, count = shapely.STRtree(segments), len(segments)
    found: list[Pairs] = []
    looked_at = 0
    for start in range(0, count, _CHUNK):
        one, other = tree.query(segments[start : start + _CHUNK])
        one = one + start
        apart = (other > one + 1) & ~((one == 0) & (other == count - 1))
        pairs = np.stack([one[apart], other[apart]], axis=1)
        looked_at += len(pairs)
        if looked_at > MOST_PAIRS:
            raise MaskError(f"the outline has more than {MOST_PAIRS:,} pairs of segments that lie side by side")
        found.append(pairs[_meet(points, pairs)])
        if sum(map(len, found)) > MOST_MEETINGS:
            return None
    return np.concatenate(found)


def _meet(points: Points, pairs: Pairs) -> npt.NDArray[np.bool_]:
    """Whether the segments of each pair, whose boxes overlap, meet: neither lies on one side of the other."""
    ends = np.stack([points, np.roll(points, -1, axis=0)], axis=1)
    one, other = ends[pairs[:, 0]], ends[pairs[:, 1]]
    return np.asarray(~(_on_one_side(one, other) | _on_one_side(other, one)), np.bool_)


def _on_one_side(segments: Points, others: Points) -> npt.NDArray[np.bool_]:
    """Whether both ends of the others lie strictly on one side of the lines through the segments (n, 2, 2)."""
    along = segments[:, 1] - segments[:, 0]
    first, second = (others[:, end] - segments[:, 0] for end in (0, 1))
    one, two = (along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0] for away in (first, second))
    return np.asarray(((one > 0) & (two > 0)) | ((one < 0) & (two < 0)), np.bool_)


def _segments(points: Points) -> Segments:
    import shapely  # noqa: PLC0415 - heavy

    ends = np.stack([points, np.roll(points, -1, axis=0)], axis=1)
    return np.asarray(shapely.linestrings(ends), object)


def _windings(points: Points) -> set[int]:
    """How often the outline runs around the parts of the plane that it encloses."""
    import shapely  # noqa: PLC0415 - heavy

    lines = shapely.union_all(_segments(points))
    parts = shapely.get_parts(shapely.polygonize([lines]))
    parts = parts[shapely.area(parts) > LEAST_PART_PX]
    within = shapely.get_coordinates(shapely.point_on_surface(parts))
    return {_winding(points, x, y) for x, y in within.tolist()}


def _winding(points: Points, x: float, y: float) -> int:
    """How often the outline runs around a place that is not on it (Sunday's winding number)."""
    after = np.roll(points, -1, axis=0)
    side = (after[:, 0] - points[:, 0]) * (y - points[:, 1]) - (x - points[:, 0]) * (after[:, 1] - points[:, 1])
    up = (points[:, 1] <= y) & (after[:, 1] > y) & (side > 0)
    down = (points[:, 1] > y) & (after[:, 1] <= y) & (side < 0)
    return int(up.sum()) - int(down.sum())


def _crossings(points: Points, meetings: Pairs) -> Iterator[tuple[float, float]]:
    """Where two segments cross between their ends."""
    import shapely  # noqa: PLC0415 - heavy

    segments = _segments(points)
    one, other = segments[meetings[:, 0]], segments[meetings[:, 1]]
    crossing = shapely.crosses(one, other)
    yield from map(tuple, shapely.get_coordinates(shapely.intersection(one[crossing], other[crossing])).tolist())
