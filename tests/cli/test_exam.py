"""``guidelint exam``, and who may work once it was graded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.checking.exam.exam_made import annotation, exam_at, lesion, made, mark, right_of
from typer.testing import CliRunner

from guidelint.checking.exam.item import EXAM_KEY, ITEM_KEY, draw_in, exam_id
from guidelint.cli.app import build_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

pytestmark = pytest.mark.many
ANN, BOB = {"id": 7, "email": "ann@example.org"}, {"id": 8, "email": "bob@example.org"}


def run(*arguments: object) -> Result:
    """Run a command."""
    given = [str(one) for one in arguments]
    return CliRunner().invoke(build_app(given), given)


@pytest.fixture
def guideline(tmp_path: Path) -> Path:
    return made(tmp_path)


def exported(guideline: Path, change: Callable[[list[dict[str, Any]]], None] = lambda _: None) -> Path:
    """Write the export of an exam that ann passes and bob fails."""
    exam = exam_at(guideline)
    drawn, tasks = exam.drawn("seed"), list[dict[str, Any]]()
    for at, item in enumerate(drawn.items, 1):
        ann = annotation(at, *right_of(item), by=ANN, minutes=at)  # type: ignore[arg-type]
        bob = annotation(10 + at, *lesion(), by=BOB, minutes=at)  # type: ignore[arg-type]
        data = {"image": f"/data/upload/{at}.png", ITEM_KEY: item.id, EXAM_KEY: drawn.id}
        tasks.append({"id": at, "data": data, "annotations": [ann, bob]})
    change(tasks)
    path = guideline.parent / "exam.json"
    path.write_text(json.dumps(tasks))
    return path


def work(guideline: Path, *annotations: dict[str, Any]) -> Path:
    """Write work that was handed in."""
    data = {"image": "a.png", "PixelSpacing": [0.5, 0.5], "Modality": "CT", "Rows": 100, "Columns": 100}
    path = guideline.parent / "work.json"
    path.write_text(json.dumps([{"id": 1, "data": data, "annotations": annotations}]))
    return path


def test_items_are_listed_with_those_that_cannot_be_drawn(guideline: Path) -> None:
    told = run("exam", "items", guideline)
    assert told.exit_code == 0
    assert "lesions 1.2.0, reader: 4 items are drawn of 4\n  lesion: 3\n  mark: 1\n" in told.stdout
    assert "on-canvas is not taken: it has no picture that could be looked at, but a blank canvas" in told.stdout
    assert ": 5 lack" in run("exam", "items", made(guideline.parent, "{tasks: 9, min_share: 1}")).stdout


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_who_has_passed_may_work_and_others_may_not(guideline: Path, format_: str) -> None:
    graded = run("exam", "grade", guideline, exported(guideline), "-f", format_)
    assert graded.exit_code == 1  # bob has failed
    passed = guideline.parent / f"passed.{format_}"
    passed.write_text(graded.stdout)
    later: dict[str, Any] = {"minutes": 60}
    delivery = work(
        guideline,
        annotation(1, *lesion(), by=ANN, **later),  # type: ignore[arg-type]
        annotation(2, *lesion(), by=BOB, **later),  # type: ignore[arg-type]
        annotation(3, *lesion(), by=ANN, minutes=60 * 24 * 366),  # type: ignore[arg-type]
    )
    told = run("check", guideline, delivery, "--qualifications", passed)
    assert told.exit_code == 1
    assert "annotator 8 has not passed the exam of Reader for Lesion" in " ".join(told.stdout.split())
    assert "held until 2027-03-01 09:04; this was handed in at 2027-03-02 09:00" in " ".join(told.stdout.split())
    assert "1 accepted" in told.stdout + told.stderr
    assert "2 returned" in told.stdout + told.stderr


def test_where_nobody_tells_who_has_passed_nothing_is_accepted(guideline: Path) -> None:
    told = run("check", guideline, work(guideline, annotation(1, *lesion())))
    assert told.exit_code == 1
    assert "who has passed the exam of Reader is not known here" in " ".join(told.stdout.split())


def test_grades_are_told_with_reasons(guideline: Path) -> None:
    told = run("exam", "grade", guideline, exported(guideline)).stdout
    assert (
        "ann@example.org: passed, 4 of 4 items right in 4\N{NO-BREAK SPACE}min (lesions 1.2.0, reader, attempt 1)"
        in told
    )
    assert "may mark every class until 2027-03-01" in told
    assert "bob@example.org: failed, 2 of 4 items right" in told
    assert "it is accepted, and what is expected goes to somebody else" in told


def _twice(tasks: list[dict[str, Any]]) -> None:
    """Let ann do the mark wrong first, and right once more."""
    for task in tasks:
        first = json.loads(json.dumps(task["annotations"][0]))
        if first["result"][0]["type"] == "keypointlabels":
            first |= {"id": 99, "created_at": "2026-03-01T08:59:30Z", "updated_at": "2026-03-01T08:59:30Z"}
            first["result"] = mark(10, 10)
            task["annotations"].append(first)


def _changed_afterwards(tasks: list[dict[str, Any]]) -> None:
    tasks[0]["annotations"][0]["updated_at"] = "2026-03-02T09:00:00Z"


def _left_out(tasks: list[dict[str, Any]]) -> None:
    del tasks[0]


def _exchanged(tasks: list[dict[str, Any]]) -> None:
    tasks[0]["data"][ITEM_KEY] = "0123456789abcdef0123"


def _skipped(tasks: list[dict[str, Any]]) -> None:
    tasks[0]["annotations"][0] |= {"was_cancelled": True, "result": []}


def _without_times(tasks: list[dict[str, Any]]) -> None:
    for task in tasks:
        del task["annotations"][0]["created_at"]


def _unreadable(tasks: list[dict[str, Any]]) -> None:
    tasks[0]["annotations"][0]["result"] = 3


def _left_out_and_named_anew(tasks: list[dict[str, Any]]) -> None:
    """Leave out an item, and give the exam the name that it would have without it."""
    exam = tasks.pop(0)["data"][EXAM_KEY]
    items = [task["data"][ITEM_KEY] for task in tasks]
    for task in tasks:
        task["data"][EXAM_KEY] = exam_id("lesions 1.2.0", "reader", items, draw_in(exam))


def _beyond_all_time(tasks: list[dict[str, Any]]) -> None:
    for task in tasks:
        task["annotations"][0] |= {"created_at": "9999-12-30T00:00:00Z", "lead_time": 1e15}


def _by_nobody(tasks: list[dict[str, Any]]) -> None:
    for task in tasks:
        del task["annotations"][0]["completed_by"]


@pytest.mark.parametrize(
    ("change", "standing", "reason"),
    [
        (_left_out_and_named_anew, "unfinished", "1 of 4 items are not handed in"),
        (_beyond_all_time, "undecided", "it is not told when it was handed in"),
        (_twice, "failed", "was done more than once: the first counts"),
        (_changed_afterwards, "undecided", "it was changed after the exam was over"),
        (_left_out, "unfinished", "1 of 4 items are not handed in"),
        (_exchanged, "undecided", "its items are not those that were drawn"),
        (_skipped, "failed", "it was skipped"),
        (_without_times, "undecided", "it is not told when it was handed in"),
        (_unreadable, "unfinished", "1 of 4 items are not handed in"),
    ],
)
def test_an_export_that_is_not_as_it_was_makes_nobody_pass(
    tmp_path: Path, change: Callable[[list[dict[str, Any]]], None], standing: str, reason: str
) -> None:
    guideline = made(tmp_path, "{tasks: 4, min_share: 1}")
    told = run("exam", "grade", guideline, exported(guideline, change)).stdout
    of_ann = told.partition("ann@example.org: ")[2].partition("bob@example.org: ")[0]
    assert of_ann.startswith(standing)
    assert reason in of_ann


def test_who_is_not_told_has_not_passed(guideline: Path) -> None:
    told = run("exam", "grade", guideline, exported(guideline, _by_nobody)).stdout
    assert told.startswith("nobody that is told: undecided, 4 of 4 items right")


def test_an_example_that_was_changed_after_the_exam_is_not_graded(guideline: Path) -> None:
    export = exported(guideline)
    examples = guideline.parent / "lesions.examples" / "exam.yaml"
    examples.write_text(examples.read_text().replace("keypoint: [60, 60]", "keypoint: [10, 10]"))
    told = run("exam", "grade", guideline, export).stdout
    assert "no example of the guideline is this item: the example was changed or taken out since" in told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "holds no results of exams"),
        ('{"format": "other", "results": []}', "is of format 'other'"),
        ("a,b\n1,2\n", "neither JSON nor a table with the columns guideline, version"),
        ("guideline,version,annotator,passed_at\nlesions,1.2.0,7,yesterday\n", "Invalid RFC3339"),
        ("guideline,version,annotator,passed_at\nlesions,1.2.0,7,2026-01-01T10:00:00\n", "have no time zone"),
    ],
)
def test_a_damaged_file_of_results_is_refused(guideline: Path, text: str, reason: str) -> None:
    passed = guideline.parent / "passed"
    passed.write_text(text)
    told = run("check", guideline, work(guideline, annotation(1, *lesion())), "--qualifications", passed)
    assert told.exit_code == 2
    assert reason in " ".join(told.stderr.split())


def test_earlier_exams_count_as_attempts(tmp_path: Path) -> None:
    guideline = made(tmp_path, "{tasks: 3, min_share: 1, attempts: 1}")
    first = tmp_path / "first.json"
    exam = exam_at(guideline)
    for name in ("first", "second"):
        drawn = exam.drawn(name)
        tasks = [
            {
                "id": at,
                "data": {ITEM_KEY: item.id, EXAM_KEY: drawn.id},
                "annotations": [annotation(at, *right_of(item))],
            }
            for at, item in enumerate(drawn.items, 1)
        ]
        (tmp_path / f"{name}-export.json").write_text(json.dumps(tasks))
    first.write_text(run("exam", "grade", guideline, tmp_path / "first-export.json", "-f", "json").stdout)
    told = run("exam", "grade", guideline, tmp_path / "second-export.json", "--earlier", first).stdout
    assert "it is attempt 2, where 1 may be made" in told
    again = run("exam", "grade", guideline, tmp_path / "first-export.json", "--earlier", first).stdout
    assert "passed" in again  # the same exam graded once more is no further attempt


def test_a_guideline_without_an_exam_says_so() -> None:
    told = run("exam", "items", "blood-cells")
    assert told.exit_code == 2
    assert "asks for no exam" in told.stderr


def test_nothing_of_an_item_stands_where_annotators_read(guideline: Path) -> None:
    names = ("plain-lesion", "blurred-lesion", "lesion-too-small", "the-mark", "picture1", "too-small.png")
    out = guideline.parent / "out"
    assert run("compile", guideline, "-o", out).exit_code == 0
    texts = {path.name: path.read_text() for path in out.rglob("*") if path.is_file()}
    texts |= {form: run("handbook", guideline, "-f", form).stdout for form in ("html", "markdown")}
    assert len(texts) > 5
    assert all(len(text) > 100 for text in texts.values())
    assert [(where, name) for where, text in texts.items() for name in names if name in text] == []


def test_examples_are_judged_whoever_made_them(guideline: Path) -> None:
    assert "7 examples of 1 guideline: nothing to tell." in run("test", guideline).output
