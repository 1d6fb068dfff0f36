"""Rows that were made elsewhere, piece by piece, written in the batches in which one process would have done it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from guidelint.checking.tables.batches import FULL, Batch, Batches, Schemas, weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from guidelint.checking.plain.from_record import Plain

_WHOLE = 2**62
"""A piece is never too full."""


class TablePiece(NamedTuple):
    """Rows of both tables, numbered from 1, and how much each verdict fills a batch."""

    rows: Batch
    weights: tuple[int, ...]


class Collecting:
    """Makes a piece of records."""

    def __init__(self, declared: Schemas) -> None:
        self._declared = declared
        self._begin()

    def _begin(self) -> None:
        self._batches = Batches(self._declared, _WHOLE)
        self._weights: list[int] = []

    def add(self, one: Plain) -> None:
        """Take a record."""
        for _ in self._batches.add(one):
            raise AssertionError  # it is never full
        self._weights.append(weight(one))

    def taken(self) -> TablePiece:
        """Give what is held, and begin anew."""
        piece = TablePiece(self._batches.taken(), tuple(self._weights))
        self._begin()
        return piece


@dataclass(slots=True)
class Joining:
    """Puts pieces together, and gives a batch whenever one is full."""

    declared: Schemas
    _count: int = 0
    _held: int = 0
    _parts: list[Batch] = field(default_factory=list[Batch])

    def join(self, piece: TablePiece) -> Iterator[Batch]:
        """Take the next piece."""
        verdicts, findings = (numbered(rows, self._count) for rows in piece.rows)
        of_findings = findings.column(0).to_numpy() - self._count
        begin = begin_findings = 0
        for number, one in enumerate(piece.weights, start=1):
            self._held += one
            if self._held >= FULL:
                end_findings = int(np.searchsorted(of_findings, number, side="right"))
                self._part(verdicts, findings, slice(begin, number), slice(begin_findings, end_findings))
                begin, begin_findings = number, end_findings
                yield self.taken()
        self._part(verdicts, findings, slice(begin, None), slice(begin_findings, None))
        self._count += len(piece.weights)

    def _part(  # pyright: ignore[reportUnknownParameterType]  # pyarrow has no types
        self,
        verdicts: pa.RecordBatch,  # pyright: ignore[reportUnknownParameterType]
        findings: pa.RecordBatch,  # pyright: ignore[reportUnknownParameterType]
        rows: slice,
        of_findings: slice,
    ) -> None:
        self._parts.append(Batch(verdicts[rows], findings[of_findings]))

    def taken(self) -> Batch:
        """Give what is held, and begin anew."""
        parts, self._parts, self._held = self._parts, [], 0
        verdicts = _one([part.verdicts for part in parts], self.declared.verdicts)
        return Batch(verdicts, _one([part.findings for part in parts], self.declared.findings))


def numbered(rows: pa.RecordBatch, before: int) -> pa.RecordBatch:  # pyright: ignore[reportUnknownParameterType]  # pyarrow has no types
    """Go on counting verdicts where those before ended."""
    numbers: npt.NDArray[np.int64] = rows.column(0).to_numpy() + before
    return pa.RecordBatch.from_arrays([pa.array(numbers, pa.int64()), *rows.columns[1:]], schema=rows.schema)


def _one(parts: list[pa.RecordBatch], schema: pa.Schema) -> pa.RecordBatch:  # pyright: ignore[reportUnknownParameterType]  # pyarrow has no types
    batches = pa.Table.from_batches(parts, schema).combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=schema)
