"""Nothing but the summary, with long tables by annotator and class and the interval of every share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.renderer import Joining
from guidelint.cli.render.summary.totals_text import totals_text
from guidelint.cli.render.terminal.ink import Ink

if TYPE_CHECKING:
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.record import Shown
    from guidelint.cli.render.renderer import Sheet

ROWS = 200
"""Rows of each table; the rest is given as a sum."""


class Page(Joining):
    """Writes once everything is counted."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def begin(self) -> None:
        """Write nothing yet."""

    def show(self, record: Shown) -> None:
        """Write nothing: records are counted, not shown."""

    def end(self, totals: Totals) -> None:
        """Write the summary."""
        ink = Ink(self._sheet.colour)
        self._sheet.out.write(totals_text(totals, self._sheet.plans, ink, rows=ROWS, intervals=True))
