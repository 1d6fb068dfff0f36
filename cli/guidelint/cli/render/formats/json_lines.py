"""One JSON object per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.plain.head import head_json
from guidelint.cli.render.formats.record_json import Json, record_json
from guidelint.cli.render.renderer import Joining
from guidelint.cli.render.terminal.visible import in_a_line

if TYPE_CHECKING:
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.record import Shown
    from guidelint.cli.render.renderer import Sheet


class Page(Joining):
    """Writes what was judged by what, then every record, then the totals."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def begin(self) -> None:
        """Write the head."""
        self._line({"type": "run", **head_json(self._sheet.plans)})

    def show(self, record: Shown) -> None:
        """Write a record."""
        self._line(record_json(record, self._sheet))

    def end(self, totals: Totals) -> None:
        """Write the totals."""
        self._line({"type": "statistics", **totals.as_json()})

    def _line(self, value: Json) -> None:
        self._sheet.out.write(in_a_line(value) + "\n")
