"""`guidelint check --also`: every report says by which of several guidelines each verdict is."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.checking.test_several_guidelines import BATCH, CLASS, Json, task
from tests.cli.delivery_file import run
from typer.testing import CliRunner

from guidelint.cli.app import build_app
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

FIRST, SECOND = "example 1.0.0", "example 2.0.0"
TASKS = (
    task(1, "Lesion", guideline="1.0.0"),
    task(2, "Mass", guideline="2.0.0"),
    task(3, "Mass", guideline="1.0.0"),
    task(4, "Lesion", guideline="2.0.0"),
    task(5, guideline="2.0.0"),
)


def guideline(folder: Path, version: str, title: str) -> str:
    """Write a guideline, and give its path."""
    part = f"version: {version}\n" + BATCH.replace("FORMATS", "label-studio")
    path = folder / f"{version}.yaml"
    path.write_text(with_part(part + CLASS.replace("CLASS", title.lower()).replace("TITLE", title)), encoding="utf-8")
    return str(path)


def checked(folder: Path, *options: str, tasks: tuple[Json, ...] = TASKS) -> Result:
    export = folder / "export.json"
    export.write_text(json.dumps(tasks), encoding="utf-8")
    first, second = guideline(folder, "1.0.0", "Lesion"), guideline(folder, "2.0.0", "Mass")
    return run("check", first, str(export), "--also", second, *options)


def test_json_says_it_of_each_verdict_and_counts_by_it(tmp_path: Path) -> None:
    document = json.loads(checked(tmp_path, "-f", "json").stdout)
    assert document["guideline"]["version"] == "1.0.0"
    assert [one["guideline"]["version"] for one in document["also"]] == ["2.0.0"]
    by_task = {
        one["subject"]["task"]: (one["guideline"]["version"], one["decision"])
        for one in document["records"]
        if one["subject"]["kind"] == "submission"
    }
    assert by_task == {
        "1": ("1.0.0", "accepted"),
        "2": ("2.0.0", "accepted"),
        "3": ("1.0.0", "returned"),
        "4": ("2.0.0", "returned"),
    }
    digests = {one["plan_digest"] for one in document["records"]}
    assert digests == {document["plan_digest"], document["also"][0]["plan_digest"]}
    rows = document["statistics"]["by_guideline"]["rows"]
    assert {row["name"]: row["returned"]["count"] for row in rows} == {FIRST: 1, SECOND: 1}
    classes = {row["name"] for row in document["statistics"]["by_class"]["rows"]}
    assert classes == {f"lesion ({FIRST})", f"mass ({SECOND})", None}


def test_lines_of_json_say_it(tmp_path: Path) -> None:
    head, *records, _ = map(json.loads, checked(tmp_path, "-f", "jsonl").stdout.splitlines())
    assert [one["guideline"]["version"] for one in head["also"]] == ["2.0.0"]
    assert {one["guideline"]["version"] for one in records} == {"1.0.0", "2.0.0"}


@pytest.mark.parametrize("name", ["full", "concise", "github"])
def test_texts_say_it(tmp_path: Path, name: str) -> None:
    text = checked(tmp_path, "-f", name).stdout
    assert text.count(f", under {FIRST}:") == 1
    assert text.count(f", under {SECOND}:") == 2  # task 4, and the delivery, in which task 5 is not annotated


def test_the_summary_names_both_and_counts_by_each(tmp_path: Path) -> None:
    text = checked(tmp_path, "-f", "table").stdout
    assert text.startswith(f"{FIRST} and {SECOND} · 4 annotations")
    rows = [line.split() for line in text.splitlines() if line.startswith("example")]
    assert ["example", "1.0.0", "2", "1/2"] in [row[:4] for row in rows]
    assert "Mass (example 2.0.0)" in text


def test_a_register_says_it_in_each_row(tmp_path: Path) -> None:
    rows = [*csv.DictReader(io.StringIO(checked(tmp_path, "-f", "csv").stdout))]
    assert {row["task"]: row["guideline"] for row in rows if row["annotation"]} == {
        "1": FIRST,
        "2": SECOND,
        "3": FIRST,
        "4": SECOND,
    }


def test_sarif_says_it_of_each_result(tmp_path: Path) -> None:
    (of_run,) = json.loads(checked(tmp_path, "-f", "sarif").stdout)["runs"]
    assert [of_run["properties"]["guideline"], of_run["properties"]["also"][0]["guideline"]] == [FIRST, SECOND]
    assert {one["properties"]["guideline"] for one in of_run["results"]} == {FIRST, SECOND}
    known = {rule["id"] for rule in of_run["tool"]["driver"]["rules"]}
    assert {one["ruleId"] for one in of_run["results"]} <= known


def test_junit_says_it_of_each_case(tmp_path: Path) -> None:
    suite = ET.fromstring(checked(tmp_path, "-f", "junit").stdout)[0]  # noqa: S314 - our own
    assert suite.get("name") == f"{FIRST} · {SECOND}"
    assert all(str(case.get("name")).endswith((f", under {FIRST}", f", under {SECOND}")) for case in suite)


def test_tables_say_it_of_each_verdict_and_so_of_each_finding(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    checked(tmp_path, "-f", "parquet", "-o", str(tmp_path / "tables"))
    verdicts, findings = (pq.read_table(tmp_path / "tables" / f"{name}.parquet") for name in ("verdicts", "findings"))
    by_number = {row["verdict"]: row for row in verdicts.to_pylist()}
    joined = [by_number[number] for number in findings["verdict"].to_pylist()]
    assert {(row["task"], row["guideline"], row["guideline_version"]) for row in joined} == {
        ("3", "example", "1.0.0"),
        ("4", "example", "2.0.0"),
        (None, "example", "2.0.0"),
    }
    assert len(set(verdicts["plan_digest"].to_pylist())) == 2


def test_a_baseline_says_it_of_each_entry_and_knows_both(tmp_path: Path) -> None:
    baseline = tmp_path / "known.jsonl"
    assert checked(tmp_path, "--write-baseline", str(baseline)).exit_code == 1
    head, *entries = map(json.loads, baseline.read_text().splitlines())
    assert (head["guideline"], head["guideline_version"]) == ("example", "1.0.0, 2.0.0")
    assert {one["guideline"] for one in entries} == {FIRST, SECOND}
    again = checked(tmp_path, "--baseline", str(baseline))
    assert again.exit_code == 0, again.output
    assert "2 accepted" in again.stdout


def test_what_two_versions_find_of_one_delivery_are_two_findings(tmp_path: Path) -> None:
    tasks = (task(1, guideline="1.0.0"), task(2, guideline="2.0.0"), task(3, "Mass", guideline="2.0.0"))
    document = json.loads(checked(tmp_path, "-f", "json", tasks=tasks).stdout)
    ids = [one["id"] for record in document["records"] for one in record["findings"]]
    assert len(ids) == len(set(ids)) == 2
    alone = run("check", str(tmp_path / "1.0.0.yaml"), str(tmp_path / "export.json"), "-f", "json", "--task", "1")
    assert alone.exit_code in {0, 1}


def test_what_was_expected_is_told_by_each(tmp_path: Path) -> None:
    wanted = tmp_path / "tasks.txt"
    wanted.write_text("1\n2\n3\n5\n")
    assert f"3 judged (2 by {FIRST}, 1 by {SECOND})" in checked(tmp_path, "--expect", str(wanted)).stdout


def test_what_is_in_several_guidelines_can_be_left_out_or_told_alone(tmp_path: Path) -> None:
    told = checked(tmp_path, "--ignore", "complete-delivery", "--class", "mass", "-f", "json")
    document = json.loads(told.stdout)
    assert {one["guideline"]["version"] for one in document["records"]} == {"1.0.0+adjusted", "2.0.0+adjusted"}
    unknown = checked(tmp_path, "--class", "masss")
    assert unknown.exit_code == 2
    assert "none of example 1.0.0, example 2.0.0 has a class `masss`. Did you mean `mass`?" in unknown.output


def test_one_guideline_given_twice_is_refused(tmp_path: Path) -> None:
    first = guideline(tmp_path, "1.0.0", "Lesion")
    told = run("check", first, "x.json", "--also", first)
    assert told.exit_code == 2
    assert "example 1.0.0 is given twice, and no task could say which is meant" in told.output


def test_standard_input_is_judged_by_several(tmp_path: Path) -> None:
    first, second = guideline(tmp_path, "1.0.0", "Lesion"), guideline(tmp_path, "2.0.0", "Mass")
    whole = checked(tmp_path, "-f", "concise").stdout
    arguments = ["check", first, "-", "--also", second, "-f", "concise"]
    told = CliRunner().invoke(build_app(arguments), arguments, input=(tmp_path / "export.json").read_bytes())
    assert told.stdout.replace("standard input", str(tmp_path / "export.json")) == whole


def test_a_table_of_facts_may_say_it_where_the_data_do_not(tmp_path: Path) -> None:
    tasks = tuple(
        {**one, "data": {"image": f"/data/{number}.png", **data}}
        for number, (one, data) in enumerate(zip(TASKS[:3], ({}, {}, {"guideline": "1.0.0"}), strict=True), start=1)
    )
    table = tmp_path / "images.csv"
    table.write_text("image,guideline\n1.png,example@1.0.0\n2.png,2.0.0\n3.png,2.0.0\n", encoding="utf-8")
    told = checked(tmp_path, "--facts", str(table), "-f", "json", tasks=tasks)
    records = json.loads(told.stdout)["records"]
    assert [(one.get("guideline", {}).get("version"), one.get("decision")) for one in records[:3]] == [
        ("1.0.0", "accepted"),
        ("2.0.0", "accepted"),
        (None, None),
    ]
    assert "it was annotated under example 2.0.0 and example 1.0.0, and what is given is" in records[2]["reason"]
