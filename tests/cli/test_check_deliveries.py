"""`guidelint check` judges annotators and the delivery as a whole, and tells what was found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import Json, region, run, task

from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def told(folder: Path, rules: str, tasks: Sequence[Json], *, of: str = "delivery") -> tuple[int, str]:
    """What a guideline with these rules on the delivery (or the annotators) tells of these tasks, and the exit code."""
    guideline, export = folder / "guideline.yaml", folder / "export.json"
    guideline.write_text(with_part(f"{of}:\n  rules:\n    {rules}\n"), encoding="utf-8")
    export.write_text(json.dumps(tasks), encoding="utf-8")
    done = run("check", str(guideline), str(export), "--format", "concise")
    return done.exit_code, done.stdout


def test_tasks_that_nobody_annotated_are_told_of_the_delivery(tmp_path: Path) -> None:
    tasks = [task(1, []), task(2), {**task(3), "drafts": [{"id": 1, "result": []}]}]
    code, text = told(tmp_path, "complete-delivery: {}", tasks)
    assert "there is no annotation on 1 of 3 tasks: 2" in text
    assert "there is a draft and no annotation on 1 of 3 tasks: 3" in text
    assert code == 1


def test_a_complete_delivery_is_accepted(tmp_path: Path) -> None:
    code, text = told(tmp_path, "complete-delivery: {}", [task(1, []), task(2, [])])
    assert "On deliveries 1 accepted" in text
    assert code == 0


def test_annotations_that_were_not_delivered_are_told_of_the_delivery(tmp_path: Path) -> None:
    tasks = [task(1, []), {**task(2, []), "total_annotations": 3}]
    _, text = told(tmp_path, "complete-delivery: {}", tasks)
    assert "the tool counts 2 more annotations than were delivered, on 1 of 2 tasks: 2" in text


def test_a_shape_at_one_place_of_many_tasks_is_told_of_the_delivery(tmp_path: Path) -> None:
    tasks = [task(number, region()[:1]) for number in range(1, 6)]
    code, text = told(tmp_path, "identical-shapes: {min_tasks: 5}", tasks)
    assert "Region 1 Lesion of task 1" in text
    assert "5 tasks have exactly this shape at exactly this place" in text
    assert "tasks 1, 2, 3, 4 and 5" in text
    assert code == 1
    code, text = told(tmp_path, "identical-shapes: {min_tasks: 6}", tasks)
    assert "exactly this place" not in text
    assert code == 0


def timed(number: int, *lead_times_s: float | None) -> Json:
    """Make a task with an empty annotation per time, by annotators 101, 102, …"""
    made = task(number, *([] for _ in lead_times_s))
    annotations = made["annotations"]
    assert isinstance(annotations, list)
    timed = [{**one, "lead_time": time} for one, time in zip(annotations, lead_times_s, strict=True)]
    return {**made, "annotations": timed}


def test_an_annotator_who_is_too_fast_is_told(tmp_path: Path) -> None:
    tasks = [timed(number, 1.0, 60.0, None) for number in range(1, 11)]
    code, text = told(tmp_path, "minimum-time: {min_s: 5}", tasks, of="annotators")
    (fast,) = (line for line in text.splitlines() if "took less than" in line)
    assert "101" in fast
    assert "10 of 10 submissions (100 %) took less than 5 s; at most 10 % may" in fast
    (untold,) = (line for line in text.splitlines() if "the time is not known" in line)
    assert "103" in untold
    assert "of 10 of 10 submissions" in untold
    assert code == 1


def test_double_and_copied_work_is_told_of_the_delivery(tmp_path: Path) -> None:
    points = [
        [10.0, 10.0],
        [15.0, 9.0],
        [20.0, 10.0],
        [21.0, 15.0],
        [20.0, 20.0],
        [15.0, 21.0],
        [10.0, 20.0],
        [9.0, 15.0],
    ]
    one, other = region(points)[:1], region(points)[:1]
    tasks = [task(1, one, other, data={"image": "a.png"}), task(2, [], data={"image": "a.png"})]
    code, text = told(tmp_path, "double-work: {}\n    copied-work: {}", tasks)
    assert "Task 1 and Task 2" not in text
    assert "2 tasks show one image, a.png: 1 and 2" in text
    assert (
        "annotator 101 and annotator 102 have handed in regions with exactly the same vertices, pixels or sides: 1"
        in text
    )
    assert code == 1


def test_a_class_beyond_its_share_is_told_of_the_delivery_by_its_title(tmp_path: Path) -> None:
    rule = "class-balance: {shares: {lesion: {min: 0.9}}, of: submissions, from_count: 2}"
    code, text = told(tmp_path, rule, [task(1, region()[:1]), task(2, [])])
    assert "of 2 submissions, 50 % show Lesion; at least 90 % is asked for" in text
    assert code == 1


@pytest.mark.parametrize(
    ("rule", "code", "message"),
    [
        ("{shares: {lesion: {min: 0.5, max: 0.4}}}", "empty-range", "nothing lies between"),
        ("{shares: {lesio: {min: 0.5}}}", "unknown-class", "`lesio` is not a class"),
        ("{shares: {lesion: {min: 1.5}}}", "out-of-range", "from 0 to 1, not 1.5"),
        ("{shares: {lesion: {}}}", "wrong-value", "without a limit every share is right"),
        ("{}", "wrong-value", "without a limit every balance is right"),
    ],
)
def test_a_balance_that_nothing_can_have_or_miss_is_refused(rule: str, code: str, message: str) -> None:
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part(f"delivery:\n  rules:\n    class-balance: {rule}\n"))
    (problem,) = (problem for problem in raised.value.problems if problem.code == code)
    assert message in problem.message


def test_a_condition_on_the_image_leaves_out_tasks_that_nobody_annotated(tmp_path: Path) -> None:
    ct: Json = {"Modality": "CT"}
    mr: Json = {"Modality": "MR"}
    rule = "complete-delivery: {when: {image: {modality: CT}}}"
    code, text = told(tmp_path, rule, [task(1, [], data=ct), task(2, data=mr)])
    assert "On deliveries 1 accepted" in text
    assert code == 0
    _, text = told(tmp_path, rule, [task(1, [], data=ct), task(2, data=ct), task(3, data=mr)])
    assert "there is no annotation on 1 of 2 tasks: 2" in text
    code, text = told(tmp_path, rule, [task(1, [], data=ct), task(2)])
    assert "the modality (0008,0060) of the image is not known; deliver it" in text
    assert code == 1
