"""JUnit XML: every annotation is a test case, so that a CI server shows which were not accepted."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, TextIO
from xml.etree import ElementTree as ET

from guidelint.checking.record import Judged, Shown, Unread
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.render.words.known_text import in_brackets
from guidelint.cli.render.words.names import (
    all_of_them,
    annotator_name,
    next_step,
    record_name,
    sentence,
    subject_title,
    task_name,
)
from guidelint.validation.scopes.submission import SUBMISSION

if TYPE_CHECKING:
    from guidelint.checking.counting.totals import Totals
    from guidelint.cli.render.renderer import Sheet
    from guidelint.validation.judging.finding import Finding

_ELEMENTS = {"returned": "failure", "escalated": "failure", "unverified": "error", "skipped": "skipped"}
CLOSING = "</testsuite>\n</testsuites>\n"
"""Closes the suite."""
_COUNTS_WIDTH = 120
"""Characters left for the counts; they take 40, and the digits."""


class Page:
    """Writes the counts before the cases: into a file where room was left for them, else with the cases kept aside."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        aside = None if sheet.rewritable else tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - ``end``
        self._aside = aside
        self._cases: TextIO = aside or sheet.out
        self._counts: Counter[str] = Counter()
        self._name = " · ".join(str(plan.guideline) for plan in sheet.plans)

    def begin(self) -> None:
        """Leave room for the counts."""
        if self._aside is None:
            self._sheet.out.write(opening({"name": self._name}, _COUNTS_WIDTH))

    def show(self, record: Shown) -> None:
        """Write a case."""
        case = self._unread_case(record) if isinstance(record, Unread) else self._judged_case(record)
        self._write(case)

    def piece(self, text: str) -> tuple[str, Counter[str]]:
        """Give the cases that were written, and their counts."""
        return text, self._counts

    def join(self, piece: tuple[str, Counter[str]]) -> None:
        """Write cases that were written elsewhere."""
        text, counts = piece
        self._counts += counts
        self._cases.write(text)

    def _write(self, case: ET.Element) -> None:
        self._counts["tests"] += 1
        self._counts.update(child.tag for child in case)
        self._cases.write(f"  {ET.tostring(case, encoding='unicode')}\n")

    def end(self, totals: Totals) -> None:
        """Write the counts, and the cases that are not there yet; what is wrong with the delivery is a case, too."""
        for concern in totals.concerns:
            case = test_case("delivery", "whole", "")
            ET.SubElement(case, "failure", {"type": "delivery", "message": visible(concern)})
            self._write(case)
        out, counts = self._sheet.out, self._counted()
        named = {"name": self._name, **counts}
        if self._aside is None:
            taken = sum(len(f' {name}="{count}"') for name, count in counts.items())
            out.write(CLOSING)
            out.seek(0)
            out.write(opening(named, _COUNTS_WIDTH - taken))
            return
        out.write(opening(named, 0))
        with self._aside as cases:
            cases.seek(0)
            shutil.copyfileobj(cases, out)
        out.write(CLOSING)

    def _counted(self) -> dict[str, str]:
        names = {"tests": "tests", "failures": "failure", "errors": "error", "skipped": "skipped"}
        return {name: str(self._counts[tag]) for name, tag in names.items()}

    def _judged_case(self, judged: Judged) -> ET.Element:
        subject, decision = judged.verdict.subject, judged.verdict.decision
        classname = task_name(judged) if subject.kind == SUBMISSION.name else subject_title(judged)
        named = (("annotation", subject.annotation), ("by", annotator_name(judged)))
        name = " ".join(f"{kind} {value}" for kind, value in named if value)
        case = test_case(classname, (name or subject.kind) + self._sheet.under(judged), judged.file)
        lines = [_line(judged, finding) for finding in self._sheet.findings(judged)]
        if decision in _ELEMENTS:
            only_known = judged.but_for_known == "accepted"
            element = ET.SubElement(case, "skipped" if only_known else _ELEMENTS[judged.but_for_known or decision])
            if decision != "skipped":
                element.set("type", "known" if only_known else decision)
                element.set("message", _message(judged, len(lines)))
        else:
            element = case if not lines else ET.SubElement(case, "system-out")
        if lines and (link := self._sheet.link(judged)):
            lines.append(link)
        if lines:
            element.text = "\n".join(lines)
        return case

    def _unread_case(self, unread: Unread) -> ET.Element:
        case = test_case(
            f"task {unread.task}" if unread.task else "unreadable", record_name(unread) or "file", unread.file
        )
        error = ET.SubElement(case, "error", {"type": "unreadable", "message": visible(unread.reason)})
        error.text = self._sheet.link(unread) or None
        return case


def opening(attributes: dict[str, str], spaces: int) -> str:
    """Open the suite, with room for counts that are written later."""
    suite = ET.Element("testsuite", attributes)
    text = ET.tostring(suite, encoding="unicode", short_empty_elements=False).removesuffix("></testsuite>")
    return f"<?xml version='1.0' encoding='utf-8'?>\n<testsuites>\n{text}{' ' * spaces}>\n"


def test_case(classname: str, name: str, file: str) -> ET.Element:
    """Make a case, whatever it is called."""
    named = {"classname": visible(classname), "name": visible(name)}
    return ET.Element("testcase", named | ({"file": visible(file)} if file else {}))


def _message(judged: Judged, shown: int) -> str:
    """Say what was decided, and what but for known findings where that is something else."""
    decision, but_for_known = judged.verdict.decision, judged.but_for_known
    differs = f", {but_for_known} but for known findings" if but_for_known not in {None, decision} else ""
    return f"{decision}{differs}: {shown} finding{'s' * (shown != 1)}"


def _line(judged: Judged, finding: Finding) -> str:
    said = f"{finding.rule}: {sentence(finding)}{all_of_them(finding)}"
    return f"{said}{in_brackets(judged, finding)}{next_step(finding)}"
