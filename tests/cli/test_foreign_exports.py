"""Exports that other programs wrote, judged whole: what is sound in them is judged, what is odd is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from guidelint.checking.delivery import Delivery
from guidelint.checking.record import Judged
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.validation.judging.verdict import Verdict

GUIDELINE = """\
guidelint: 1
guideline: foreign
version: 0.1.0
title: Foreign
summary: A small guideline for trials.
classes:
  lesion:
    title: Lesion
    definition: Whatever looks different.
    draw: [polygon, rectangle]
    count: {max: 2}
attributes:
  quality:
    title: Quality
    of: image
    choose_one: {good: Good, poor: Poor}
    required: true
empty_reading:
  means: Nothing is seen.
instructions: Outline every lesion.
"""
GOOD: dict[str, object] = {
    "type": "choices",
    "from_name": "quality",
    "to_name": "image",
    "value": {"choices": ["good"]},
}
FOREIGN = load(GUIDELINE)
PLAN = compile_plan(FOREIGN, catalogue())


def box(x: float = 1, **more: object) -> dict[str, object]:
    """Make a box, without an id unless given one."""
    value = {"x": x, "y": 1, "width": 5, "height": 5, "rectanglelabels": ["lesion"]}
    size = {"original_width": 1000, "original_height": 500}
    return {"type": "rectanglelabels", "from_name": "rectangle", "to_name": "image", "value": value, **size, **more}


def judged(folder: Path, *items: object, data: dict[str, object] | None = None, **facts: object) -> Verdict:
    """Judge an export of one annotation that is made of these items."""
    path = folder / "export.json"
    annotation = {"id": 11, "completed_by": 1, "result": items, **facts}
    path.write_bytes(msgspec.json.encode([{"id": 1, "data": data or {"image": "a.png"}, "annotations": [annotation]}]))
    (verdict,) = (record.verdict for record in Delivery(PLAN, [path]).records() if isinstance(record, Judged))
    return verdict


def found(verdict: Verdict) -> list[str]:
    """Rules that found something, in order."""
    return [finding.rule for finding in verdict.findings]


@pytest.mark.parametrize(
    ("fact", "value", "noted"),
    [
        ("created_at", 1595345345, ["readable-facts"]),
        ("lead_time", "12.5", []),
        ("lead_time", "NaN", ["readable-facts"]),
        ("was_cancelled", 0, []),
        ("was_cancelled", "perhaps", ["readable-facts"]),
        ("completed_by", [1], ["readable-facts"]),
        ("id", 11.0, []),
    ],
)
def test_a_side_fact_of_another_type_costs_no_annotation(
    fact: str, value: object, noted: list[str], tmp_path: Path
) -> None:
    verdict = judged(tmp_path, box(95.5, id="r1"), {**GOOD, "id": "q"}, data={}, **{fact: value})
    assert verdict.decision == "returned"
    assert sorted(found(verdict)) == ["inside-image", *noted]


def test_an_answer_without_an_id_and_without_geometry_is_about_the_image(tmp_path: Path) -> None:
    verdict = judged(tmp_path, box(), GOOD)
    assert (verdict.decision, found(verdict)) == ("accepted", ["items-with-ids"])


def test_equal_boxes_without_ids_are_as_many_as_with_ids(tmp_path: Path) -> None:
    with_ids = judged(tmp_path, *(box(id=f"r{number}") for number in range(3)), {**GOOD, "id": "q"})
    without = judged(tmp_path, box(), box(), box(), GOOD)
    assert with_ids.decision == without.decision == "returned"
    assert sorted(found(with_ids)) == ["count-limits", "no-duplicate-regions", "no-duplicate-regions"]
    assert sorted(found(without)) == sorted([*found(with_ids), "items-with-ids"])


def test_the_same_item_twice_is_found(tmp_path: Path) -> None:
    drawn = judged(tmp_path, box(id="r1"), box(id="r1"), {**GOOD, "id": "q"})
    assert sorted(found(drawn)) == ["no-duplicate-regions", "unique-region-ids"]
    answered = judged(tmp_path, box(id="r1"), {**GOOD, "id": "q"}, {**GOOD, "id": "q"})
    assert (answered.decision, found(answered)) == ("accepted", ["no-repeated-items"])


def test_regions_of_two_images_of_one_task_are_never_compared(tmp_path: Path) -> None:
    first, second = box(id="r0", item_index=0), box(id="r1", item_index=1, original_width=256, original_height=300)
    turned = {**second, "image_rotation": 90}
    data: dict[str, object] = {"images": ["a.png", "b.png"]}
    answers = [{**GOOD, "id": "q"}]
    for other in (second, turned, {**first, "id": "r1", "item_index": 1}):
        assert found(judged(tmp_path, first, other, *answers, data=data)) == []
    same = judged(tmp_path, first, {**second, "item_index": 0}, *answers, data=data)
    assert "size-matches-image" in found(same)


def test_an_answer_about_one_image_is_none_about_the_other(tmp_path: Path) -> None:
    data: dict[str, object] = {"images": ["a.png", "b.png"]}
    poor = {**GOOD, "value": {"choices": ["poor"]}, "item_index": 1, "id": "b"}
    one = judged(tmp_path, {**GOOD, "id": "a", "item_index": 0}, data=data)
    assert [finding.message for finding in one.findings] == ["Quality is not answered for image 2 of the task"]
    assert found(judged(tmp_path, {**GOOD, "id": "a", "item_index": 0}, poor, data=data)) == []
