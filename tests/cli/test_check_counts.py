"""What was not judged never looks accepted: it is counted, and named for what it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, Json, region, run, task

from guidelint.cli.render.format import IN_TEXT, SHOWS_TOTALS, Format

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

OUTSIDE = region([[90.0, 10.0], [140.0, 10.0], [140.0, 20.0]])
BARE: Json = {"id": 1, "data": {"image": "a.png"}}
DRAFTED: Json = {**BARE, "id": 3, "annotations": [], "drafts": [{"id": 9, "result": OUTSIDE}]}
PREDICTED: Json = {**BARE, "id": 2, "predictions": [{"id": 1, "result": OUTSIDE}]}


def check(folder: Path, *tasks: object, more: tuple[str, ...] = ("--format", "concise")) -> Result:
    """Check an export of these records."""
    path = folder / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return run("check", GUIDELINE, str(path), *more)


def counted(folder: Path, *tasks: object) -> Json:
    """Totals of a check of these records."""
    document: Json = json.loads(check(folder, *tasks, more=("--format", "json")).stdout)
    totals = document["statistics"]
    assert isinstance(totals, dict)
    return totals


@pytest.mark.parametrize(
    ("record", "said"),
    [
        pytest.param(
            {**BARE, "completions": [{"id": 1, "result": OUTSIDE}]},
            "an export of Label Studio before 1.0, with its results under `completions`",
            id="completions",
        ),
        pytest.param(
            {**BARE, "result": OUTSIDE}, "a task with its results under `result` instead of `annotations`", id="result"
        ),
        pytest.param(
            {**BARE, "annotation": [{"id": 1, "result": OUTSIDE}]},
            "a task with its results under `annotation` instead of `annotations`",
            id="annotation",
        ),
        pytest.param(
            {**BARE, "annotations": [], "completions": [{"id": 1, "result": OUTSIDE}]},
            "an export of Label Studio before 1.0",
            id="completions beside an empty list of annotations",
        ),
        pytest.param({"id": 1, "annotation_id": 2, "annotator": 3, "label": []}, "a JSON-MIN export", id="JSON-MIN"),
        pytest.param({"id": 1, "result": OUTSIDE}, "a list of annotations without their tasks", id="annotation alone"),
        pytest.param(
            {**BARE, "total_annotations": 2},
            "a task without its annotations, of which Label Studio counts 2",
            id="annotations left out",
        ),
        pytest.param(
            {"id": 1, "image_id": 4, "bbox": [1, 2, 3, 4]}, "a part of a COCO file, its annotations", id="COCO"
        ),
        pytest.param({"label": 1}, "JSON with the key `label`, but no `data`", id="something else"),
    ],
)
def test_a_record_of_another_form_after_the_first_is_unreadable_and_says_what_it_is(
    record: Json, said: str, tmp_path: Path
) -> None:
    result = check(tmp_path, task(1, region()), record, task(3, region()))
    assert result.exit_code == 1
    assert f"record 2 (byte {len(json.dumps(task(1, region()))) + 3})" in result.stdout
    assert f"unreadable: it is of another form: {said}" in result.stdout
    assert "2 accepted" in result.stdout
    assert "Unreadable    1" in result.stdout


def test_results_of_another_form_beside_annotations_are_said(tmp_path: Path) -> None:
    record = {**task(1, region()), "completions": [{"id": 1, "result": OUTSIDE}]}
    result = check(tmp_path, record)
    assert result.exit_code == 1
    assert "besides its annotations it is an export of Label Studio before 1.0" in result.stdout
    assert "1 accepted" in result.stdout


def test_a_first_record_of_another_form_costs_no_task_after_it(tmp_path: Path) -> None:
    result = check(tmp_path, {**BARE, "result": OUTSIDE}, task(2, region(closed=False)))
    assert result.exit_code == 1
    assert "record 1 (byte 1): unreadable: it is of another form" in result.stdout
    assert "closed-outline" in result.stdout


def test_every_state_of_a_task_is_counted(tmp_path: Path) -> None:
    found = counted(tmp_path, BARE, PREDICTED, DRAFTED, task(4, region()), task(5, [], cancelled=True), task(6, 7), 5)
    assert found["tasks"] == {
        "total": 6,
        "annotated": 2,
        "skipped": 1,
        "unannotated": 3,
        "drafts_only": 1,
        "predictions_only": 1,
        "left_out": 0,
        "annotations_left_out": 0,
    }
    assert found["unreadable"] == 2


def test_the_summary_tells_what_is_not_annotated(tmp_path: Path) -> None:
    result = check(tmp_path, BARE, PREDICTED, DRAFTED, task(4, region()))
    assert (
        "Tasks         1 annotated · 3 not annotated (1 with a draft only, 1 with a prediction only)" in result.stdout
    )
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("tasks", "reason"),
    [
        pytest.param((), "the export holds no task", id="no task"),
        pytest.param((BARE, PREDICTED, DRAFTED), "no annotation was handed in", id="nobody has annotated"),
        pytest.param((task(1, [], cancelled=True),), "all annotations were skipped", id="skipped"),
    ],
)
def test_a_run_that_judged_nothing_is_no_acceptance(tasks: tuple[Json, ...], reason: str, tmp_path: Path) -> None:
    said = f"Nothing was judged: {reason}. That is no acceptance; --allow-empty lets it pass"
    result = check(tmp_path, *tasks)
    assert (result.exit_code, said in result.stdout) == (1, True)
    quiet = check(tmp_path, *tasks, more=("--quiet",))
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (1, "", f"guidelint: {said}\n")
    allowed = check(tmp_path, *tasks, more=("--allow-empty",))
    assert (allowed.exit_code, "Nothing was judged" in allowed.stdout) == (0, False)


@pytest.mark.parametrize("name", IN_TEXT)
@pytest.mark.parametrize("more", [(), ("--quiet",)], ids=["", "quiet"])
def test_every_format_says_that_nothing_was_judged(name: Format, more: tuple[str, ...], tmp_path: Path) -> None:
    result = check(tmp_path, BARE, more=("--format", name, *more))
    said = "Nothing was judged: no annotation was handed in"
    people_read_it = name in SHOWS_TOTALS
    assert said in (result.stderr if people_read_it and more else result.stdout)


def test_what_could_not_be_read_is_not_allowed_as_empty(tmp_path: Path) -> None:
    result = check(tmp_path, task(1, 7), more=("--allow-empty",))
    assert result.exit_code == 1


ANNOTATION = {"completed_by": 7, "result": OUTSIDE}
NAMELESS: tuple[Json, ...] = (
    {"data": {"image": "a.png", "PixelSpacing": [1.0, 1.0]}, "annotations": [ANNOTATION, ANNOTATION]},
    {"data": {"image": "b.png", "PixelSpacing": [1.0, 1.0]}, "annotations": [ANNOTATION]},
)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (Format.FULL, "Record 2 (b.png) · "),
        (Format.FULL, "Annotation 2 of its list by annotator 7: returned"),
        (Format.CONCISE, "record 2 (b.png), annotation 1 of its list, annotator 7: error inside-image"),
        (Format.JSON, '"image": "b.png"'),
        (Format.JSON, '"record": 2, '),
        (Format.JSONL, '"image": "b.png"'),
        (Format.JSONL, '"record": 2, '),
        (Format.SARIF, '"fullyQualifiedName": "record 2/1 of its list/r-L1"'),
        (Format.JUNIT, 'classname="record 2 (b.png)" name="annotation 1 of its list by annotator 7"'),
        (Format.GITHUB, "::record 2 (b.png), annotation 1 of its list, annotator 7: Region 1 Lesion"),
        (Format.CSV, "record 2,b.png,1 of its list,1,7,returned"),
    ],
)
def test_tasks_and_annotations_without_ids_are_named_by_their_place(name: Format, said: str, tmp_path: Path) -> None:
    assert said in check(tmp_path, *NAMELESS, more=("--format", name)).stdout


def test_findings_of_tasks_without_ids_are_told_apart(tmp_path: Path) -> None:
    document = json.loads(check(tmp_path, *NAMELESS, more=("--format", "json")).stdout)
    found = [finding["id"] for record in document["records"] for finding in record["findings"]]
    assert len(found) >= 3
    assert len(set(found)) == len(found)


def test_records_without_ids_of_two_files_are_not_taken_for_one(tmp_path: Path) -> None:
    paths: list[str] = []
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(NAMELESS))
        paths.append(str(tmp_path / name))
    document = json.loads(run("check", GUIDELINE, *paths, "-f", "json").stdout)
    tasks = {record["subject"]["task"] for record in document["records"]}
    assert len(tasks) == 4


@pytest.mark.parametrize("name", [name for name in IN_TEXT if name != Format.TABLE])
@pytest.mark.parametrize(
    "record",
    [
        pytest.param(task(2, None), id="annotation without a list of items"),
        pytest.param({"id": 2, "data": "a.png", "annotations": []}, id="task without data"),
        pytest.param("no object", id="something else"),
    ],
)
def test_whatever_could_not_be_read_says_what_to_do(name: Format, record: object, tmp_path: Path) -> None:
    result = check(tmp_path, task(1, region()), record, more=("--format", name))
    assert (result.exit_code, result.stdout.count("Export it again and change nothing in it")) == (1, 1)


def test_an_annotation_that_stands_again_is_told(tmp_path: Path) -> None:
    twice = task(1, region(), data={"image": "a.png?X-Amz-Signature=1"})
    again = task(1, region(), data={"image": "a.png?X-Amz-Signature=2"})
    other = task(1, region(), data={"image": "b.png"})
    said = "Repeated      1, each counted again: the same ids and image stand before: task 1, annotation 11"
    assert said in check(tmp_path, twice, again, other).stdout
    assert counted(tmp_path, twice, again, other)["repeated"] == {
        "total": 1,
        "first": ["task 1, annotation 11"],
        "not_compared": 0,
    }
    assert "Repeated" not in check(tmp_path, twice, other, *NAMELESS, *NAMELESS).stdout


def test_an_annotation_that_stands_again_in_another_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(json.dumps([task(1, region(closed=False))]))
    result = check(tmp_path, task(1, region()), more=(str(tmp_path / "other.json"), "--format", "concise"))
    assert "Repeated      1, each counted again" in result.stdout


def test_annotations_are_compared_until_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.checking.counting.oddities.MOST_COMPARED", 1)
    result = check(tmp_path, task(1, region()), task(2, region()), task(1, region()))
    assert "Repeated      1, each counted again" in result.stdout
    assert "1 more were not compared with those before" in result.stdout


@pytest.mark.parametrize("annotations", [[], [{"id": 11, "result": region()}]], ids=["none", "one"])
def test_annotations_that_label_studio_counts_and_nobody_delivered_are_told(
    annotations: list[Json], tmp_path: Path
) -> None:
    short = {**task(1), "annotations": annotations, "total_annotations": 3}
    missing = 3 - len(annotations)
    said = f"Not delivered {missing} of the annotations that Label Studio counts on these tasks: task 1"
    result = check(tmp_path, short, task(2, region()))
    assert (result.exit_code, said in result.stdout) == (0, True)
    assert counted(tmp_path, short)["not_delivered"] == {"total": missing, "first": ["task 1"]}
    (tmp_path / "all.txt").write_text("2\n")
    complete = check(
        tmp_path, short, task(2, region()), more=("--expect", str(tmp_path / "all.txt"), "--complete", "-f", "concise")
    )
    assert complete.exit_code == 1
    assert f"not complete: {missing} of the annotations that Label Studio counts are not in it" in complete.stdout
