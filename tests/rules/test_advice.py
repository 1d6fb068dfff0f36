"""Advice is for whoever reads it: the annotator, who has the image open, or whoever holds the file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from tests.cli.delivery_file import GUIDELINE, run

from guidelint.annotation.submission import UnknownItem
from guidelint.cli.render.format import FOR_FOLDERS, Format
from guidelint.labelstudio.writeback.banner import banner_of
from guidelint.rules.catalogue import catalogue
from guidelint.rules.structure.known_control import KnownControl
from guidelint.validation.cases.run import plan_of, run_cases
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule.case import Case

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.validation.rule.rule import Rule

EDITOR_ONLY = re.compile(
    r"\b(reload|click|page|toolbar|submit|update|press|button|drag|undo|skip|select|hotkey|browser|you|your)\b",
    re.IGNORECASE,
)
"""What only somebody can do, or see, who has Label Studio's editor open."""
WITHOUT_ADVICE = {Format.CONCISE, Format.TABLE}
of_every_rule = pytest.mark.parametrize("rule", catalogue().values(), ids=catalogue())


@of_every_rule
def test_no_advice_for_a_file_speaks_of_the_editor(rule: type[Rule]) -> None:
    advice = [says.do_offline or says.do for says in rule.says.values()]
    assert [text for text in (*advice, *(says.text for says in rule.says.values())) if EDITOR_ONLY.search(text)] == []


@of_every_rule
def test_no_finding_of_a_case_speaks_of_the_editor_to_whoever_holds_the_file(rule: type[Rule]) -> None:
    findings = [finding for result in run_cases(rule) for finding in result.findings]
    told = [f"{finding.message} {finding.advice_offline}" for finding in findings]
    assert told
    assert [text for text in told if EDITOR_ONLY.search(text)] == []


@of_every_rule
def test_advice_for_a_file_stands_beside_that_for_the_annotator_only_where_it_differs(rule: type[Rule]) -> None:
    for says in rule.says.values():
        assert says.do_offline != says.do
        assert not says.do_offline or says.do_offline.endswith(".")


def test_the_words_of_the_editor_are_recognised() -> None:
    annotators = [says.do for rule in catalogue().values() for says in rule.says.values()]
    assert len([text for text in annotators if EDITOR_ONLY.search(text)]) >= 5


@pytest.fixture
def delivery(tmp_path: Path) -> str:
    """Path of an export with an item of a control that the guideline does not have."""
    item = {"id": "a", "type": "rating", "from_name": "other", "to_name": "image", "value": {"rating": 1}}
    annotation = {"id": 11, "completed_by": 101, "result": [item]}
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{"id": 1, "data": {}, "annotations": [annotation]}]), encoding="utf-8")
    return str(path)


def told(delivery: str, name: Format, folder: Path) -> str:
    """What check writes in a format: on the screen, or as findings in a folder."""
    if name not in FOR_FOLDERS:
        return run("check", GUIDELINE, delivery, "--format", name).stdout
    run("check", GUIDELINE, delivery, "--format", name, "--output", str(folder))
    return str(pq.read_table(folder / "findings.parquet").to_pylist())


@pytest.mark.parametrize("name", Format)
def test_check_advises_whoever_holds_the_file(delivery: str, name: Format, tmp_path: Path) -> None:
    text = told(delivery, name, tmp_path / "tables")
    assert text
    assert "Reload the page" not in text
    assert ("Declare the name in the guideline" in text) is (name not in WITHOUT_ADVICE)


def test_the_banner_advises_the_annotator() -> None:
    case = Case("test", {}, (), unknown_items=(UnknownItem("a", "other", "image", "rating"),))
    (submission,) = submissions_of(case)
    html = banner_of(judge(plan_of(KnownControl()), submission), {})
    assert "Reload the page" in html
    assert "Declare the name in the guideline" not in html
