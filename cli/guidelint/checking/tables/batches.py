"""Rows of both tables gathered into batches, so that a delivery of any size takes the same memory."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import pyarrow as pa

from guidelint.checking.tables.columns import FINDINGS, VERDICT, VERDICTS, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.checking.plain.finding import Finding
    from guidelint.checking.plain.from_record import Plain

T = TypeVar("T")
FULL = 10_000
"""Rows, and regions in them, that a batch holds at least."""
HEAD, STATISTICS = b"guidelint.run", b"guidelint.statistics"
"""Keys in the metadata of a table: what was judged by what, and all that was counted."""
JOINING = "counts the rows of the verdicts from 1; the findings of a verdict have its number"


class Batch(NamedTuple):
    """Some rows of each table."""

    verdicts: pa.RecordBatch
    findings: pa.RecordBatch


class Schemas(NamedTuple):
    """How both tables are declared."""

    verdicts: pa.Schema
    findings: pa.Schema


@dataclass(slots=True)
class _Rows(Generic[T]):
    """Rows of one table."""

    columns: Sequence[Column[T]]
    numbers: list[int] = field(default_factory=list[int])
    rows: list[T] = field(default_factory=list[T])

    def add(self, number: int, row: T) -> None:
        self.numbers.append(number)
        self.rows.append(row)

    def taken(self, schema: pa.Schema) -> pa.RecordBatch:  # pyright: ignore[reportUnknownParameterType]  # pyarrow has no types
        """Give the rows, and begin anew."""
        cells = [pa.array([one.of(row) for row in self.rows], one.type) for one in self.columns]
        batch = pa.RecordBatch.from_arrays([pa.array(self.numbers, pa.int64()), *cells], schema=schema)
        self.numbers, self.rows = [], []
        return batch


def schemas(head: Mapping[str, object]) -> Schemas:
    """Declare both tables; ``head``: what was judged by what."""
    metadata = {HEAD: json.dumps(head).encode()}
    return Schemas(_schema(VERDICTS, metadata), _schema(FINDINGS, metadata))


def _schema(  # pyright: ignore[reportUnknownParameterType]  # pyarrow has no types
    columns: Iterable[Column[T]], metadata: Mapping[bytes, bytes]
) -> pa.Schema:
    joining = pa.field(VERDICT, pa.int64(), nullable=False, metadata={"description": JOINING})
    fields = [pa.field(one.name, one.type, metadata={"description": one.what}) for one in columns]
    return pa.schema([joining, *fields], metadata=metadata)


def weight(one: Plain) -> int:
    """Tell how much a record fills a batch."""
    return 1 + sum(1 + len(finding.regions) for finding in one.findings)


class Batches:
    """Takes records one by one, and gives a batch whenever one is full."""

    def __init__(self, schemas: Schemas, full: int | None = None) -> None:
        self._schemas, self._full = schemas, FULL if full is None else full
        self._count = self._held = 0
        self._verdicts = _Rows(VERDICTS)
        self._findings: _Rows[Finding] = _Rows(FINDINGS)

    def add(self, one: Plain) -> Iterator[Batch]:
        """Take a record."""
        self._count += 1
        self._verdicts.add(self._count, one)
        for finding in one.findings:
            self._findings.add(self._count, finding)
        self._held += weight(one)
        if self._held >= self._full:
            yield self.taken()

    def taken(self) -> Batch:
        """Give what is held, and begin anew."""
        self._held = 0
        return Batch(self._verdicts.taken(self._schemas.verdicts), self._findings.taken(self._schemas.findings))
