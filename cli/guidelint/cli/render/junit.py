"""JUnit XML: every annotation is a test case, so that a CI server shows which were not accepted."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.cli.delivery import Judged, Shown, Unread
from guidelint.cli.render.names import record_name, sentence, task_name
from guidelint.cli.render.visible import visible

if TYPE_CHECKING:
    from guidelint.cli.render.renderer import Sheet
    from guidelint.cli.totals import Totals
    from guidelint.validation.finding import Finding

_ELEMENTS = {"returned": "failure", "escalated": "failure", "unverified": "error", "skipped": "skipped"}


class Page:
    """Writes the cases aside, since their counts stand before them."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._cases = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by ``end``
        self._counts: Counter[str] = Counter()

    def begin(self) -> None:
        """Write nothing yet."""

    def show(self, record: Shown) -> None:
        """Write a case."""
        case = self._unread_case(record) if isinstance(record, Unread) else self._judged_case(record)
        self._counts["tests"] += 1
        self._counts.update(child.tag for child in case)
        self._cases.write(f"  {ET.tostring(case, encoding='unicode')}\n")

    def end(self, totals: Totals) -> None:  # noqa: ARG002 - JUnit has counts of its own
        """Write the counts, then the cases."""
        counts = {
            "tests": self._counts["tests"],
            "failures": self._counts["failure"],
            "errors": self._counts["error"],
            "skipped": self._counts["skipped"],
        }
        suite = ET.Element("testsuite", {"name": str(self._sheet.plan.guideline), **_texts(counts)})
        opening = ET.tostring(suite, encoding="unicode", short_empty_elements=False).removesuffix("</testsuite>")
        self._sheet.out.write(f"<?xml version='1.0' encoding='utf-8'?>\n<testsuites>\n{opening}\n")
        with self._cases:
            self._cases.seek(0)
            shutil.copyfileobj(self._cases, self._sheet.out)
        self._sheet.out.write("</testsuite>\n</testsuites>\n")

    def _judged_case(self, judged: Judged) -> ET.Element:
        subject, decision = judged.verdict.subject, judged.verdict.decision
        classname = f"series {subject.series}" if subject.kind == "series" else task_name(judged)
        annotator = judged.annotator or subject.annotator
        name = " ".join(
            f"{kind} {value}" for kind, value in (("annotation", subject.annotation), ("by", annotator)) if value
        )
        case = _case(classname, name or subject.kind, judged.file)
        lines = [_line(finding) for finding in self._sheet.findings(judged)]
        if decision in _ELEMENTS:
            element = ET.SubElement(case, _ELEMENTS[decision])
            if decision != "skipped":
                element.set("type", decision)
                element.set("message", f"{decision}: {len(lines)} finding{'s' * (len(lines) != 1)}")
        else:
            element = case if not lines else ET.SubElement(case, "system-out")
        if lines and (link := self._sheet.link(judged)):
            lines.append(link)
        if lines:
            element.text = "\n".join(lines)
        return case

    def _unread_case(self, unread: Unread) -> ET.Element:
        case = _case(f"task {unread.task}" if unread.task else "unreadable", record_name(unread) or "file", unread.file)
        error = ET.SubElement(case, "error", {"type": "unreadable", "message": visible(unread.reason)})
        error.text = self._sheet.link(unread) or None
        return case


def _case(classname: str, name: str, file: str) -> ET.Element:
    named = {"classname": visible(classname), "name": visible(name)}
    return ET.Element("testcase", named | ({"file": visible(file)} if file else {}))


def _line(finding: Finding) -> str:
    return f"{finding.rule}: {sentence(finding)}" + (f" → {visible(finding.do)}" if finding.do else "")


def _texts(counts: dict[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in counts.items()}
