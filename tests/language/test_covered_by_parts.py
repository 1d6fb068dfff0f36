"""A whole and the parts that cover it, in a guideline."""

from __future__ import annotations

from tests.language.mistakes import problems

from guidelint.language.reference.problem_explanations import with_part

PARTS = """\
classes:
  tumour: {title: Whole tumour, definition: All of it., draw: brush}
  core: {title: Core, definition: The inner part., draw: brush}
  oedema: {title: Oedema, definition: The outer part., draw: brush}
relations:
"""
COVERED = "  all-of-it: {covered-by-parts: {whole: tumour, parts: [core, oedema], min_fraction: 0.98}}\n"


def told(relations: str) -> list[str]:
    return [problem.message for problem in problems(with_part(PARTS + relations)) if problem.level == "error"]


def test_a_whole_and_its_parts_are_classes_that_share_pixels() -> None:
    assert told(COVERED) == []
    assert told(COVERED.replace("oedema]", "tumour]")) == ["`tumour` would cover itself, which it always does"]
    apart = "  apart: {separate: {pairs: [[core, tumour]]}}\n"
    assert told(COVERED + apart) == ["`core` covers a part of `tumour` here, and must not overlap it by another rule"]
    assert told(COVERED + apart.replace("tumour", "oedema")) == []
    assert any("`tumor`" in said for said in told(COVERED.replace("tumour", "tumor")))
