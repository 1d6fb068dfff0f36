"""The table as a complete register: everything judged has a row, numbers have columns of their own."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, Json, region, run, task, write_export

from guidelint.cli.render.formats import csv_table

if TYPE_CHECKING:
    from pathlib import Path


SUBJECT = ("task", "annotation", "series")


def rows(path: Path, *more: str) -> list[dict[str, str]]:
    result = run("check", GUIDELINE, str(path), "-f", "csv", *more)
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


def test_every_annotation_has_a_row_and_every_finding_one_of_its_own(tmp_path: Path) -> None:
    path = write_export(tmp_path)
    table = rows(path)
    document = json.loads(run("check", GUIDELINE, str(path), "-f", "json").stdout)
    expected = {
        tuple(record["subject"].get(name, "") for name in ("task", "annotation", "series")): len(record["findings"])
        or 1
        for record in document["records"]
        if record["type"] == "verdict"
    }
    found = Counter(tuple(row[name] for name in SUBJECT) for row in table if row["decision"])
    assert len(expected) == 11
    assert found == expected
    assert Counter(row["counts_as"] for row in table)["unreadable"] == 2
    assert {row["decision"] for row in table if not row["rule"] and row["decision"]} == {"accepted", "skipped"}


def test_quiet_keeps_the_rows_of_what_is_accepted(tmp_path: Path) -> None:
    path = write_export(tmp_path)
    (noted,) = (row for row in rows(path, "--quiet") if row["annotation"] == "31")
    assert (noted["decision"], noted["rule"]) == ("accepted", "")


def test_measured_value_limit_and_unit_are_numbers_in_columns_and_in_json(tmp_path: Path) -> None:
    path = write_export(tmp_path)
    (row,) = (row for row in rows(path) if row["annotation"] == "71")
    assert (row["record"], row["annotation_number"], row["region_ids"]) == ("8", "1", "r-L1")
    assert float(row["measured"]) == pytest.approx(40 * 2**0.5)
    assert (row["limit"], row["unit"]) == ("30.0", "mm")
    lines = run("check", GUIDELINE, str(path), "-f", "jsonl").stdout.splitlines()
    (line,) = (line for line in lines if '"annotation": "71"}' in line)
    record = json.loads(line)
    (finding,) = record["findings"]
    assert (finding["measured"], finding["limit"], finding["unit"]) == (float(row["measured"]), 30.0, "mm")
    assert (record["record"], record["annotation_number"], finding["regions"][0]["item"]) == (8, 1, 1)


@pytest.mark.parametrize(
    ("value", "cell"), [(-1.5, "-1.5"), (float("nan"), ""), (float("inf"), ""), (None, ""), (3, "3")]
)
def test_a_number_is_written_as_it_is(value: float | None, cell: str) -> None:
    assert csv_table.written(value) == cell


SERVER = "https://label.example.org:8443/ls"


def linked(number: int = 2, project: object = 7) -> Json:
    return {**task(number, region(closed=False)), "project": project}


def check(folder: Path, name: str, *tasks: Json, server: str = SERVER) -> str:
    path = folder / "export.json"
    path.write_text(json.dumps(tasks))
    result = run("check", GUIDELINE, str(path), "-f", name, "--server", server)
    assert result.exit_code == 1, result.output
    return result.stdout


@pytest.mark.parametrize("name", ["full", "json", "jsonl", "sarif", "junit", "github", "csv"])
def test_findings_link_to_their_task(name: str, tmp_path: Path) -> None:
    link = f"{SERVER}/projects/7/data?task=2"
    assert link in check(tmp_path, name, linked())
    assert link in check(tmp_path, name, {**linked(), "annotations": [5]}), "what could not be read has a link too"


@pytest.mark.parametrize("name", ["full", "json", "jsonl", "sarif", "junit", "github", "csv"])
@pytest.mark.parametrize("project", [None, "", "7/../../evil", "７", {"id": 7}, True, -1])
def test_without_a_project_there_is_no_link(name: str, project: object, tmp_path: Path) -> None:
    assert SERVER not in check(tmp_path, name, linked(project=project))


def test_a_task_is_escaped_in_its_link(tmp_path: Path) -> None:
    odd: Json = {**linked(), "id": "a&b\x1b[31m#é"}
    assert f"{SERVER}/projects/7/data?task=a%26b%1B%5B31m%23%C3%A9" in check(tmp_path, "full", odd)
    assert "/data?task=2" in check(tmp_path, "full", linked(), server="https://label.example.org/\x1b]8;;evil")
    assert "\x1b" not in check(tmp_path, "full", linked(), server="https://label.example.org/\x1b]8;;evil")


@pytest.mark.parametrize(
    "server", ["ftp://label.example.org", "javascript:alert(1)", "label.example.org", "https://u:p@x"]
)
def test_only_addresses_of_the_web_are_servers(server: str, tmp_path: Path) -> None:
    result = run("check", GUIDELINE, str(write_export(tmp_path)), "--server", server)
    assert result.exit_code == 2
    assert result.stderr.startswith("guidelint: --server: ")
    assert result.stdout == ""


def test_the_server_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDELINT_SERVER", SERVER)
    path = tmp_path / "export.json"
    path.write_text(json.dumps([linked()]))
    assert f"{SERVER}/projects/7/data?task=2" in run("check", GUIDELINE, str(path)).stdout


def test_on_a_terminal_the_heading_is_the_link() -> None:
    from guidelint.cli.render.terminal.ink import Ink  # noqa: PLC0415 - beside its only case

    assert Ink(colour=True).linked("Task 2", SERVER) == f"\x1b]8;;{SERVER}\x1b\\Task 2\x1b]8;;\x1b\\"
    assert Ink(colour=False).linked("Task 2", SERVER) == f"Task 2 · {SERVER}"
    assert Ink(colour=True).linked("Task 2", "") == "Task 2"
