"""Tables of verdicts and findings: the same as the JSON lines of the run, in batches, whole or not there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from tests.cli.delivery_file import GUIDELINE, TASKS, Json, region, run, task

from guidelint.checking.counting.totals import Totals
from guidelint.checking.plain.verdict import Unreadable, Verdict
from guidelint.checking.tables.batches import HEAD, STATISTICS, Batches, schemas
from guidelint.checking.tables.columns import FINDINGS, VERDICTS
from guidelint.checking.tables.nested import text
from guidelint.checking.tables.parquet import NAMES, parquet_tables
from guidelint.checking.tables.pieces import Collecting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(TASKS), encoding="utf-8")
    return path


def lines(*arguments: str) -> list[Json]:
    """Give the JSON lines of a run; of escalations what their routes say, as a cell holds it."""
    found = [json.loads(line) for line in run("check", *arguments, "--format", "jsonl").stdout.splitlines()]
    for line in found:
        if "escalations" in line:
            line["escalations"] = [{**one, "message": one["message"] or None} for one in line["escalations"]]
    return found


def rows(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(file).to_pylist()
    return found


def known(values: Mapping[str, object]) -> Json:
    """Leave out what is not known, as JSON lines do."""
    return {name: value for name, value in values.items() if value is not None}


def verdict_line(row: Mapping[str, Any], findings: list[Json]) -> Json:
    """Make of the rows of a verdict the line that JSON has for it."""
    if row["decision"] == "unreadable":
        names = ("file", "record", "task", "annotation_number", "reason", "link")
        offset = {"offset": row["offset_bytes"]} if row["offset_bytes"] is not None else {}
        return {"type": "unreadable", **known({name: row[name] for name in names}), **offset}
    named = ("file", "record", "annotation_number", "image", "annotator", "annotator_name", "link")
    subject = {"kind": row["subject"], **{name: row[name] for name in ("series", "task", "annotation")}}
    return {
        "type": "verdict",
        **known({name: row[name] for name in named}),
        "guideline": {"name": row["guideline"], "version": row["guideline_version"]},
        "plan_digest": row["plan_digest"],
        "subject": known({**subject, "name": row["subject_name"]}),
        **known({name: row[name] for name in ("decision", "decision_but_for_known")}),
        "findings": findings,
        "escalations": row["escalations"],
    }


def finding_line(row: Mapping[str, Any], *, compared: bool) -> Json:
    """Make of a row the finding that JSON has."""
    names = ("id", "rule", "kind", "outcome", "level", "message", "do", "clause", "clause_path", "escalates_to")
    point = {"x": row["place_x_px"], "y": row["place_y_px"]}
    told = {"regions_not_listed": row["regions_not_listed"]} if row["regions_not_listed"] else {}
    regions = [{**known(one), "class": one["class"]} for one in row["regions"]]
    made: Json = {
        **{name: row[name] for name in names},
        "regions": regions,
        **told,
        **{name: row[name] for name in ("measured", "limit")},
        **{name: row[name] or "" for name in ("do", "unit")},
        **derived(row),
        "evidence": json.loads(row["evidence"]),
        "place": None if point["x"] is None else point,
    }
    if compared:
        made["known"] = row["known"]
        if row["known"]:
            was = {name: row[f"was_{name}"] for name in ("measured", "limit")}
            made |= {"new_because": row["new_because"], "was": {**was, "unit": row["was_unit"] or ""}}
    return made


def derived(row: Mapping[str, Any]) -> Json:
    """Make of a row the answer that follows, as JSON has it."""
    if row["derived_question"] is None:
        return {}
    number = row["measured"] is not None
    value = float(row["derived_value"]) if number else row["derived_value"]
    told: Json = {"question": row["derived_question"], "value": value}
    of = {
        "unit": row["unit"] if number else None,
        "image": row["derived_image"],
        "time_point": row["derived_time_point"],
    }
    return {"derived": {**told, **known(of)}}


def as_lines(folder: Path, *, compared: bool = False) -> list[Json]:
    """Make of both tables the lines that JSON has, head and totals too."""
    verdicts, findings = (rows(folder / name) for name in NAMES)
    of: dict[int, list[Json]] = {}
    for row in findings:
        of.setdefault(row["verdict"], []).append(finding_line(row, compared=compared))
    metadata = pq.read_metadata(folder / NAMES[0]).metadata
    head, statistics = json.loads(metadata[HEAD]), json.loads(metadata[STATISTICS])
    told = [verdict_line(row, of.get(row["verdict"], [])) for row in verdicts]
    return [{"type": "run", **head}, *told, {"type": "statistics", **statistics}]


@pytest.mark.parametrize("more", [(), ("--quiet",), ("--server", "http://localhost:8080"), ("--max-findings", "3")])
def test_the_rows_are_the_json_lines_of_the_same_run(export: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    done = run("check", GUIDELINE, str(export), "--format", "parquet", "--output", str(tmp_path / "tables"), *more)
    assert done.exit_code == 1
    expected = lines(GUIDELINE, str(export), *more)
    assert len(expected) > 5
    assert as_lines(tmp_path / "tables") == expected


def test_what_is_known_stands_in_the_rows(export: Path, tmp_path: Path) -> None:
    baseline = str(tmp_path / "known.jsonl")
    run("check", GUIDELINE, str(export), "--write-baseline", baseline)
    run("check", GUIDELINE, str(export), "--baseline", baseline, "-f", "parquet", "-o", str(tmp_path / "tables"))
    made = as_lines(tmp_path / "tables", compared=True)
    assert made == lines(GUIDELINE, str(export), "--baseline", baseline)
    assert "baseline" in {row["known"] for row in rows(tmp_path / "tables" / NAMES[1])}


def test_no_screen_and_no_single_file_takes_tables(export: Path, tmp_path: Path) -> None:
    for output in ((), ("--output", "-")):
        done = run("check", GUIDELINE, str(export), "--format", "parquet", *output)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "parquet is for no screen: two tables are written" in done.stderr
        assert "Name a folder: --output tables" in done.stderr
    for file in (export, tmp_path / "found.parquet"):
        done = run("check", GUIDELINE, str(export), "--format", "parquet", "--output", str(file))
        assert done.exit_code == 2
        assert f"{file} is no folder" in done.stderr
    assert json.loads(export.read_text()) == list(TASKS)


def test_a_run_that_does_not_come_to_its_end_leaves_no_table(tmp_path: Path) -> None:
    def interrupted() -> None:
        with parquet_tables(tmp_path, {}) as tables:
            tables.add(Unreadable("a.json", "it is empty"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []
    with parquet_tables(tmp_path, {}) as tables:
        tables.end({})
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_delivery_without_findings_still_declares_its_columns(tmp_path: Path) -> None:
    with parquet_tables(tmp_path, {}) as tables:
        tables.end(Totals().as_json())
    names = [pq.read_schema(tmp_path / name).names for name in NAMES]
    assert names == [["verdict", *(one.name for one in VERDICTS)], ["verdict", *(one.name for one in FINDINGS)]]


def test_batches_are_given_as_they_fill() -> None:
    batches = Batches(schemas({}), full=3)
    given = [batch for number in range(7) for batch in batches.add(Unreadable("a.json", "it is empty", number))]
    assert [batch.verdicts.num_rows for batch in given] == [3, 3]
    assert batches.taken().verdicts.column("verdict").to_pylist() == [7]


def test_text_that_no_table_holds_is_spelled_out() -> None:
    batches = Batches(schemas({}))
    assert list(batches.add(Verdict("submission", "1\ud800", "", "", "", "accepted", ()))) == []
    (row,) = batches.taken().verdicts.to_pylist()
    assert (row["task"], row["annotation"], row["subject"]) == ("1\\ud800", None, "submission")
    assert text("") is None


def test_every_column_says_what_stands_there() -> None:
    for schema in schemas({}):
        assert all(schema.field(name).metadata[b"description"] for name in schema.names)
    assert len({one.name for one in VERDICTS} & {one.name for one in FINDINGS}) == 0, "so that a join renames nothing"


def test_tables_in_python_are_those_of_the_files(tmp_path: Path) -> None:
    from guidelint.api import load  # noqa: PLC0415

    guideline = load(GUIDELINE)
    tasks = [task(1, region()), task(2, region(closed=False)), task(3, 7)]
    files = guideline.check(tasks).to_parquet(tmp_path / "tables")
    arrow, frames = guideline.check(tasks).to_arrow(), guideline.check(tasks).to_pandas()
    for file, table, frame in zip(files, arrow, frames, strict=True):
        assert pq.read_table(file).to_pylist() == table.to_pylist()
        assert list(frame.columns) == table.schema.names
        assert len(frame) == table.num_rows > 0
    assert list(frames.verdicts.decision) == ["accepted", "returned", "unreadable"]


def test_a_piece_holds_what_came_since_the_one_before() -> None:
    collecting = Collecting(schemas({}))
    collecting.add(Unreadable("a.json", "it is empty"))
    first = collecting.taken()
    collecting.add(Unreadable("b.json", "it is empty"))
    second = collecting.taken()
    assert first.weights == second.weights == (1,)
    assert [piece.rows.verdicts.column("verdict").to_pylist() for piece in (first, second)] == [[1], [1]]
    assert second.rows.verdicts.column("file").to_pylist() == ["b.json"]
