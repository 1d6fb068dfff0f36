"""Texts that are no guideline are named for what they are; other spellings of one are read."""

from __future__ import annotations

import json

import pytest
from tests.language.mistakes import SOUND

from guidelint.language.load import load
from guidelint.language.text.parse import parse
from guidelint.language.text.problem import GuidelineProblems, Problem
from guidelint.language.text.tree import plain

CONFIG = """\
<View>
  <Image name="image" value="$image"/>
  <PolygonLabels name="label" toName="image"><Label value="Nodule"/></PolygonLabels>
</View>
"""


def problem_of(text: str) -> Problem:
    with pytest.raises(GuidelineProblems) as caught:
        load(text)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("text", "line", "cause", "remedy"),
    [
        (CONFIG, 1, "labeling config of Label Studio", "guidelint compile"),
        (f'<?xml version="1.0"?>\n{CONFIG}', 1, "labeling config of Label Studio", "guidelint compile"),
        (f"\n\n{CONFIG}", 3, "labeling config of Label Studio", "guidelint compile"),
        ("<!DOCTYPE html>\n<html><body>Outline.</body></html>\n", 1, "XML or HTML", "YAML"),
        ("# Thyroid\n\nOutline: each nodule.\n\n* one\n* two: both\n", 3, "not a guideline", "instructions: |"),
        ("just words\n", 1, "not a guideline", "guidelint: 1"),
        ("- thyroid\n- nodule\n", 1, "not a guideline", "guidelint: 1"),
        ("services:\n  web:\n    image: nginx\n", 1, "not a guideline", "guidelint: 1"),
        ('[{"id": 1, "data": {"image": "a.png"}}]', 1, "not a guideline", "guidelint: 1"),
        ("id,image\n1,a.png\n", 1, "not a guideline", "guidelint: 1"),
    ],
)
def test_another_text_is_told_once(text: str, line: int, cause: str, remedy: str) -> None:
    problem = problem_of(text)
    assert (problem.code, problem.line) == ("not-a-guideline", line)
    assert cause in problem.message
    assert remedy in problem.help


def test_front_matter_and_a_text_below_are_told_as_two_documents() -> None:
    problem = problem_of(f"---\n{SOUND}---\n\n# Thyroid\n\nOutline each nodule.\n")
    assert problem.line == SOUND.count("\n") + 2
    assert "second document" in problem.message
    assert "`instructions: |`" in problem.help


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_is_read(indent: int | str | None) -> None:
    root = parse(SOUND).root
    assert root is not None
    text = json.dumps(plain(root), indent=indent, ensure_ascii=False)
    assert load(text).model_copy(update={"text_digest": ""}) == load(SOUND).model_copy(update={"text_digest": ""})


def test_json_with_a_comma_missing_is_told_where_the_comma_goes() -> None:
    root = parse(SOUND).root
    assert root is not None
    lines = json.dumps(plain(root), indent=2).splitlines()
    at = next(number for number, line in enumerate(lines) if '"version"' in line)
    lines[at] = lines[at].rstrip(",")
    problem = problem_of("\n".join(lines))
    assert (problem.line, "comma" in problem.message) == (at + 1, True)
    assert problem.edit is not None
    assert load(problem.edit.applied("\n".join(lines))).name == "thyroid-nodules"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_other_line_ends_change_no_place(end: str) -> None:
    assert load(SOUND.replace("\n", end)).name == "thyroid-nodules"
    problem = problem_of(SOUND.replace("draw: brush", "draw:brush").replace("\n", end))
    assert (problem.line, problem.column) == (13, 5)
    assert problem.edit is not None
    assert load(problem.edit.applied(SOUND.replace("draw: brush", "draw:brush").replace("\n", end)))
