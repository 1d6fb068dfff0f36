"""Several guidelines in one run: each task is judged by the one that it names, by all of its rules and no other's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from guidelint.checking.asked.adjustment import Run
from guidelint.checking.asked.by import By
from guidelint.checking.delivery import Delivery
from guidelint.checking.guidelines.choice import Refused, chosen, doubt
from guidelint.checking.guidelines.named import named_in
from guidelint.checking.guidelines.reference import Reference, reference
from guidelint.checking.record import Judged, TaskSeen, Unread
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.checking.record import Record
    from guidelint.validation.judging.plan import Plan

Json = dict[str, object]
BATCH = "delivery: {formats: [FORMATS], rules: {complete-delivery: {}}}\n"
CLASS = "classes: {CLASS: {title: TITLE, definition: Whatever looks different., draw: rectangle}}\n"


def plan(version: str, title: str = "Lesion", formats: str = "label-studio", name: str = "example") -> Plan:
    """Make a guideline with one class of this title, that no other version knows."""
    part = f"guideline: {name}\nversion: {version}\n" + BATCH.replace("FORMATS", formats)
    part += CLASS.replace("CLASS", title.lower()).replace("TITLE", title)
    return compile_plan(load(with_part(part)), catalogue())


FIRST, SECOND = plan("1.0.0", "Lesion"), plan("2.0.0", "Mass")
BOTH = (FIRST, SECOND)


def box(label: str) -> Json:
    place = {"x": 10, "y": 10, "width": 20, "height": 20, "rectanglelabels": [label]}
    frame = {"original_width": 100, "original_height": 100, "to_name": "image", "from_name": "rectangle"}
    return {"id": "r", "type": "rectanglelabels", "value": place, **frame}


def task(number: int, *labels: str, **data: object) -> Json:
    """Make a task with an annotation for each label, by annotators 1, 2, …"""
    annotations = [
        {"id": number * 10 + count, "completed_by": count, "result": [box(label)]}
        for count, label in enumerate(labels, start=1)
    ]
    return {"id": number, "data": data, "annotations": annotations}


def judged(folder: Path, *tasks: Json, plans: tuple[Plan, ...] = BOTH) -> list[Record]:
    path = folder / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    first, *others = plans
    return [*Delivery(first, [path], also=[By(Run(one)) for one in others]).records()]


def verdicts(records: list[Record], kind: str = "submission") -> list[tuple[str, str, str]]:
    """Give task, guideline and decision of each verdict."""
    of_kind = [one.verdict for one in records if isinstance(one, Judged) and one.verdict.subject.kind == kind]
    return [(one.subject.task, one.guideline, one.decision) for one in of_kind]


def reasons(records: list[Record]) -> list[str]:
    return [one.reason for one in records if isinstance(one, Unread)]


def test_each_task_is_judged_by_the_version_that_it_names(tmp_path: Path) -> None:
    records = judged(
        tmp_path,
        task(1, "Lesion", guideline="example@1.0.0"),
        task(2, "Mass", guideline="example@2.0.0"),
        task(3, "Mass", guideline="1.0.0"),
    )
    assert verdicts(records) == [
        ("1", "example 1.0.0", "accepted"),
        ("2", "example 2.0.0", "accepted"),
        ("3", "example 1.0.0", "returned"),
    ]


def test_a_batch_is_judged_once_for_each_version_and_never_mixes_them(tmp_path: Path) -> None:
    records = judged(
        tmp_path,
        task(1, "Lesion", guideline="1.0.0"),
        task(2, "Mass", guideline="2.0.0"),
        task(3, guideline="2.0.0"),
    )
    assert verdicts(records, "delivery") == [("", "example 1.0.0", "accepted"), ("", "example 2.0.0", "returned")]


def test_a_task_that_names_no_version_is_not_accepted_nor_is_any_batch_it_may_belong_to(tmp_path: Path) -> None:
    records = judged(tmp_path, task(1, "Lesion"), task(2, "Lesion", guideline="1.0.0"))
    assert verdicts(records) == [("2", "example 1.0.0", "accepted")]
    (reason,) = reasons(records)
    assert reason == (
        "it does not say under which guideline it was annotated, and several are given: example 1.0.0 and example"
        ' 2.0.0. Write that into the data of the task: "guideline": "example@2.0.0"; or into a column guideline of the'
        " table for --facts"
    )
    assert all(decision != "accepted" for _, _, decision in verdicts(records, "delivery"))
    seen = [(one.task, one.judged, one.unread) for one in records if isinstance(one, TaskSeen)]
    assert seen == [("1", 0, 1), ("2", 1, 0)]


def test_a_task_that_names_a_version_that_is_not_given_is_not_accepted(tmp_path: Path) -> None:
    records = judged(tmp_path, task(1, "Lesion", guideline="example@3.0.0"), task(2, "Lesion", guideline="1.0.0"))
    (reason,) = reasons(records)
    assert reason == (
        "it was annotated under example 3.0.0, and what is given is example 1.0.0 and example 2.0.0. Give the guideline"
        " that it names, too: --also example@3.0.0, or the path of it"
    )
    assert verdicts(records, "delivery")[0] == ("", "example 1.0.0", "accepted")


def test_work_of_another_version_than_the_only_one_given_is_judged_and_never_accepted(tmp_path: Path) -> None:
    records = judged(tmp_path, task(1, "Mass", guideline="1.0.0"), task(2, "Mass", guideline="2.0.0"), plans=(SECOND,))
    assert verdicts(records) == [("1", "example 2.0.0", "unverified"), ("2", "example 2.0.0", "accepted")]
    assert verdicts(records, "delivery") == [("", "example 2.0.0", "unverified")]
    (finding,) = next(one.verdict.findings for one in records if isinstance(one, Judged))
    assert (finding.rule, finding.message) == (
        "own-guideline",
        "it was annotated under example 1.0.0, and this run judges by example 2.0.0",
    )
    assert "--also example@1.0.0" in finding.advice_offline


def test_annotators_of_one_task_may_have_worked_under_different_versions(tmp_path: Path) -> None:
    by_annotator = {"1": "1.0.0", "2": "2.0.0"}
    records = judged(
        tmp_path,
        task(1, "Lesion", "Mass", guideline=by_annotator),
        task(2, "Mass", "Mass", "Mass", guideline=by_annotator),
    )
    assert verdicts(records) == [
        ("1", "example 1.0.0", "accepted"),
        ("1", "example 2.0.0", "accepted"),
        ("2", "example 1.0.0", "returned"),
        ("2", "example 2.0.0", "accepted"),
    ]
    assert len(reasons(records)) == 1  # of annotator 3 nothing is said
    seen = [(one.task, one.judged, one.unread) for one in records if isinstance(one, TaskSeen)]
    assert seen == [("1", 2, 0), ("2", 2, 1)]


def test_what_cannot_be_read_is_told_once_and_of_no_version(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text('[{"id": 1, annotations: []}, {"id": 2, "data": 7, "annotations": [{"id": 3, "result": []}]}]')
    records = [*Delivery(FIRST, [path], also=[By(Run(SECOND))]).records()]
    assert len(reasons(records)) == 2
    assert verdicts(records) == []


def test_a_format_that_one_guideline_alone_takes_tells_it(tmp_path: Path) -> None:
    path = tmp_path / "coco.json"
    image = {"id": 1, "file_name": "a.png", "width": 100, "height": 100}
    mark = {"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 20, 20]}
    path.write_text(json.dumps({"images": [image], "categories": [{"id": 1, "name": "Mass"}], "annotations": [mark]}))
    takes = plan("2.0.0", "Mass", "coco")
    assert verdicts([*Delivery(FIRST, [path], also=[By(Run(takes))]).records()]) == [
        ("a.png", "example 2.0.0", "accepted")
    ]
    also_takes = plan("1.0.0", "Lesion", "coco, label-studio")
    assert verdicts([*Delivery(also_takes, [path], also=[By(Run(takes))]).records()]) == []


def test_a_coco_file_names_it_beside_the_name_of_the_image(tmp_path: Path) -> None:
    image = {"id": 1, "file_name": "a.png", "width": 100, "height": 100, "guideline": "1.0.0"}
    other = {**image, "id": 2, "file_name": "b.png", "guideline": "2.0.0"}
    marks = [{"id": n, "image_id": n, "category_id": 1, "bbox": [10, 10, 20, 20]} for n in (1, 2)]
    path = tmp_path / "coco.json"
    categories = [{"id": 1, "name": "Mass"}]
    path.write_text(json.dumps({"images": [image, other], "categories": categories, "annotations": marks}))
    first, second = (
        plan(one.guideline.version, title, "coco") for one, title in zip(BOTH, ("Lesion", "Mass"), strict=True)
    )
    assert verdicts([*Delivery(first, [path], also=[By(Run(second))]).records()]) == [
        ("a.png", "example 1.0.0", "returned"),
        ("b.png", "example 2.0.0", "accepted"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("chest@2.0.0", Reference("chest", "2.0.0")),
        ("chest 2.0.0", Reference("chest", "2.0.0")),
        (" chest:v2.0.0 ", Reference("chest", "2.0.0")),
        ("chest-x-ray 2.0.0+adjusted", Reference("chest-x-ray", "2.0.0")),
        ("2.0.0", Reference("", "2.0.0")),
        ("v2.0.0", Reference("", "2.0.0")),
        ("chest", Reference("chest", "")),
        (f"guidelint:chest:2.0.0:{'a' * 64}", Reference("chest", "2.0.0")),
        ("ChestX-Det10 (10 classes, boxes)", None),
        ("2.0", None),
        ("", None),
        ("chest@", None),
    ],
)
def test_a_guideline_is_known_however_it_is_written(text: str, told: Reference | None) -> None:
    assert reference(text) == told


@pytest.mark.parametrize(
    ("told", "choice"),
    [
        (("example@1.0.0",), 0),
        (("example", "2.0.0"), 1),
        (("other",), 2),
        (("example",), "it says of its guideline “example”, which may be several of them"),
        (("1.0.0", "2.0.0"), "it was annotated under 1.0.0 and 2.0.0, and what is given is"),
        (("second edition",), "it says of its guideline “second edition”, which is not how a guideline is written"),
    ],
)
def test_all_that_is_said_together_tells_one_guideline_or_none(told: tuple[str, ...], choice: int | str) -> None:
    found = chosen(told, (FIRST, SECOND, plan("1.0.1", name="other")), "label-studio")
    assert found == choice if isinstance(choice, int) else str(found).startswith(choice)


def test_work_that_names_no_version_is_judged_by_the_only_guideline_there_is() -> None:
    for told in ((), ("1.0.0",), ("example",), ("chest",), ("Fleischner 2017",)):
        assert doubt(told, FIRST.guideline) is None
    assert isinstance(doubt(("chest@1.0.0",), FIRST.guideline), Refused)


def test_what_the_service_wrote_back_tells_it_where_nothing_else_does() -> None:
    judged = named_in({"gl_guideline": "example 1.0.0"})
    assert (judged.of("1"), judged.or_judged_by) == ((), ("example 1.0.0",))
    assert named_in({"gl_guideline": "example 1.0.0", "guideline": "2.0.0"}).or_judged_by == ("2.0.0",)
    assert named_in({"guideline": {"1": "2.0.0"}, "guideline_version": 3}).of("1") == ("3", "2.0.0")
    each = named_in({"gl_guideline": "example 2.0.0 by 7; example 1.0.0 by 3"})
    assert (each.or_judged_for_each.of("3"), each.of("3")) == (("example 1.0.0",), ())
    assert named_in({"guideline": "2.0.0", "gl_guideline": "a 2.0.0 by 7; a 1.0.0 by 3"}).or_judged_for_each.of(
        "3"
    ) == ("2.0.0",)
    assert named_in({"guideline": None, "guideline_version": ""}).of("1") == ()
