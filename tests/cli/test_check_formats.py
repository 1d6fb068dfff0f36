"""What every format writes, to the letter. GUIDELINT_UPDATE_SNAPSHOTS=1 writes the snapshots anew; read the diff."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from tests.cli.delivery_file import GUIDELINE, HERE, run, write_export

from guidelint.cli.render.format import IN_TEXT, Format

if TYPE_CHECKING:
    from pathlib import Path

SNAPSHOTS = HERE / "snapshots"
SHOW_FINDINGS = [name for name in IN_TEXT if name is not Format.TABLE]


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Path of the export, relative to where the command runs."""
    write_export(tmp_path)
    monkeypatch.chdir(tmp_path)
    return "export.json"


def written(export: str, name: Format, *more: str) -> str:
    """What the command writes, less what changes with every release."""
    result = run("check", GUIDELINE, export, "--format", name, *more)
    assert result.exit_code == 1, result.output
    text = re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", result.stdout)
    return re.sub(r'("engine"|"semanticVersion"): "[^"]+"', r'\1: "VERSION"', text)


@pytest.mark.parametrize("name", IN_TEXT)
def test_the_output_is_the_snapshot(export: str, name: Format) -> None:
    text = written(export, name)
    snapshot = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("GUIDELINT_UPDATE_SNAPSHOTS"):
        snapshot.write_text(text, encoding="utf-8", newline="")
    assert text == snapshot.read_bytes().decode()


@pytest.mark.parametrize("name", SHOW_FINDINGS)
def test_no_format_lets_a_control_character_out(export: str, name: Format) -> None:
    text = written(export, name)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "\\x1b[31m" in text or "\\u001b[31m" in text


@pytest.mark.parametrize("name", SHOW_FINDINGS)
def test_quiet_leaves_out_notes(export: str, name: Format) -> None:
    assert "clean-vertices" in written(export, name)
    findings = [
        line
        for line in written(export, name, "--quiet").splitlines()
        if '"tool"' not in line and "statistics" not in line
    ]
    assert "clean-vertices" not in "\n".join(findings)


def test_json_holds_every_verdict_and_the_totals(export: str) -> None:
    document = json.loads(written(export, Format.JSON))
    decisions = [record["decision"] for record in document["records"] if record["type"] == "verdict"]
    assert len([record for record in document["records"] if record["type"] == "unreadable"]) == 2
    counted = {
        key: sum(counts.values()) for key, counts in document["statistics"].items() if key in {"annotations", "series"}
    }
    assert len(decisions) == sum(counted.values())
    assert counted == {"annotations": 10, "series": 1}


def test_json_lines_hold_the_same_records(export: str) -> None:
    document = json.loads(written(export, Format.JSON))
    run_, *records, totals = [json.loads(line) for line in written(export, Format.JSONL).splitlines()]
    assert records == document["records"]
    assert totals == {"type": "statistics", **document["statistics"]}
    assert run_["guideline"] == document["guideline"]


def test_sarif_is_what_the_standard_allows(export: str) -> None:
    log = json.loads(written(export, Format.SARIF))
    jsonschema.validate(log, json.loads((HERE / "sarif.schema.json").read_text("utf-8")))
    (run_,) = log["runs"]
    rules = {rule["id"] for rule in run_["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run_["results"]} <= rules
    assert all(result["level"] == "none" for result in run_["results"] if result["kind"] == "open")


def test_junit_counts_its_cases(export: str) -> None:
    suite = ET.fromstring(written(export, Format.JUNIT)).find("testsuite")  # noqa: S314 - written by ourselves
    assert suite is not None
    cases = suite.findall("testcase")
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[attribute]) == sum(case.find(tag) is not None for case in cases)
    assert int(suite.attrib["tests"]) == len(cases) == 13


def test_no_cell_of_the_table_is_a_formula(export: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written(export, Format.CSV))))
    assert len(rows) > 5
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_github_commands_stand_on_one_line_each(export: str) -> None:
    lines = written(export, Format.GITHUB).splitlines()
    assert all(
        re.match(r"::(error|warning|notice) (file=[^:,]+,line=\d+,col=\d+,)?title=[^:,]+::\S", line) for line in lines
    )
    assert any("%250A::stop" in line for line in lines), "a percent sign of the data is escaped"


@pytest.mark.parametrize(
    ("cell", "harmless"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("  =1", "'  =1"),
        ("\t=1", "\\x09=1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_cell_is_made_harmless(cell: str, harmless: str) -> None:
    from guidelint.cli.render.formats import csv_table  # noqa: PLC0415 - beside its cases

    assert csv_table.harmless(cell) == harmless
