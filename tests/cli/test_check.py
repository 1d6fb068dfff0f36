from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.delivery_file import GUIDELINE, Json, region, run, task, write_export
from tests.examples import examples

from guidelint.rules.shape.closed_outline import ClosedOutline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer.testing import Result

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.reply import Departure

LINE = {"points": [[10.0, 10.0], [20.0, 20.0]]}


def check(folder: Path, *tasks: Json, more: tuple[str, ...] = ()) -> Result:
    """Check an export of these tasks."""
    path = folder / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return run("check", GUIDELINE, str(path), "--format", "concise", *more)


@pytest.mark.parametrize(
    ("tasks", "status"),
    [
        pytest.param([task(1, region(), [])], 0, id="accepted"),
        pytest.param([task(1, region()), task(2, [], cancelled=True)], 0, id="accepted and skipped"),
        pytest.param([task(1, [], cancelled=True)], 1, id="nothing but skipped"),
        pytest.param([task(1, region([[10, 10], [20, 10], [20, 10], [20, 20]]))], 0, id="accepted with a note"),
        pytest.param([task(1, region(closed=False))], 1, id="returned"),
        pytest.param([task(1, region(rating=3))], 1, id="escalated"),
        pytest.param([task(1, region(), data={"PixelSpacing": "?"})], 1, id="unverified"),
        pytest.param([task(1, 7)], 1, id="an annotation that cannot be read"),
        pytest.param([{"id": 1, "data": 5, "annotations": []}], 1, id="task data that cannot be read"),
        pytest.param([task(1, region()), {"id": {}}], 1, id="a record that cannot be read"),
        pytest.param([{"data": {}}], 1, id="nobody has annotated yet"),
        pytest.param([], 1, id="no task at all"),
    ],
)
def test_exit_status(tasks: list[Json], status: int, tmp_path: Path) -> None:
    assert check(tmp_path, *tasks).exit_code == status


def test_a_rule_that_fails_is_told_in_a_line_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: ClosedOutline, region: Region) -> Iterator[Departure]:
        raise ZeroDivisionError(self, region)

    monkeypatch.setattr(ClosedOutline, "check", failing)
    result = check(tmp_path, task(1, region()), task(2, region(label="unheard of")))
    assert result.exit_code == 1
    assert "Rules failed  closed-outline: a fault of guidelint, not of the annotations" in result.stdout
    assert "1 unverified · 1 returned" in result.stdout


def test_a_gzipped_export_is_checked_alike(tmp_path: Path) -> None:
    path = write_export(tmp_path)
    zipped = tmp_path / "zipped" / "export.json"
    zipped.parent.mkdir()
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    plain, packed = (run("check", GUIDELINE, str(file), "-f", "jsonl").stdout for file in (path, zipped))
    assert packed.replace("zipped/", "") == plain


def test_a_file_of_another_kind_is_a_usage_problem_and_the_others_are_judged(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps([task(1, region(closed=False))]))
    bad.write_text('{"images": [], "categories": []}')
    result = run("check", GUIDELINE, str(bad), str(good), str(tmp_path / "none.json"))
    assert result.exit_code == 2
    assert "it begins like a COCO file, and is none: annotations is missing" in result.stdout
    assert "it cannot be read: No such file or directory" in result.stdout
    assert "closed-outline" in result.stdout


@pytest.mark.parametrize(
    ("guideline", "said"),
    [
        ("lesion", "there is no guideline `lesion`"),
        ("none.yaml", "none.yaml cannot be read: no such file or directory"),
        ("none.json", "none.json cannot be read: no such file or directory"),
        ("lung-nodule-ct@9.9.9", "there is no version 9.9.9"),
    ],
)
def test_a_guideline_that_is_not_there_is_a_usage_problem(guideline: str, said: str, tmp_path: Path) -> None:
    result = run("check", guideline, str(write_export(tmp_path)))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_guideline_with_problems_is_shown_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("guidelint: 1\nguidline: x\n")
    result = run("check", str(path), str(write_export(tmp_path)))
    assert result.exit_code == 2
    assert "wrong.yaml:2:1: unknown-key" in result.stderr


