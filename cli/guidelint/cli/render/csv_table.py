"""A table for spreadsheets, one row per finding; no cell can start a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from guidelint.cli.delivery import Judged, Shown, Unread
from guidelint.cli.render.names import record_name, region_names
from guidelint.cli.render.visible import visible
from guidelint.cli.totals import Totals, column

if TYPE_CHECKING:
    from guidelint.cli.render.renderer import Sheet
    from guidelint.validation.finding import Finding

COLUMNS = (
    "file",
    "series",
    "task",
    "annotation",
    "annotator",
    "decision",
    "counts_as",
    "rule",
    "regions",
    "message",
    "do",
    "clause",
    "escalates_to",
    "finding",
)
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Page:
    """Writes comma-separated values (RFC 4180)."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._table = csv.writer(sheet.out, lineterminator="\r\n")

    def begin(self) -> None:
        """Write the names of the columns."""
        self._table.writerow(COLUMNS)

    def show(self, record: Shown) -> None:
        """Write a row for each finding."""
        if isinstance(record, Unread):
            message = ": ".join(part for part in (record_name(record), record.reason) if part)
            cells = {"file": record.file, "task": record.task, "counts_as": "unreadable", "message": message}
            self._row(cells)
            return
        for finding in self._sheet.findings(record):
            self._row(_cells(record, finding))

    def end(self, totals: Totals) -> None:
        """Write nothing below the rows: a spreadsheet counts by itself."""

    def _row(self, cells: dict[str, str]) -> None:
        self._table.writerow([harmless(cells.get(name, "")) for name in COLUMNS])


def harmless(text: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_STARTS_FORMULA) else shown


def _cells(judged: Judged, finding: Finding) -> dict[str, str]:
    subject = judged.verdict.subject
    return {
        "file": judged.file,
        "series": subject.series,
        "task": subject.task,
        "annotation": subject.annotation,
        "annotator": judged.annotator or subject.annotator,
        "decision": judged.verdict.decision,
        "counts_as": column(finding),
        "rule": finding.rule,
        "regions": region_names(finding),
        "message": finding.message,
        "do": finding.do,
        "clause": finding.clause,
        "escalates_to": finding.escalates_to or "",
        "finding": finding.id,
    }
