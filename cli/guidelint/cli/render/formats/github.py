"""Workflow commands that GitHub shows as annotations of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.place import Place
from guidelint.checking.places import place_of, places
from guidelint.checking.record import Shown, Unread
from guidelint.cli.render.renderer import Joining, Sheet, matters
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.render.words.known_text import in_brackets
from guidelint.cli.render.words.names import all_of_them, next_step, record_name, sentence, subject_name

if TYPE_CHECKING:
    from guidelint.checking.counting.totals import Totals
    from guidelint.validation.judging.finding import Finding

LARGEST_NUMBER = 2**31 - 1
"""Largest line or column that the runner of GitHub reads (a whole number in 32 bits)."""
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
"""Level → command."""


class Page(Joining):
    """Writes lines such as ``::error file=export.json,line=1,col=2649,title=closed-outline::task 3: …``."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def begin(self) -> None:
        """Write nothing before the commands."""

    def show(self, record: Shown) -> None:
        """Write a command for each finding."""
        if isinstance(record, Unread):
            named = record_name(record)
            text = f"{named}: {record.reason}" if named else record.reason
            self._command("error", place_of(record), "unreadable", text + self._link(record))
            return
        for finding in self._sheet.findings(record):
            said = f"{subject_name(record)}{self._sheet.under(record)}: {sentence(finding)}{all_of_them(finding)}"
            text = f"{said}{in_brackets(record, finding)}{next_step(finding)}"
            command = "notice" if record.is_known(finding) else _command(finding)
            self._command(command, places(record, finding)[0], finding.rule, text + self._link(record))

    def end(self, totals: Totals) -> None:
        """Write a command for each thing wrong with the delivery as a whole."""
        for concern in totals.concerns:
            self._command("error", Place(""), "delivery", concern)

    def _link(self, record: Shown) -> str:
        link = self._sheet.link(record)
        return f" · {link}" if link else ""

    def _command(self, command: str, place: Place, title: str, message: str) -> None:
        self._sheet.out.write(command_line(command, place, title, message))


def command_line(command: str, place: Place, title: str, message: str) -> str:
    """Write a command."""
    return f"::{command} {place_text(place)}title={_property(title)}::{_data(visible(message))}\n"


def _command(finding: Finding) -> str:
    """Only ``error`` marks what keeps a submission from being accepted."""
    return "error" if matters(finding) else COMMANDS[finding.level]


def place_text(place: Place) -> str:
    """Give file, line and column as far as they are told; a number that GitHub cannot hold is left out."""
    if not place.file:
        return ""
    told = [f"file={_property(place.file)}"]
    if place.span is not None and place.span.start.line <= LARGEST_NUMBER:
        start = place.span.start
        told += [f"line={start.line}"] + [f"col={start.column}"] * (start.column <= LARGEST_NUMBER)
    return "".join(f"{part}," for part in told)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