def test_a_compiled_plan_judges_like_its_guideline(tmp_path: Path) -> None:
    export = str(write_export(tmp_path))
    assert run("compile", GUIDELINE, "--output", str(tmp_path)).exit_code == 0
    plan = tmp_path / "lesions" / "2.1.0" / "plan.json"
    assert run("check", str(plan), export, "-f", "json").stdout == run("check", GUIDELINE, export, "-f", "json").stdout


def test_a_plan_changed_by_hand_is_refused(tmp_path: Path) -> None:
    run("compile", GUIDELINE, "--output", str(tmp_path))
    plan = tmp_path / "lesions" / "2.1.0" / "plan.json"
    plan.write_text(plan.read_text().replace('"max_gap_mm": 1.0', '"max_gap_mm": 9.0'))
    result = run("check", str(plan), str(write_export(tmp_path)))
    assert result.exit_code == 2
    assert "the plan was changed after it was compiled" in result.stderr


def test_output_goes_to_a_file_and_the_totals_to_people(tmp_path: Path) -> None:
    out = tmp_path / "findings.sarif"
    result = run("check", GUIDELINE, str(write_export(tmp_path)), "-f", "sarif", "-o", str(out))
    assert result.exit_code == 1
    assert json.loads(out.read_text("utf-8"))["version"] == "2.1.0"
    assert result.stdout == ""
    assert result.stderr.startswith("lesions 2.1.0 · 10 annotations and 1 series\n")


def test_an_output_that_cannot_be_written_is_a_usage_problem(tmp_path: Path) -> None:
    result = run("check", GUIDELINE, str(write_export(tmp_path)), "-o", str(tmp_path / "no" / "folder"))
    assert result.exit_code == 2
    assert "cannot be written: no such file or directory" in result.stderr


def test_quiet_says_nothing_of_what_is_accepted(tmp_path: Path) -> None:
    repeated = region([[10, 10], [20, 10], [20, 10], [20, 20]])
    assert check(tmp_path, task(1, repeated), more=("--quiet",)).output == ""


def test_a_task_over_the_limit_is_left_out_and_said(tmp_path: Path) -> None:
    large = task(1, region(), data={"note": "x" * 2**21})
    result = check(tmp_path, large, task(2, region()), more=("--max-task-mib", "1"))
    assert result.exit_code == 1
    assert "larger than 1 MiB, the most that is read of one task" in result.stdout
    assert "1 accepted" in result.stdout


def test_an_object_is_joined_over_files(tmp_path: Path) -> None:
    series: Json = {"SeriesInstanceUID": "1.2", "Rows": 100, "Columns": 100}
    files: list[str] = []
    for number, right in ((1, 20), (2, 60)):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps([task(number, region([[10, 10], [right, 10], [right, 20]]), data=series)]))
        files.append(str(path))
    result = run("check", GUIDELINE, *files, "-f", "concise")
    assert "series 1.2, annotator 101: escalates diameter-limits: Object L1: Region 1 Lesion of task 2" in result.stdout


def test_colour_stays_on_terminals(tmp_path: Path) -> None:
    assert "\x1b[" not in run("check", GUIDELINE, str(write_export(tmp_path))).output


def test_a_reader_that_leaves_early_is_no_accident(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task(number, region(closed=False)) for number in range(1000)]))
    command = [sys.executable, "-m", "guidelint.cli", "check", GUIDELINE, str(path), "-f", "concise"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
RESULT = st.lists(st.sampled_from(region()) | JSON, max_size=4) | JSON
ANNOTATION = st.fixed_dictionaries({"result": RESULT}, optional={"id": JSON, "completed_by": JSON}) | JSON
RECORD = st.fixed_dictionaries(
    {"annotations": st.lists(ANNOTATION, max_size=2) | JSON, "data": st.just({"PixelSpacing": [1, 1]}) | JSON},
    optional={"id": JSON},
)


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RECORD | JSON, min_size=1, max_size=3))
def test_no_record_stops_the_run(tmp_path: Path, records: list[object]) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task(1, region(closed=False)), *records, task(2, region(closed=False))]))
    result = run("check", GUIDELINE, str(path), "-f", "jsonl")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    returned = {line["subject"].get("task") for line in lines if line.get("decision") == "returned"}
    assert {"1", "2"} <= returned
