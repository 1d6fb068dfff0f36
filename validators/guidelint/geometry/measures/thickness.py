"""Narrowest and largest thickness of a mask.

A *width* is a straight cut through the mask between two points of its contour that one empty circle touches: a chord of
the chordal axis (L. Prasad 1997, Morphological analysis of shapes, CNLS Newsletter 139). It counts unless it takes off
no more than a corner or an end: each of the two parts must be larger than the square over the cut, and than the square
over the longer side of a pixel. A cut that opens a ring always counts. The narrowest thickness is the shortest width
that counts, the largest one the diameter of the largest disc inside. Where no width counts, as in a disc or a square,
the narrowest thickness is the largest.

The contour is that of ``triangulation``. So a strip of n pixels is n pixel spacings thick, upright or level, and a
slanting one neither gains nor loses by the steps of its pixels in the mean. As the narrowest of many widths is taken,
figures tend to be small: necks, strips, walls and discs drawn on the grid measured 0.9 pixel diagonals less to 0.7 more
than they are, 0.4 less on average.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guidelint.geometry.measures.triangulation import Contour, Triangulation, graph, joined, triangulated

if TYPE_CHECKING:
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing

Ints = npt.NDArray[np.int64]
Lengths = npt.NDArray[np.float64]
Place = tuple[float, float]
SAME_LENGTH = 1e-9
"""Relative; cuts that differ by less are equally long."""
_NEAREST = 24
"""Steps of the contour looked at around a place: more than can matter at once."""


@dataclass(frozen=True, slots=True)
class Thickness:
    """Thickness of a mask; places are x, y in pixels."""

    narrowest_mm: float
    narrowest_ends: tuple[Place, Place]
    """Ends of the shortest cut that counts."""
    largest_mm: float
    """Diameter of the largest disc inside."""
    largest_at: Place
    """Centre of that disc."""

    @property
    def narrowest_at(self) -> Place:
        """Middle of the shortest cut that counts."""
        (x, y), (other_x, other_y) = self.narrowest_ends
        return (x + other_x) / 2, (y + other_y) / 2


@dataclass(frozen=True, slots=True, eq=False)
class _Discs:
    """The largest disc inside each piece, in millimetres."""

    centres: Lengths
    """(p, 2)."""
    touching: Lengths
    """Nearest point of the contour (p, 2)."""
    radii: Lengths
    """(p,)."""


def thickness(mask: Mask, spacing: Spacing, ignored_mm2: float = 0.0) -> Thickness:
    """Measure the narrowest and the largest thickness; pieces that share no pixel edge are pieces of their own.

    A cut that parts no more than ``ignored_mm2`` from the rest does not count, nor does the narrowest place of a piece
    that small, unless all pieces are. Raises ValueError for an empty mask, MaskError when the border is too long.
    """
    box = mask.box
    if box is None:
        raise ValueError("an empty mask has no thickness")
    cut = triangulated(mask, spacing)
    short_mm, long_mm = sorted((spacing.row_mm, spacing.column_mm))
    piece = joined(len(cut.triangles), cut.beside)
    area = np.bincount(piece, cut.areas_mm2)
    discs = _largest_discs(cut, piece, short_mm)
    weighed = area > ignored_mm2 if (area > ignored_mm2).any() else np.ones(area.size, np.bool_)
    lost = np.where(weighed[piece[cut.beside[:, 0]]], _smaller_part_mm2(cut, piece), 0.0)
    counts = lost > np.maximum(np.maximum(cut.chord_lengths_mm, long_mm) ** 2 * (1 + SAME_LENGTH), ignored_mm2)
    ends = _shortest(cut, np.flatnonzero(cut.certain & counts), lost)
    smallest = int(np.argmin(np.where(weighed, discs.radii, np.inf)))
    if ends is None or np.hypot(*(ends[1] - ends[0])) > 2 * discs.radii[smallest] * (1 + SAME_LENGTH):
        ends = discs.touching[smallest], 2 * discs.centres[smallest] - discs.touching[smallest]
    largest = int(np.argmax(discs.radii))

    def place(point: Lengths) -> Place:
        return float(point[0] / spacing.column_mm + box.left), float(point[1] / spacing.row_mm + box.top)

    return Thickness(
        narrowest_mm=float(np.hypot(*(ends[1] - ends[0]))),
        narrowest_ends=(place(ends[0]), place(ends[1])),
        largest_mm=float(2 * discs.radii[largest]),
        largest_at=place(discs.centres[largest]),
    )


def _shortest(cut: Triangulation, counts: Ints, lost: Lengths) -> tuple[Lengths, Lengths] | None:
    """Find the ends of the shortest chord that counts; of some equally long the one that parts most evenly."""
    if not counts.size:
        return None
    length = cut.chord_lengths_mm[counts]
    shortest = counts[length <= length.min() * (1 + SAME_LENGTH)]
    first, second = cut.contour.points_mm[cut.chords[shortest[np.argmax(lost[shortest])]]]
    return first, second


def _smaller_part_mm2(cut: Triangulation, piece: Ints) -> Lengths:
    """Area of the smaller part that each chord (c,) takes off; infinite where it opens a ring and parts nothing."""
    from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415 - heavy

    following = cut.contour.following
    contour = joined(following.size, np.stack([np.arange(following.size), following], axis=1))
    # a chord parts a piece if both its ends lie on the same contour; parts and such chords form a forest
    parts_it = contour[cut.chords[:, 0]] == contour[cut.chords[:, 1]]
    part = joined(len(cut.triangles), cut.beside[~parts_it])
    links = part[cut.beside[parts_it]]
    root = int(part.max()) + 1
    trunk = part[np.unique(piece, return_index=True)[1]]
    tree = np.concatenate([links, np.stack([np.full(trunk.size, root), trunk], axis=1)])
    order, parent = breadth_first_order(graph(root + 1, tree), root, directed=False)
    below = np.bincount(part, cut.areas_mm2, root + 1).tolist()
    for node, above in zip(order[:0:-1].tolist(), parent[order[:0:-1]].tolist(), strict=True):
        below[above] += below[node]
    child = np.where(parent[links[:, 0]] == links[:, 1], links[:, 0], links[:, 1])
    taken = np.array(below)[child]
    whole = np.bincount(piece, cut.areas_mm2)[piece[cut.beside[parts_it, 0]]]
    smaller = np.full(len(cut.chords), np.inf)
    smaller[parts_it] = np.minimum(taken, whole - taken)
    return smaller


def _largest_discs(cut: Triangulation, piece: Ints, short_mm: float) -> _Discs:
    """Find the largest disc inside each piece.

    Candidates for its centre are the middles of the triangles' circles, which hold no point of the contour. The best is
    short of the true radius R by at most R − √(R² − ¼ s²), s being the shorter side of a pixel: 1/80 s for R = 10 s.
    """
    middles, radii = cut.circles_mm
    most = np.zeros(int(piece.max()) + 1)
    np.maximum.at(most, piece, radii)
    hopeful = np.flatnonzero(radii**2 >= (most[piece] * (1 - SAME_LENGTH)) ** 2 - short_mm**2 / 4)
    touching, clear = _nearest_of_contour(cut.contour, middles[hopeful])
    order = np.lexsort((clear, piece[hopeful]))
    best = order[np.append(np.diff(piece[hopeful][order]) > 0, np.True_)]
    return _Discs(middles[hopeful][best], touching[best], clear[best])


def _nearest_of_contour(contour: Contour, places: Lengths) -> tuple[Lengths, Lengths]:
    """Nearest points (n, 2) of the contour to places (n, 2), and their distances (n,)."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - heavy

    start = contour.points_mm
    step = start[contour.following] - start
    _, near = KDTree(start + step / 2).query(places, min(_NEAREST, len(start)))
    way = step[near]
    along = ((places[:, None] - start[near]) * way).sum(axis=2) / (way * way).sum(axis=2)
    nearest = start[near] + np.clip(along, 0, 1)[:, :, None] * way
    away = np.hypot(*np.moveaxis(nearest - places[:, None], 2, 0))
    best = np.argmin(away, axis=1)
    row = np.arange(len(places))
    return nearest[row, best], away[row, best]
