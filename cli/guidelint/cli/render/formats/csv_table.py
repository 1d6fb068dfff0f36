"""A register for spreadsheets: a row for each finding, and one for all that has none; no cell can start a formula."""

from __future__ import annotations

import csv
import re
from math import isfinite
from typing import TYPE_CHECKING

from guidelint.checking.counting.totals import Totals, counted_as
from guidelint.checking.record import Judged, Shown, Unread
from guidelint.cli.render.renderer import Joining
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.render.words.known_text import known_text
from guidelint.cli.render.words.listed import in_a_cell
from guidelint.cli.render.words.names import record_name
from guidelint.validation.judging.measurement import measurement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.cli.render.renderer import Sheet
    from guidelint.validation.judging.derived_value import DerivedValue
    from guidelint.validation.judging.finding import Finding

COLUMNS = (
    "file",
    "guideline",
    "record",
    "series",
    "task",
    "image",
    "annotation",
    "annotation_number",
    "annotator",
    "decision",
    "counts_as",
    "rule",
    "regions",
    "region_ids",
    "message",
    "measured",
    "limit",
    "unit",
    "do",
    "clause",
    "clause_path",
    "escalates_to",
    "finding",
    "link",
    "known_by",
    "baseline",
    "decision_but_for_known",
    "subject",
    "subject_name",
    "annotator_name",
    "derived_question",
    "derived_value",
    "derived_image",
    "derived_time_point",
)
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The last four are those of Japanese keyboards."""
_FORMULA_INSIDE = re.compile(r"(?<=;)(?=\s*[=+\-@])")
"""Where a spreadsheet that parts cells by semicolons, as in much of Europe, would see a cell begin."""
Cell = str | float | None


class Page(Joining):
    """Writes comma-separated values (RFC 4180)."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._table = csv.writer(sheet.out, lineterminator="\r\n")
        self._named = " · ".join(str(plan.guideline) for plan in sheet.plans)

    def begin(self) -> None:
        """Write the names of the columns."""
        self._table.writerow(COLUMNS)

    def show(self, record: Shown) -> None:
        """Write a row for each finding; for what has none, one row that says so by its empty cells."""
        guideline = record.verdict.guideline if isinstance(record, Judged) else self._named
        named: dict[str, Cell] = {"file": record.file, "guideline": guideline, "link": self._sheet.link(record)}
        if isinstance(record, Unread):
            self._row({**named, **_unread_cells(record)})
            return
        named |= _judged_cells(record)
        findings = tuple(self._sheet.findings(record))
        for finding in findings:
            self._row({**named, **_finding_cells(record, finding)})
        if not findings:
            self._row(named)

    def end(self, totals: Totals) -> None:
        """Write a row for each thing wrong with the delivery as a whole; a spreadsheet counts by itself."""
        for concern in totals.concerns:
            self._row({"counts_as": "delivery", "message": concern})

    def _row(self, cells: Mapping[str, Cell]) -> None:
        self._table.writerow([written(cells.get(name)) for name in COLUMNS])


def harmless(text: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    shown = _FORMULA_INSIDE.sub("'", visible(text))
    return f"'{shown}" if shown.lstrip().startswith(_STARTS_FORMULA) else shown


def written(value: Cell) -> str:
    """Write text harmless and numbers as they are, all their digits in; what is no number stays empty."""
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None or not isfinite(value) else repr(value)


def _unread_cells(unread: Unread) -> dict[str, Cell]:
    return {
        "record": unread.position or None,
        "task": unread.task,
        "annotation_number": unread.annotation or None,
        "counts_as": "unreadable",
        "message": ": ".join(part for part in (record_name(unread), unread.reason) if part),
    }


def _judged_cells(judged: Judged) -> dict[str, Cell]:
    subject = judged.verdict.subject
    return {
        "record": judged.record or None,
        "series": subject.series,
        "task": subject.task,
        "image": judged.image,
        "annotation": subject.annotation,
        "annotation_number": judged.number or None,
        "annotator": judged.annotator or subject.annotator,
        "decision": judged.verdict.decision,
        "decision_but_for_known": judged.but_for_known,
        "subject": subject.kind,
        "subject_name": subject.name,
        "annotator_name": judged.annotator_name,
    }


def _finding_cells(judged: Judged, finding: Finding) -> dict[str, Cell]:
    numbers, standing = measurement(finding.evidence), judged.standing(finding)
    return {
        "counts_as": counted_as(judged, finding),
        "rule": finding.rule,
        "regions": in_a_cell([region.title for region in finding.regions], finding.unlisted),
        "region_ids": _ids(finding),
        "message": finding.message,
        "measured": numbers.measured,
        "limit": numbers.limit,
        "unit": numbers.unit,
        "do": finding.advice_offline,
        "clause": finding.asked_at,
        "clause_path": finding.clause,
        "escalates_to": finding.escalates_to,
        "finding": finding.id,
        "known_by": standing.entry.by if standing and standing.is_known else None,
        "baseline": known_text(judged, finding),
        **_derived_cells(finding.derived),
    }


def _derived_cells(told: DerivedValue | None) -> dict[str, Cell]:
    """Give an answer that follows, for programs."""
    if told is None:
        return {}
    return {
        "derived_question": told.question,
        "derived_value": told.value,
        "derived_image": told.image,
        "derived_time_point": told.time_point,
    }


def _ids(finding: Finding) -> str:
    """Give the ids of regions in their order; tasks and annotations that are listed have none."""
    ids = [region.id for region in finding.regions]
    return in_a_cell(ids, 0) if any(ids) else ""
