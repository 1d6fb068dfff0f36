"""Findings on many: every format names all of them, in the order in which people count, and people by their names."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, cast

import pytest
from tests.cli.delivery_file import Json, region, run, task
from tests.cli.test_check_readers import WIDER

from guidelint.checking.kept.kept import Kept
from guidelint.cli.render.format import Format
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RULES = """\
delivery:
  rules:
    complete-delivery: {}
    identical-shapes: {min_tasks: 5}
    double-work: {}
readers:
  rules:
    overlap-agreement: {min_dice: 0.8}
"""
ANN, BOB = {"id": 101, "first_name": "Ann", "last_name": "Lee", "email": "a@b.org"}, {"id": 102, "email": "bob@b.org"}


def checked(folder: Path, tasks: Sequence[Json], *options: str) -> str:
    """What `check` tells of these tasks."""
    guideline, export = folder / "guideline.yaml", folder / "export.json"
    guideline.write_text(with_part(RULES), encoding="utf-8")
    export.write_text(json.dumps(tasks), encoding="utf-8")
    return run("check", str(guideline), str(export), *options).stdout


def rows(folder: Path, tasks: Sequence[Json], rule: str) -> list[dict[str, str]]:
    text = checked(folder, tasks, "-f", "csv", "-q")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["rule"] == rule]


def verdicts(folder: Path, tasks: Sequence[Json], kind: str) -> list[Json]:
    lines = (json.loads(line) for line in checked(folder, tasks, "-f", "jsonl").splitlines())
    return [one for one in lines if one["type"] == "verdict" and one["subject"]["kind"] == kind]


def named(*numbers: int) -> list[Json]:
    """Make tasks that nobody annotated."""
    return [task(number, data={"image": f"{number}.png"}) for number in numbers]


ALL_OF_THEM = {
    Format.FULL: "All of them: tasks 2, 4 to 12",
    Format.CONCISE: "(all of them: tasks 2, 4 to 12)",
    Format.CSV: '"Task 2, Task 4, Task 5, Task 6, Task 7, Task 8, Task 9, Task 10, Task 11, Task 12"',
    Format.JSON: '{"id": "", "number": 0, "class": null, "title": "Task 12", "task": "12"}',
    Format.JSONL: '{"id": "", "number": 0, "class": null, "title": "Task 12", "task": "12"}',
    Format.SARIF: '"fullyQualifiedName": "12"',
    Format.GITHUB: "(all of them: tasks 2, 4 to 12)",
    Format.JUNIT: "(all of them: tasks 2, 4 to 12)",
}


@pytest.mark.parametrize(("name", "said"), ALL_OF_THEM.items())
def test_every_format_names_all_tasks_of_a_finding(name: Format, said: str, tmp_path: Path) -> None:
    tasks = [task(1, []), *named(12, 11, 2, *range(4, 11))]
    assert said in checked(tmp_path, tasks, "-f", name.value)


def test_what_is_too_much_to_list_is_counted(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, named(*range(1, 1501)), "complete-delivery")
    assert row["regions"].startswith("Task 1, Task 2, ")
    assert row["regions"].endswith("Task 1000 and 500 more")
    (verdict,) = verdicts(tmp_path, named(*range(1, 1501)), "delivery")
    (finding,) = cast("list[Json]", verdict["findings"])
    assert (len(cast("list[Json]", finding["regions"])), finding["regions_not_listed"]) == (1000, 500)
    text = checked(tmp_path, named(*range(1, 1501)), "-f", "concise")
    assert "1, 2, 3, 4, 5, 6 and 1494 more (all of them: tasks 1 to 1000 and 500 more)" in text


def test_a_cell_holds_no_more_than_a_spreadsheet_takes(tmp_path: Path) -> None:
    tasks: list[Json] = [{**one, "id": f"{one['id']}-{'x' * 100}"} for one in named(*range(1, 801))]
    (row,) = rows(tmp_path, tasks, "complete-delivery")
    assert 31_000 < len(row["regions"]) < 32_767
    assert row["regions"].rpartition(" and ")[2] == f"{800 - row['regions'].count('Task')} more"


@pytest.mark.parametrize("few", [0, 20_000])
def test_subjects_stand_as_people_count_in_memory_and_in_a_file(
    few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Kept.__init__, "__defaults__", (few,))
    tasks: list[Json] = [{**task(1, []), "id": name} for name in (10, "b-10", 2, "b-9", 1)]
    found = [verdict["subject"]["task"] for verdict in verdicts(tmp_path, tasks, "task")]  # type: ignore[index]
    assert found == ["1", "2", "10", "b-9", "b-10"]


def by(*who: object) -> list[Json]:
    """Make a task whose readers disagree, by these."""
    made = task(1, region(), region(WIDER))
    for annotation, one in zip(made["annotations"], who, strict=True):  # type: ignore[call-overload]
        annotation["completed_by"] = one
    return [made]


def test_readers_are_called_by_name_or_address_and_else_by_number(tmp_path: Path) -> None:
    between = "between annotation 11 by {} and annotation 12 by {}; at least 0.8"
    assert between.format("Ann Lee", "bob@b.org") in checked(tmp_path, by(ANN, BOB), "-f", "concise")
    assert between.format("annotator 101", "bob@b.org") in checked(tmp_path, by(101, BOB), "-f", "concise")
    text = checked(tmp_path, by(ANN, BOB))
    assert "Ann Lee (101)" in text, "in the table by annotator"


def test_a_name_changes_no_id_of_a_finding(tmp_path: Path) -> None:
    (one,), (other,) = (rows(tmp_path, by(*who), "overlap-agreement") for who in ((ANN, BOB), (101, 102)))
    assert one["finding"] == other["finding"]
    assert one["message"] != other["message"]


def test_csv_and_json_tell_name_and_number(tmp_path: Path) -> None:
    text = checked(tmp_path, by(ANN, BOB), "-f", "csv")
    found = [(row["annotator"], row["annotator_name"]) for row in csv.DictReader(io.StringIO(text)) if row["annotator"]]
    assert sorted(set(found)) == [("101", "Ann Lee"), ("102", "bob@b.org")]
    assert {one.get("annotator_name") for one in verdicts(tmp_path, by(ANN, 102), "submission")} == {"Ann Lee", None}


def test_work_of_one_annotator_is_found_by_their_name(tmp_path: Path) -> None:
    text = checked(tmp_path, by(ANN, BOB), "--annotator", "Ann Lee", "-f", "table")
    assert text.startswith("example 1.0.0 · 1 annotation\n")


def test_regions_that_a_finding_on_many_names_count_by_their_class(tmp_path: Path) -> None:
    tasks = [task(number, region()[:1]) for number in range(1, 7)]
    statistics = json.loads(checked(tmp_path, tasks, "-f", "json"))["statistics"]
    (row,) = statistics["by_class"]["rows"]
    assert (row["name"], row["returned"]["count"], row["judged"]) == ("lesion", 6, 6)
    fewer = json.loads(checked(tmp_path, tasks[:4], "-f", "json"))["statistics"]
    (row,) = fewer["by_class"]["rows"]
    assert (row["accepted"]["count"], row["judged"]) == (4, 4)


def test_tasks_of_two_projects_are_told(tmp_path: Path) -> None:
    tasks = [{**task(number, []), "project": project} for number, project in ((1, 7), (2, 7), (3, 8))]
    said = "Projects      2, judged together as one delivery: 7 (2 tasks), 8 (1 task)"
    assert said in checked(tmp_path, tasks, "-f", "table")
    assert "Projects" not in checked(tmp_path, tasks[:2], "-f", "table")


def test_an_image_is_found_among_several_of_another_task(tmp_path: Path) -> None:
    tasks = [task(1, [], data={"images": ["a.png", "b.png"]}), task(2, [], data={"image": "b.png"})]
    shown = "2 tasks show one image, b.png: 1 and 2"
    assert [row["message"] for row in rows(tmp_path, tasks, "double-work")] == [shown]
    unnamed = [*tasks, task(3, [], data={"images": ["c.png", None]})]
    assert [row["message"] for row in rows(tmp_path, unnamed, "double-work")] == [
        shown,
        "this could not be checked: there are tasks whose data do not name all of their images (task 3)",
    ]


def test_a_task_without_an_id_is_called_by_its_record(tmp_path: Path) -> None:
    tasks: list[Json] = [{**task(1, [], []), "id": None} for _ in range(2)]
    for annotation in tasks[1]["annotations"]:  # type: ignore[attr-defined]
        annotation["completed_by"] = 7
    (row,) = (row for row in rows(tmp_path, tasks, "double-work") if "handed in" in row["message"])
    assert row["message"] == "annotator 7 has handed in 2 annotations of record 2: 11 and 12"
