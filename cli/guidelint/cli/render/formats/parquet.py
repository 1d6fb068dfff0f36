"""Two tables in a folder: a row for each verdict, and a row for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.plain.head import head_json
from guidelint.checking.tables.batches import schemas
from guidelint.checking.tables.parquet import parquet_tables
from guidelint.checking.tables.pieces import Collecting
from guidelint.cli.render.formats.record_json import shown

if TYPE_CHECKING:
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.record import Shown
    from guidelint.checking.tables.parquet import ParquetTables
    from guidelint.checking.tables.pieces import TablePiece
    from guidelint.cli.render.renderer import Sheet


class Page:
    """Writes batches of rows; a run that does not come to its end leaves no table."""

    _tables: ParquetTables | Collecting
    """Rows that are collected, until tables are opened."""
    _written: ParquetTables

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._tables = self._collecting = Collecting(schemas(head_json(sheet.plans)))

    def begin(self) -> None:
        """Open both tables."""
        writing = parquet_tables(self._sheet.folder, head_json(self._sheet.plans))
        self._tables = self._written = self._sheet.ending.enter_context(writing)

    def show(self, record: Shown) -> None:
        """Add the rows of a record."""
        self._tables.add(shown(record, self._sheet))

    def end(self, totals: Totals) -> None:
        """Add what was counted."""
        self._written.end(totals.as_json())

    def piece(self, text: str) -> TablePiece:
        """Give the rows of what was shown; no table was opened for them."""
        del text
        return self._collecting.taken()

    def join(self, piece: TablePiece) -> None:
        """Add rows that were made elsewhere."""
        self._written.join(piece)
