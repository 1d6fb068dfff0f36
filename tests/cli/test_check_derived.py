"""Answers that follow and that nobody enters, in the formats that programs read."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from tests.cli.delivery_file import run
from tests.labelstudio.test_derived_answers import INCONSISTENT, NOBODY_ENTERS

if TYPE_CHECKING:
    from pathlib import Path

ANNOTATION: dict[str, Any] = INCONSISTENT["annotations"][0]
NODULE = ANNOTATION["result"][0]["id"]
TOLD = {"points": ("14", NODULE), "level": ("5", NODULE)}
"""Question → what follows, and the region that it follows for."""


@pytest.fixture
def handed_in(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "tirads.yaml").write_text(NOBODY_ENTERS, encoding="utf-8")
    result = [item for item in ANNOTATION["result"] if item["from_name"] not in TOLD]
    task = {**INCONSISTENT, "annotations": [{**ANNOTATION, "result": result}]}
    (tmp_path / "export.json").write_text(json.dumps([task]), encoding="utf-8")
    return str(tmp_path / "tirads.yaml"), str(tmp_path / "export.json")


def checked(handed_in: tuple[str, str], *options: str) -> str:
    return run("check", *handed_in, *options).stdout


def test_a_spreadsheet_has_the_question_the_value_and_the_region(handed_in: tuple[str, str]) -> None:
    rows = csv.DictReader(io.StringIO(checked(handed_in, "--format", "csv")))
    told = {row["derived_question"]: (row["derived_value"], row["region_ids"]) for row in rows if row["derived_value"]}
    assert told == {**TOLD, "points": ("14.0", NODULE)}


def test_json_has_them_with_the_unit(handed_in: tuple[str, str]) -> None:
    (verdict,) = [json.loads(line) for line in checked(handed_in, "--format", "jsonl").splitlines()[1:-1]]
    found: list[dict[str, Any]] = [finding for finding in verdict["findings"] if "derived" in finding]
    assert [finding["derived"] for finding in found] == [
        {"question": "points", "value": 14.0},
        {"question": "level", "value": "5"},
    ]
    assert [[region["id"] for region in finding["regions"]] for finding in found] == [[NODULE], [NODULE]]


def test_tables_have_them_in_columns_of_their_own(handed_in: tuple[str, str], tmp_path: Path) -> None:
    checked(handed_in, "--format", "parquet", "--output", str(tmp_path / "tables"))
    rows: list[dict[str, Any]] = pq.read_table(tmp_path / "tables" / "findings.parquet").to_pylist()
    told = {row["derived_question"]: (row["derived_value"], row["regions"][0]["id"]) for row in rows}
    told.pop(None, None)
    assert told == TOLD
