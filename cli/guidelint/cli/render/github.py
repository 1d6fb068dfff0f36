"""Workflow commands that GitHub shows as annotations of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.delivery import Shown, Unread
from guidelint.cli.render.names import record_name, sentence, subject_name
from guidelint.cli.render.renderer import Sheet, matters
from guidelint.cli.render.visible import visible

if TYPE_CHECKING:
    from guidelint.cli.totals import Totals
    from guidelint.validation.finding import Finding

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


class Page:
    """Writes lines such as ``::error file=export.json,title=closed-outline::task 3: …``."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def begin(self) -> None:
        """Write nothing before the commands."""

    def show(self, record: Shown) -> None:
        """Write a command for each finding."""
        if isinstance(record, Unread):
            named = record_name(record)
            self._command("error", record.file, "unreadable", f"{named}: {record.reason}" if named else record.reason)
            return
        for finding in self._sheet.findings(record):
            text = f"{subject_name(record)}: {sentence(finding)}" + (f" → {finding.do}" if finding.do else "")
            self._command(_command(finding), record.file, finding.rule, text)

    def end(self, totals: Totals) -> None:
        """Write nothing after them."""

    def _command(self, command: str, file: str, title: str, message: str) -> None:
        place = f"file={_property(file)}," if file else ""
        self._sheet.out.write(f"::{command} {place}title={_property(title)}::{_data(visible(message))}\n")


def _command(finding: Finding) -> str:
    """Only ``error`` marks what keeps a submission from being accepted."""
    return "error" if matters(finding) else _COMMANDS[finding.level]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
