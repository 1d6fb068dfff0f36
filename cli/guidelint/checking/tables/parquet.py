"""Both tables in a folder, as Parquet: whole, or not there."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from guidelint.checking.tables.batches import STATISTICS, Batches, schemas
from guidelint.checking.tables.pieces import Joining

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

    from guidelint.checking.plain.from_record import Plain
    from guidelint.checking.tables.batches import Batch, Schemas
    from guidelint.checking.tables.pieces import TablePiece

NAMES = ("verdicts.parquet", "findings.parquet")
"""Files of the folder."""


class ParquetTables:
    """Both tables while they are written."""

    def __init__(self, verdicts: pq.ParquetWriter, findings: pq.ParquetWriter, declared: Schemas) -> None:
        self._writers = (verdicts, findings)
        self._batches = Batches(declared)
        self._joining = Joining(declared)

    def add(self, one: Plain) -> None:
        """Take a record."""
        for batch in self._batches.add(one):
            self._write(batch)

    def join(self, piece: TablePiece) -> None:
        """Take records that were made rows of elsewhere."""
        for batch in self._joining.join(piece):
            self._write(batch)

    def end(self, statistics: Mapping[str, object]) -> None:
        """Write what is left, and what was counted."""
        self._write(self._batches.taken())
        self._write(self._joining.taken())
        for writer in self._writers:
            writer.add_key_value_metadata({STATISTICS: json.dumps(statistics).encode()})

    def _write(self, batch: Batch) -> None:
        for writer, rows in zip(self._writers, batch, strict=True):
            if rows.num_rows:
                writer.write_batch(rows)


@contextmanager
def parquet_tables(folder: Path, head: Mapping[str, object]) -> Generator[ParquetTables]:
    """Write both tables into a folder, which is made when missing; what stood there before goes first.

    They get their names once they are whole, so that nobody takes a part for all. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in NAMES]
    parts = [path.with_name(f".{path.name}.part") for path in paths]
    for path in paths:
        path.unlink(missing_ok=True)
    try:
        declared = schemas(head)
        with ExitStack() as stack:
            writers = [
                stack.enter_context(pq.ParquetWriter(part, schema))
                for part, schema in zip(parts, declared, strict=True)
            ]
            yield ParquetTables(writers[0], writers[1], declared)
        for part, path in zip(parts, paths, strict=True):
            part.replace(path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
