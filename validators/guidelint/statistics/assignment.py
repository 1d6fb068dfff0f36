"""The assignment with the greatest total overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from guidelint.statistics.overlapping import Overlapping, Whole

TABLE = 2**20
"""Cells up to which a full table is solved sooner than a list of its entries."""


def assigned(pairs: Overlapping) -> Overlapping:
    """Choose pairs so that nothing is in two of them and their Jaccard indices, all above 0, sum up to the most."""
    alone = (np.bincount(pairs.one)[pairs.one] == 1) & (np.bincount(pairs.other)[pairs.other] == 1)
    if alone.all():
        return pairs
    rest = np.flatnonzero(~alone)
    return pairs.at(np.concatenate([np.flatnonzero(alone), rest[_solved(pairs.at(rest))]]))


def _solved(pairs: Overlapping) -> Whole:
    """Places among the pairs of those that are chosen."""
    rows, row = np.unique(pairs.one, return_inverse=True)
    columns, column = np.unique(pairs.other, return_inverse=True)
    if rows.size * columns.size > TABLE:
        return _solved_sparse(pairs, row, column)
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - heavy

    overlap, place = np.zeros((rows.size, columns.size)), np.full((rows.size, columns.size), -1)
    overlap[row, column], place[row, column] = pairs.iou, np.arange(pairs.iou.size)
    chosen: Whole = place[linear_sum_assignment(overlap, maximize=True)]
    return chosen[chosen >= 0]


def _solved_sparse(pairs: Overlapping, row: Whole, column: Whole) -> Whole:
    """Solve it with a partner of its own for every row, whom it takes where it stays alone."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415 - heavy

    rows, columns = int(row.max()) + 1, int(column.max()) + 1
    alone = np.arange(rows)
    # entries of 0 would count as none
    weight = np.concatenate([1 + pairs.iou, np.ones(rows)])
    where = np.concatenate([row, alone]), np.concatenate([column, columns + alone])
    table = csr_array((weight, where), shape=(rows, columns + rows))
    _, partner = min_weight_full_bipartite_matching(table, maximize=True)
    return np.flatnonzero(partner[row] == column)
