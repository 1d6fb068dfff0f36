"""Connected pieces of a mask and the holes in it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from guidelint.geometry.kernels.choice import fast
from guidelint.geometry.mask import Mask, Pieces
from guidelint.geometry.memo import memo

if TYPE_CHECKING:
    from guidelint.geometry.flat import Flat

Connectivity = Literal[4, 8]
_SORTED_BY_DIGITS = 2**16
"""Pieces whose numbers NumPy sorts in time that goes with their number alone."""


def components(mask: Mask, connectivity: Connectivity = 8) -> tuple[Mask, ...]:
    """Pieces that hang together over edges (4) or over edges and corners (8), in order of their first pixel."""
    count = count_components(mask, connectivity)
    return memo.ask(_pieces, mask, by=(connectivity,)) if count > 1 else (mask,) * count


def _pieces(mask: Mask, connectivity: Connectivity) -> tuple[Mask, ...]:
    return _split(mask, run_labels(mask, connectivity))


def count_components(mask: Mask, connectivity: Connectivity = 8) -> int:
    """Count the pieces, without making a mask of each."""
    return run_pieces(mask, connectivity).total


def _split(mask: Mask, label: Flat) -> tuple[Mask, ...]:
    """Make a mask of the runs of each label, in order of label."""
    if not label.size:
        return ()
    labelled = np.zeros(int(label.max()) + 1, np.bool_)
    labelled[label] = True
    count = np.count_nonzero(labelled)
    piece = (labelled.cumsum() - 1).take(label).astype(np.uint16 if count <= _SORTED_BY_DIGITS else np.int64)
    order = np.argsort(piece, kind="stable")
    starts, stops = mask.starts.take(order), mask.stops.take(order)
    cuts = [0, *np.bincount(piece).cumsum().tolist()]
    return tuple(Mask(starts[a:b], stops[a:b], mask.shape) for a, b in pairwise(cuts))


def holes(mask: Mask, connectivity: Connectivity = 8) -> tuple[Mask, ...]:
    """Pieces of background that the mask encloses, for a mask whose own pieces have that connectivity.

    Background hangs together the other way: over edges only (4) around a mask of connectivity 8.
    """
    if count_components(mask, connectivity) == euler_number(mask, connectivity):
        return ()
    return memo.ask(_enclosed, mask, by=(connectivity,))


def _enclosed(mask: Mask, connectivity: Connectivity) -> tuple[Mask, ...]:
    assert mask.box is not None  # noqa: S101 - narrows the type: an empty mask has no hole
    top, left = mask.box.top - 1, mask.box.left - 1
    rows, columns = mask.box.shape[0] + 2, mask.box.shape[1] + 2
    framed = mask.moved(-top, -left, (rows, columns))
    background = Mask.from_runs(np.append(0, framed.stops), np.append(framed.starts, rows * columns), (rows, columns))
    label = run_labels(background, 4 if connectivity == 8 else 8)  # noqa: PLR2004 - the other one
    enclosed = label > 0  # the first piece holds the frame and all that reaches it
    inside = Mask(background.starts[enclosed], background.stops[enclosed], background.shape)
    return _split(inside.moved(top, left, mask.shape), label[enclosed])


def euler_number(mask: Mask, connectivity: Connectivity = 8) -> int:
    """Count pieces less holes; pieces of that connectivity, holes of the other."""
    # runs and their touches form a planar graph: every run is a vertex, every cycle goes around a hole
    return mask.starts.size - run_pieces(mask, connectivity).touches


def run_labels(mask: Mask, connectivity: Connectivity = 8) -> Flat:
    """For every run the number of its piece, int64 (n,); a piece is numbered by its first run."""
    return run_pieces(mask, connectivity).label


def run_pieces(mask: Mask, connectivity: Connectivity = 8) -> Pieces:
    """How the runs of a mask hang together; kept with the mask."""
    found = mask.pieces.get(connectivity)
    if found is None:
        found = mask.pieces[connectivity] = _run_pieces(mask, connectivity)
    return found


def _run_pieces(mask: Mask, connectivity: Connectivity) -> Pieces:
    runs = mask.starts.size
    if fast(runs):
        from guidelint.geometry.kernels.runs import pieces  # noqa: PLC0415 - loads numba

        reach = 1 if connectivity == 8 else 0  # noqa: PLR2004 - corners count
        return Pieces(*pieces(mask.starts, mask.stops, mask.shape[1], reach))
    if mask.stacked:
        return Pieces(np.zeros(runs, np.int64), 1, runs - 1)
    above, below = mask.touching if connectivity == 8 else mask.runs_below(1, 0)  # noqa: PLR2004
    label = joined(runs, above, below)
    return Pieces(label, int(np.count_nonzero(label == np.arange(runs))), above.size)


def joined(count: int, one: Flat, other: Flat) -> Flat:
    """For each of ``count`` things the first thing it hangs together with, given pairs that touch (m,) and (m,)."""
    label: Flat = np.arange(count, dtype=np.int64)
    # of every thing one that it touches and that comes before it: most of a piece hangs together so already
    label[np.maximum(one, other)] = np.minimum(one, other)
    while True:
        while not np.array_equal(label, further := label[label]):
            label = further
        apart = label[one] != label[other]
        if not apart.any():
            return label
        one, other = one[apart], other[apart]
        low = np.minimum(label[one], label[other])
        np.minimum.at(label, label[one], low)
        np.minimum.at(label, label[other], low)
