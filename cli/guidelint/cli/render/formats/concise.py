"""One line per finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.counting.totals import Totals, counted_as
from guidelint.checking.record import Shown, Unread
from guidelint.cli.render.renderer import Joining
from guidelint.cli.render.summary.totals_text import totals_text
from guidelint.cli.render.terminal.ink import COLUMN_STYLES, Ink
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.render.words.known_text import in_brackets
from guidelint.cli.render.words.names import all_of_them, record_name, sentence, subject_name

if TYPE_CHECKING:
    from guidelint.checking.record import Judged
    from guidelint.cli.render.renderer import Sheet
    from guidelint.validation.judging.finding import Finding


class Page(Joining):
    """Writes lines such as ``export.json: task 3, annotation 7: error closed-outline: Region 1 …``."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._ink = Ink(sheet.colour)

    def begin(self) -> None:
        """Write nothing before the lines."""

    def show(self, record: Shown) -> None:
        """Write a line for each finding."""
        if isinstance(record, Unread):
            self._line(record.file, record_name(record), self._ink("unreadable", "magenta"), visible(record.reason))
            return
        for finding in self._sheet.findings(record):
            kind = counted_as(record, finding)
            label = f"{self._ink(kind, COLUMN_STYLES[kind])} {self._ink(finding.rule, 'bold')}"
            self._line(record.file, subject_name(record) + self._sheet.under(record), label, _said(record, finding))

    def end(self, totals: Totals) -> None:
        """Write the totals."""
        if not self._sheet.quiet:
            self._sheet.out.write(totals_text(totals, self._sheet.plans, self._ink))

    def _line(self, *parts: str) -> None:
        self._sheet.out.write(": ".join(part for part in (visible(parts[0]), *parts[1:]) if part) + "\n")


def _said(judged: Judged, finding: Finding) -> str:
    return sentence(finding) + all_of_them(finding) + in_brackets(judged, finding)
