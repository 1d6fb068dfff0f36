"""The exam: which items are drawn, what is right, and who has passed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.checking.exam.exam_made import BEGUN, annotation, exam_in, lesion, mark, right_of, taken

from guidelint.checking.exam.error import ExamError
from guidelint.checking.exam.grading import Grader, HandedIn

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.checking.exam.exam import Exam
    from guidelint.checking.exam.grading import Graded

NBSP = "\N{NO-BREAK SPACE}"


def _graded(exam: Exam, name: str, *items: dict[str, object]) -> Graded:
    item = next(one for one in exam.items if one.found.name == name)
    return Grader(exam).graded(HandedIn(item.id, annotation(1, *items)))


def test_items_are_examples_with_a_picture_that_nobody_was_shown(tmp_path: Path) -> None:
    exam = exam_in(tmp_path)
    assert {one.found.name for one in exam.items} == {"plain-lesion", "blurred-lesion", "lesion-too-small", "the-mark"}
    assert {one.name: one.reason for one in exam.unusable} == {
        "on-canvas": "it has no picture that could be looked at, but a blank canvas",
        "seen-already": "its picture is shown to annotators in the example taught",
    }


def test_a_draw_can_be_made_again_and_another_one_takes_what_nobody_has_seen(tmp_path: Path) -> None:
    exam = exam_in(tmp_path, "{tasks: 2, min_share: 1}")
    first = exam.drawn("first")
    assert first == exam.drawn("first")
    second = exam.drawn("second", seen=[item.id for item in first.items])
    assert {item.classes for item in first.items} == {("lesion",), ("mark",)}  # both classes are examined
    lesions = [[item.id for item in drawn.items if item.classes == ("lesion",)] for drawn in (first, second)]
    assert lesions[0] != lesions[1]
    assert second.seen_before == 1  # there is one mark


def test_too_few_items_are_counted(tmp_path: Path) -> None:
    with pytest.raises(
        ExamError, match=r"asks for 6 items, and 4 can be drawn: 2 lack\. Not taken: on-canvas \(it has"
    ):
        exam_in(tmp_path, "{tasks: 6, min_share: 1}").drawn("seed")


def test_an_item_is_right_that_agrees_with_what_is_expected(tmp_path: Path) -> None:
    exam = exam_in(tmp_path)
    near = [[21, 20], [41, 20], [41, 41], [21, 40]]
    for name, items in {
        "plain-lesion": lesion(points=near),
        "blurred-lesion": lesion("blurred"),
        "lesion-too-small": lesion(),
        "the-mark": mark(61.5, 59),
    }.items():
        assert (name, _graded(exam, name, *items).reasons) == (name, ())
        assert _graded(exam, name, *items).standing == "right"


def test_an_item_is_wrong_for_a_reason(tmp_path: Path) -> None:
    exam = exam_in(tmp_path)
    far = [[60, 60], [80, 60], [80, 80], [60, 80]]
    small = [[20, 20], [22, 20], [22, 22], [20, 22]]
    for name, items, reason in (
        ("plain-lesion", lesion(points=far), "0 %"),
        ("plain-lesion", [*lesion(), *lesion(points=far, key="r2")], "66.7"),
        ("plain-lesion", [], "Lesion"),
        ("plain-lesion", lesion("blurred"), "it goes to senior, and what is expected is accepted"),
        ("blurred-lesion", lesion(), "it is accepted, and what is expected goes to somebody else"),
        ("lesion-too-small", lesion(points=small), "the area is 1"),
        ("the-mark", mark(66, 60), "Mark"),
        ("the-mark", [], "Mark"),
    ):
        graded = _graded(exam, name, *items)
        assert graded.standing == "wrong", (name, items)
        assert reason in " ".join(graded.reasons)


def test_who_has_enough_right_is_qualified_for_a_while(tmp_path: Path) -> None:
    result = taken(exam_in(tmp_path))
    assert (result.outcome, result.right, result.items, result.attempt) == ("passed", 4, 4, 1)
    assert result.minutes == 7  # eight minutes to the last, the first was opened after one
    assert result.qualification is not None
    assert result.qualification.version == "1.2.0"
    assert result.qualification.passed_at == BEGUN.replace(minute=8)
    assert result.qualification.valid_until == datetime(2027, 3, 1, 9, 8, tzinfo=UTC)


def test_a_class_may_have_a_pass_mark_of_its_own(tmp_path: Path) -> None:
    exam = exam_in(tmp_path, "{tasks: 4, min_share: 0.75, min_share_of: {mark: 1}}")
    result = taken(exam, lambda item: lesion() if item.found.name == "the-mark" else right_of(item))
    assert (result.outcome, result.right) == ("passed", 3)
    assert result.reasons == (
        "mark may not be marked: 0 of 1 items with it are right; 100\N{NO-BREAK SPACE}% are asked for",
    )
    assert result.qualification is not None
    assert not result.qualification.holds_for("mark")
    assert result.qualification.holds_for("lesion")


def test_who_has_too_few_right_has_failed(tmp_path: Path) -> None:
    result = taken(exam_in(tmp_path), lambda _: lesion())
    assert (result.outcome, result.reasons) == (
        "failed",
        (f"2 of 4 items are right; 3 (75{NBSP}%) are asked for",),
    )
    assert result.qualification is None


def test_attempts_and_time_have_an_end(tmp_path: Path) -> None:
    exam = exam_in(tmp_path, "{tasks: 4, min_share: 0.75, attempts: 2, max_minutes: 10}")
    assert taken(exam, attempt=2).outcome == "passed"
    assert taken(exam, attempt=3).reasons == ("it is attempt 3, where 2 may be made",)
    slow = taken(exam, each_minutes=4)  # handed in after 1, 5, 9 and 13 minutes of it
    assert (slow.outcome, slow.right) == ("passed", 3)
    assert slow.graded[-1].reasons == ("it was handed in or changed after 13 minutes; 10 may be taken",)
    assert taken(exam, each_minutes=6).outcome == "failed"
