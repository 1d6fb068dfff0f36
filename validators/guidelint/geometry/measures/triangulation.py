"""The inside of a mask cut into Delaunay triangles between the points of its contour.

The contour runs through the middles of the pixel sides that part the mask from the rest, as marching squares draw it at
one half: straight along rows and columns, slanting over corners; pixels that share only a corner are apart. Where
pixels are longer one way, steps of the contour are divided, so that each of them is a side of a triangle.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, pi
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.surface import pixel_places

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from guidelint.geometry.spacing import Spacing

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Lengths = npt.NDArray[np.float64]
MAX_STEPS = 40_000
"""Longest contour; one to two seconds. That of a disc of 2,000 pixels across has 8,000."""
RING = 64
"""Number of points around the contour."""
SAME_CIRCLE = 1e-9
"""Relative; four points on one circle have more than one Delaunay triangulation."""


@dataclass(frozen=True, eq=False)
class Contour:
    """Closed lines around a mask, the inside on the right hand; places are x, y from the corner of the mask's box."""

    points: Ints
    """In units (n, 2)."""
    following: Ints
    """For each point the next one on its line (n,)."""
    unit_mm: tuple[float, float]
    """Units along x and along y."""

    @cached_property
    def points_mm(self) -> Lengths:
        """Points in millimetres (n, 2)."""
        return np.multiply(self.points, self.unit_mm)

    @property
    def area_units(self) -> float:
        """Area inside, in squares of the units."""
        (x, y), (next_x, next_y) = self.points.T, self.points[self.following].T
        return float((x * next_y - y * next_x).sum()) / 2


@dataclass(frozen=True, eq=False)
class Triangulation:
    """Triangles that fill a mask; ends and corners are points of the contour."""

    contour: Contour
    triangles: Ints
    """Corners of each triangle (t, 3)."""
    chords: Ints
    """Ends of each line between two triangles (c, 2)."""
    beside: Ints
    """Triangles on both sides of each chord (c, 2)."""

    @cached_property
    def areas_mm2(self) -> Lengths:
        """Areas of the triangles (t,)."""
        area: Lengths = np.abs(_turn(self.contour.points[self.triangles])) / 2
        return area * (self.contour.unit_mm[0] * self.contour.unit_mm[1])

    @cached_property
    def chord_lengths_mm(self) -> Lengths:
        """Lengths of the chords (c,)."""
        first, second = self.contour.points_mm[self.chords.T]
        length: Lengths = np.hypot(*(first - second).T)
        return length

    @cached_property
    def circles_mm(self) -> tuple[Lengths, Lengths]:
        """Circles through the corners of the triangles: their middles (t, 2) and radii (t,)."""
        first, second, third = self.contour.points_mm[self.triangles.T]
        (ax, ay), (bx, by) = (second - first).T, (third - first).T
        twice, a, b = 2 * (ax * by - ay * bx), ax * ax + ay * ay, bx * bx + by * by
        arm = np.stack([(by * a - ay * b) / twice, (ax * b - bx * a) / twice], axis=1)
        return first + arm, np.hypot(*arm.T)

    @cached_property
    def certain(self) -> Flags:
        """Whether a chord (c,) is in every Delaunay triangulation: no circle goes through it and both opposite points.

        Only these do not depend on how the image is turned.
        """
        ends = self.chords.sum(axis=1)
        one, other = (self.triangles[self.beside[:, side]].sum(axis=1) - ends for side in (0, 1))
        around = self.contour.points[np.stack([*self.chords.T, one])] - self.contour.points[other]
        (ax, ay), (bx, by), (cx, cy) = (way.astype(np.float64).T for way in around)
        bc, ca, ab = bx * cy - by * cx, cx * ay - cy * ax, ax * by - ay * bx
        along_x = (ax * ax * bc + bx * bx * ca + cx * cx * ab) * self.contour.unit_mm[0] ** 2
        along_y = (ay * ay * bc + by * by * ca + cy * cy * ab) * self.contour.unit_mm[1] ** 2
        apart: Flags = np.abs(along_x + along_y) > SAME_CIRCLE * (np.abs(along_x) + np.abs(along_y))
        return apart


