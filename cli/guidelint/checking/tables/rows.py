"""Records shown as rows of both tables, in whichever process they are judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from guidelint.checking.plain.head import head_json
from guidelint.checking.tables.batches import Schemas, schemas
from guidelint.checking.tables.pieces import Collecting

if TYPE_CHECKING:
    from guidelint.checking.plain.showing import Plainly, PlainShowing
    from guidelint.checking.record import Shown
    from guidelint.checking.tables.pieces import TablePiece


class RowsPiece(NamedTuple):
    """What was shown of some records."""

    shown: TablePiece
    passed: int
    held_back: int = 0


@dataclass(slots=True)
class RowsShowing:
    """Gathers rows."""

    plain: PlainShowing
    declared: Schemas
    _rows: Collecting = field(init=False)
    _passed: int = field(init=False, default=0)

    def begin(self, most: int | None) -> None:
        """Begin anew; all findings are shown."""
        self.plain.begin(most)
        self._rows, self._passed = Collecting(self.declared), 0

    def show(self, record: Shown) -> None:
        """Add the rows of a record."""
        self.plain.show(record)
        piece = self.plain.taken()
        for one in piece.shown:
            self._rows.add(one)
        self._passed += piece.passed

    def taken(self) -> RowsPiece:
        """Give what was added."""
        return RowsPiece(self._rows.taken(), self._passed)


@dataclass(frozen=True, slots=True)
class AsRows:
    """How records become rows; another process can be told it."""

    plainly: Plainly

    def __call__(self) -> RowsShowing:
        """Begin to show."""
        return RowsShowing(self.plainly(), schemas(head_json(self.plainly.plans)))
