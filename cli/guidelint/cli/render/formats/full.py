"""For reading: grouped by task, with the region, what was measured, the limit, the clause, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guidelint.checking.counting.totals import Totals, counted_as
from guidelint.checking.record import Judged, Shown, Unread
from guidelint.cli.render.summary.totals_text import totals_text
from guidelint.cli.render.terminal.ink import COLUMN_STYLES, DECISION_STYLES, Ink
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.render.terminal.wrapped import wrapped
from guidelint.cli.render.words.known_text import known_text
from guidelint.cli.render.words.names import (
    advice,
    annotator_name,
    everything,
    is_of_annotator,
    record_name,
    region_names,
    subject_title,
    task_name,
)
from guidelint.validation.judging.route_words import taken_by
from guidelint.validation.scopes.submission import SUBMISSION

if TYPE_CHECKING:
    from guidelint.cli.render.renderer import Sheet
    from guidelint.validation.judging.finding import Finding

_LABEL = 13
"""Columns that the label of a finding takes."""
_TEXT = _LABEL + 4
"""Column in which sentences begin."""


class _Head(NamedTuple):
    """The first heading of some text."""

    heading: str = ""
    letters: int = 0
    """How much of the text it takes."""


class _Written(NamedTuple):
    """Some text, and the headings in it."""

    text: str
    first: _Head
    last: str


class Page:
    """Writes a heading per task (or series), below it its annotations, below them their findings."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._ink = Ink(sheet.colour)
        self._heading = ""
        self._first = _Head()

    def begin(self) -> None:
        """Write nothing before the tasks."""

    def show(self, record: Shown) -> None:
        """Write a record that has something to say."""
        if isinstance(record, Unread):
            self._unread(record)
            return
        findings = tuple(self._sheet.findings(record))
        if findings:
            self._head(_heading(record), self._sheet.link(record))
            self._annotation(record)
            for finding in findings:
                self._finding(record, finding)

    def end(self, totals: Totals) -> None:
        """Write the totals."""
        if not self._sheet.quiet:
            text = totals_text(totals, self._sheet.plans, self._ink, width=self._sheet.width)
            self._sheet.out.write(("\n" if self._heading else "") + text)

    def piece(self, text: str) -> _Written:
        """Give what was written, and what tells whether its first heading stands above it already."""
        return _Written(text, self._first, self._heading)

    def join(self, piece: _Written) -> None:
        """Write what was written elsewhere, under its first heading unless that stands there."""
        if not piece.text:
            return
        is_there = piece.first.heading == self._heading
        between = "\n" if self._heading and not is_there else ""
        self._sheet.out.write(between + piece.text[piece.first.letters if is_there else 0 :])
        self._heading = piece.last

    def _head(self, heading: str, link: str) -> None:
        if heading != self._heading:
            text = self._ink.linked(self._ink(heading, "bold"), link)
            if not self._heading:
                self._first = _Head(heading, len(text) + 1)
            self._write(("\n" if self._heading else "") + text)
            self._heading = heading

    def _annotation(self, judged: Judged) -> None:
        decision = judged.verdict.decision
        named = visible(_part(judged)) + self._sheet.under(judged)
        known = self._sheet.routes(judged)
        taken = (taken_by(item.route, known.get(item.route)) for item in judged.verdict.escalations)
        routes = visible(" and ".join(taken))
        also = "" if decision == "escalated" else ", and escalated"
        to = f"{also} to {routes}" if routes else ""
        to += _but_for_known(judged)
        self._write(f"  {named[:1].upper()}{named[1:]}: {self._ink(decision, DECISION_STYLES[decision])}{to}", 4)

    def _finding(self, judged: Judged, finding: Finding) -> None:
        kind = counted_as(judged, finding)
        regions = region_names(finding)
        said = "".join(
            self._ink(visible(part.text), "bold") if part.is_evidence else visible(part.text) for part in finding.parts
        )
        label = self._ink(f"{kind:<{_LABEL}}", COLUMN_STYLES[kind])
        self._write(f"    {label}{regions}{': ' if regions else ''}{said}", _TEXT)
        if names := everything(finding):
            self._below(f"All of them: {names}")
        if known := known_text(judged, finding):
            self._below(self._ink(known, "dim" if judged.is_known(finding) else "bold"))
        if advised := advice(finding):
            self._below(f"→ {advised}")
        clause = f" · § {visible(finding.asked_at)}" if finding.asked_at else ""
        self._below(self._ink(f"{finding.rule}{clause}", "dim"))

    def _unread(self, unread: Unread) -> None:
        self._head(visible(unread.file), "")
        name = record_name(unread)
        label = self._ink(f"{'unreadable':<{_LABEL}}", "magenta")
        self._write(f"    {label}{name}{': ' if name else ''}{visible(unread.reason)}", _TEXT)
        if link := self._sheet.link(unread):
            self._below(self._ink(link, "dim"))

    def _below(self, text: str) -> None:
        self._write(f"{'':<{_TEXT}}{text}", _TEXT)

    def _write(self, text: str, indent: int = 0) -> None:
        self._sheet.out.write(wrapped(text, self._sheet.width if indent else 0, indent) + "\n")


def _but_for_known(judged: Judged) -> str:
    """Say what would be decided without known findings, where that is something else."""
    differs = judged.but_for_known not in {None, judged.verdict.decision}
    return f"; {judged.but_for_known} but for known findings" if differs else ""


def _part(judged: Judged) -> str:
    """Name what of the heading was judged: an annotation, what one annotator did of it, or all."""
    if is_of_annotator(judged):
        return "everything handed in"
    names = (("annotation", judged.verdict.subject.annotation), ("by", annotator_name(judged)))
    return " ".join(f"{kind} {name}" for kind, name in names if name) or f"the whole {judged.verdict.subject.kind}"


def _heading(judged: Judged) -> str:
    subject = judged.verdict.subject
    if subject.kind != SUBMISSION.name:
        return visible(subject_title(judged))
    name = task_name(judged)
    return visible(f"{name[:1].upper()}{name[1:]} · {judged.file}")