def triangulated(mask: Mask, spacing: Spacing) -> Triangulation:
    """Fill a mask that is not empty with triangles. Raises MaskError when its contour is too long."""
    from scipy.spatial import Delaunay  # noqa: PLC0415 - heavy

    contour = contour_of(mask, spacing)
    points = np.concatenate([contour.points, _ring(contour)])
    cut = Delaunay(points * contour.unit_mm)
    corners, around = cut.simplices.astype(np.int64), cut.neighbors.astype(np.int64)
    inside = _inside(points, contour.following, corners, around)
    found = Triangulation(contour, corners[inside], *_chords(corners, around, inside))
    # every side of a triangle is a step of the contour or half of a chord
    whole = 3 * len(found.triangles) == 2 * len(found.chords) + len(contour.points)
    if not whole or int(np.abs(_turn(contour.points[found.triangles])).sum()) != int(2 * contour.area_units):
        raise MaskError("the inside of this region could not be filled with triangles")
    return found


def contour_of(mask: Mask, spacing: Spacing) -> Contour:
    """Draw the contour of a mask that is not empty. Raises MaskError when it has more than ``MAX_STEPS``."""
    if mask.box is None:
        raise ValueError("an empty mask has no contour")
    boxed = mask.moved(-mask.box.top, -mask.box.left, mask.box.shape)
    place, heading = _sides(boxed)
    ratio = spacing.column_mm / spacing.row_mm
    parts = max(_parts(ratio), _parts(1 / ratio))
    level = heading % 2 == 0
    following = _following(place, heading, boxed.shape[1] + 1)
    # into how many steps the way from the middle of each side to that of the next is divided
    divided = np.where(level, _parts(ratio), _parts(1 / ratio))
    divided = np.where(heading == heading[following], divided, parts)
    if divided.sum() > MAX_STEPS:
        raise _too_long(int(divided.sum()))
    middle = (2 * place[:, ::-1] + np.stack([level, ~level], axis=1)) * parts
    way = (middle[following] - middle) // divided[:, None]
    first = np.cumsum(divided) - divided
    step = np.arange(int(divided.sum())) - np.repeat(first, divided)
    points = np.repeat(middle, divided, axis=0) + step[:, None] * np.repeat(way, divided, axis=0)
    after = np.arange(1, len(points) + 1)
    after[first + divided - 1] = first[following]
    return Contour(points, after, (spacing.column_mm / (2 * parts), spacing.row_mm / (2 * parts)))


def joined(count: int, pairs: Ints) -> Ints:
    """For each of ``count`` things the number of its group, given the pairs (m, 2) that hang together."""
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    _, group = connected_components(graph(count, pairs), directed=False)
    return group.astype(np.int64)


