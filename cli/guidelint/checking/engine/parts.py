"""Rows of a chunk as a part of each table: written aside, and named once they are whole."""

from __future__ import annotations

import uuid
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

import fsspec
import pyarrow.parquet as pq

from guidelint.checking.tables.pieces import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    import pyarrow as pa

    from guidelint.checking.tables.pieces import TablePiece

TABLES = ("verdicts", "findings")
_OF_CHUNK = 32
"""Bits for the verdicts of a chunk; those before them number the chunks."""


def part_name(number: int) -> str:
    """Name the part of a chunk."""
    return f"part-{number:010}.parquet"


class _Part(NamedTuple):
    aside: str
    path: str
    writer: pq.ParquetWriter


class TableParts:
    """The parts of both tables while they are written; a chunk without rows has none."""

    def __init__(self, folder: str, number: int) -> None:
        self._folder, self._number = folder, number
        self._count = 0
        self._parts: dict[str, _Part] = {}
        self._stack = ExitStack()
        self._files: fsspec.AbstractFileSystem
        self._files, self._place = fsspec.url_to_fs(folder)

    def __enter__(self) -> Self:
        return self

    def add(self, piece: TablePiece) -> None:
        """Write the rows of a piece."""
        before = (self._number << _OF_CHUNK) + self._count
        for table, rows in zip(TABLES, piece.rows, strict=True):
            if rows.num_rows:
                self._part(table, rows.schema).writer.write_batch(numbered(rows, before))
        self._count += len(piece.weights)

    def _part(self, table: str, schema: pa.Schema) -> _Part:  # pyright: ignore[reportUnknownParameterType]  # pyarrow has no types
        if table not in self._parts:
            folder = f"{self._place}/{table}"
            self._files.makedirs(folder, exist_ok=True)
            aside = f"{folder}/.{uuid.uuid4().hex}"
            file = self._stack.enter_context(self._files.open(aside, "wb"))
            writer = self._stack.enter_context(pq.ParquetWriter(file, schema))
            self._parts[table] = _Part(aside, f"{folder}/{part_name(self._number)}", writer)
        return self._parts[table]

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self._stack.close()
        for part in self._parts.values():
            if failed is None:
                self._files.mv(part.aside, part.path)
            else:
                self._files.rm(part.aside)


def keep_only(folder: str, numbers: Iterable[int]) -> None:
    """Take away the parts of chunks that did not count, and of runs before."""
    files, place = fsspec.url_to_fs(folder)
    kept = set(map(part_name, numbers))
    for table in TABLES:
        at = f"{place}/{table}"
        for path in files.ls(at, detail=False) if files.exists(at) else ():
            if str(path).rpartition("/")[2] not in kept:
                files.rm(path)
