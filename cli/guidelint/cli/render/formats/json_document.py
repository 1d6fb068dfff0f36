"""One JSON document, a record per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.plain.head import head_json
from guidelint.cli.render.formats.record_json import record_json
from guidelint.cli.render.renderer import BETWEEN, Listing
from guidelint.cli.render.terminal.visible import in_a_line

if TYPE_CHECKING:
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.record import Shown
    from guidelint.cli.render.renderer import Sheet


class Page(Listing):
    """Writes an object with the records, and the totals last."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._separator = "\n"

    def begin(self) -> None:
        """Open the document."""
        head = in_a_line(head_json(self._sheet.plans))
        self._sheet.out.write(f'{head[:-1]}, "records": [')

    def show(self, record: Shown) -> None:
        """Add a record."""
        self._sheet.out.write(self._separator + in_a_line(record_json(record, self._sheet)))
        self._separator = BETWEEN

    def end(self, totals: Totals) -> None:
        """Close the document."""
        self._sheet.out.write(f'\n], "statistics": {in_a_line(totals.as_json())}}}\n')
