"""Classes that lie inside one of several: which orders and pairs contradict that, and which do not."""

from __future__ import annotations

import pytest
from tests.language.mistakes import problems

from guidelint.language.reference.problem_explanations import with_part

CLASSES = """\
classes:
  core: {title: Core, definition: The dead part., draw: brush}
  rim: {title: Rim, definition: The bright part., draw: brush}
  oedema: {title: Oedema, definition: Bright around both., draw: brush}
"""
WITHIN = "within: {inside: {child: core, parent: [rim, oedema]}}"


@pytest.mark.parametrize(
    ("relations", "priority", "expected"),
    [
        (WITHIN, "", []),
        ("within: {inside: {child: core, parent: [rim, core]}}", "", ["inside-itself"]),
        ("within: {inside: {child: core, parent: []}}", "", ["empty"]),
        ("within: {inside: {child: core, parent: [rim, odema]}}", "", ["unknown-class"]),
        ("a: {inside: {child: core, parent: rim}}\n  b: {inside: {child: rim, parent: core}}", "", ["inside-itself"]),
        ("a: {inside: {child: core, parent: [rim, oedema]}}\n  b: {inside: {child: rim, parent: core}}", "", []),
        (
            f"{WITHIN}\n  apart: {{separate: {{pairs: [[core, rim]]}}}}",
            "",
            [],
        ),
        (
            f"{WITHIN}\n  apart: {{separate: {{pairs: [[core, rim], [oedema, core]]}}}}",
            "",
            ["inside-and-apart", "inside-and-apart"],
        ),
        (WITHIN, "priority: [rim, core, oedema]", []),
        (
            WITHIN,
            "priority: [rim, oedema, core]",
            ["priority-leaves-nothing"],
        ),
    ],
)
def test_several_classes_around_contradict_less_than_one(relations: str, priority: str, expected: list[str]) -> None:
    found = problems(with_part(f"{CLASSES}relations:\n  {relations}\n{priority}\n"))
    assert [problem.code for problem in found] == expected