def graph(count: int, pairs: Ints) -> csr_array[Any, tuple[int, int]]:
    """Matrix that says which of ``count`` things hang together, given as pairs (m, 2)."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy

    return csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), (count, count))


def _parts(ratio: float) -> int:
    """Into how many parts a side is divided that is so many times as long as the other."""
    return max(ceil(min(ratio, 2.0**31) * (1 - 1e-9)), 1)


def _too_long(steps: int) -> MaskError:
    return MaskError(f"a contour of {steps:,} steps is too long for this measure; {MAX_STEPS:,} are allowed")


def _sides(mask: Mask) -> tuple[Ints, Ints]:
    """Pixel sides that part the mask from the rest: row and column of their upper or left end (n, 2), heading (n,).

    With the mask on the right hand they head 0 right, 1 down, 2 left, 3 up.
    """
    rows, columns = mask.shape
    framed = mask.moved(1, 0, (rows + 2, columns))
    below = framed.moved(1, 0, framed.shape)
    tops, bottoms = framed - below, below - framed
    steps = tops.area_px + bottoms.area_px + 2 * mask.starts.size
    if steps > MAX_STEPS:
        raise _too_long(steps)
    row = mask.starts // columns
    left = np.stack([row, mask.starts % columns], axis=1)
    right = np.stack([row, (mask.stops - 1) % columns + 1], axis=1)
    level = [pixel_places(each) - (1, 0) for each in (tops, bottoms)]
    groups = (level[0], right, level[1], left)
    return np.concatenate(groups), np.repeat(np.arange(4), [len(group) for group in groups])


def _following(place: Ints, heading: Ints, wide: int) -> Ints:
    """For each side the next along the contour (n,); where four sides meet, it keeps to its own pixel."""
    corner = place[:, 0] * wide + place[:, 1]
    step = np.array([1, wide, 1, wide])[heading]
    ahead = heading < 2  # noqa: PLR2004 - right and down
    start, end = np.where(ahead, corner, corner + step), np.where(ahead, corner + step, corner)
    key = start * 4 + heading
    order = np.argsort(key)
    following: Ints = np.full(len(place), -1)
    for turn in (3, 0, 1):
        wanted = end * 4 + (heading + turn) % 4
        candidate = order[np.minimum(np.searchsorted(key, wanted, sorter=order), len(order) - 1)]
        following = np.where(key[candidate] == wanted, candidate, following)
    return following


def _ring(contour: Contour) -> Ints:
    """Points around the contour (m, 2), too far off to change a triangle inside.

    With straight lines of the contour on the outer rim, Qhull would take time with the square of their length.
    """
    size_mm = contour.points_mm.max(axis=0)
    angle = (np.arange(RING) + 0.123) / RING * 2 * pi
    ring_mm = size_mm / 2 + np.stack([np.cos(angle), np.sin(angle)], axis=1) * (0.75 * size_mm + 0.9 * size_mm.min())
    ring: Ints = np.rint(ring_mm / contour.unit_mm).astype(np.int64)
    return ring


def _inside(points: Ints, following: Ints, corners: Ints, around: Ints) -> Flags:
    """Whether each triangle (t, 3) lies inside: told by the contour beside it, and by the triangles next to it.

    ``points`` (n, 2): those of the contour first, for which ``following`` says the next.

    ``around``: the triangle opposite each corner (t, 3), -1 where there is none.
    """
    start, end = corners[:, (1, 2, 0)], corners[:, (2, 0, 1)]
    after = np.append(following, np.full(RING, -1))
    along, against = after[start] == end, after[end] == start
    turn = _turn(points[corners])[:, None]
    known = (along & (turn > 0)) | (against & (turn < 0))
    one, corner = np.nonzero(~along & ~against & (around >= 0))
    group = joined(len(corners), np.stack([one, around[one, corner]], axis=1))
    within = np.zeros(int(group.max()) + 1, np.bool_)
    within[group[known.any(axis=1)]] = True
    return within[group]


def _turn(corners: Ints) -> Ints:
    """Twice the area of triangles (t, 3, 2) in squares of the units: positive where they turn right, 0 when flat."""
    (ax, ay), (bx, by) = ((corners[:, end] - corners[:, 0]).T for end in (1, 2))
    turn: Ints = ax * by - ay * bx
    return turn


def _chords(corners: Ints, around: Ints, inside: Flags) -> tuple[Ints, Ints]:
    """Find each line between two triangles inside: its ends (c, 2) and the two (c, 2), numbered without those outside.

    ``around``: as for ``_inside``.
    """
    also: Flags = np.append(inside, np.False_)
    one, corner = np.nonzero(np.logical_and(also[around], inside[:, None]))
    other = around[one, corner]
    once = one < other
    one, corner, other = one[once], corner[once], other[once]
    ends = [corners[one, (corner + turn) % 3] for turn in (1, 2)]
    number = np.cumsum(inside) - 1
    return np.stack(ends, axis=1), number[np.stack([one, other], axis=1)]
