"""JUnit XML: every guideline is a test case, so that a CI server shows which of them did not pass."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.cli.render.formats.junit import CLOSING, opening, test_case
from guidelint.cli.render.terminal.visible import visible

if TYPE_CHECKING:
    from guidelint.cli.render.of_guidelines.linted import Linted
    from guidelint.language.text.problem import GuidelineProblems, Problem


def page(linted: Linted, *, colour: bool) -> str:  # noqa: ARG001 - XML has none
    """Write the counts, and a case for each guideline."""
    cases = [*(_case(linted, found) for found in linted.guidelines), *map(_unread, linted.unread)]
    counts = {
        "tests": len(cases),
        "failures": sum(one.find("failure") is not None for one in cases),
        "errors": len(linted.unread),
        "skipped": 0,
    }
    head = opening({"name": "guidelines", **{name: str(count) for name, count in counts.items()}}, 0)
    return head + "".join(f"  {ET.tostring(one, encoding='unicode')}\n" for one in cases) + CLOSING


def _case(linted: Linted, found: GuidelineProblems) -> ET.Element:
    one = test_case("guideline", found.filename, found.filename)
    said = "\n".join(map(_line, linted.shown(found)))
    if linted.fails(found):
        ET.SubElement(one, "failure", {"message": found.count}).text = said
    elif said:
        ET.SubElement(one, "system-out").text = said
    return one


def _unread(reason: str) -> ET.Element:
    one = test_case("guideline", "unreadable", "")
    ET.SubElement(one, "error", {"type": "unreadable", "message": visible(reason)})
    return one


def _line(problem: Problem) -> str:
    return visible(f"{problem.line}:{problem.column}: {problem.level} {problem.code}: {problem.said}")
