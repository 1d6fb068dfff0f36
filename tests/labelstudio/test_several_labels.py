"""Several labels on one region: what the guideline allows is judged as each of them, all else is returned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from tests.language.mistakes import problems

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.labelstudio.decoding.decoder import AnnotationDecoder
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import SMALLEST, with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.verdict import Verdict

CHEST = """\
classes:
  consolidation:
    {title: Consolidation, definition: White lung., draw: polygon, together_with: [effusion, atelectasis],
     rules: {area-limits: {min_mm2: 500}}}
  effusion:
    {title: Effusion, definition: Fluid., draw: [polygon, rectangle], border: outer, count: {max: 1},
     rules: {area-limits: {max_mm2: 200}}}
  atelectasis: {title: Atelectasis, definition: Lung without air., draw: polygon}
  nodule: {title: Nodule, definition: A round opacity., draw: polygon}
attributes:
  side: {title: Side, of: [consolidation, effusion], choose_one: {left: Left, right: Right}, required: true}
  level: {title: Level, of: effusion, choose_one: {high: High, low: Low}, required: true}
"""
DATA = {"PixelSpacing": [1.0, 1.0], "Rows": 100, "Columns": 100}
SQUARE = [[10, 10], [30, 10], [30, 30], [10, 30]]


def plan_of(part: str) -> Plan:
    """Compile a guideline, and read its plan as a vendor does."""
    return Plan.from_json(compile_plan(load(with_part(part)), catalogue()).to_json(), catalogue())


def outline(labels: list[str], points: list[list[int]] = SQUARE, name: str = "r1") -> dict[str, Any]:
    """Give one outline as Label Studio stores it."""
    value = {"points": points, "closed": True, "polygonlabels": labels}
    return _item("polygon", "polygonlabels", value, name)


def answer(question: str, option: str, name: str = "r1") -> dict[str, Any]:
    """Give one answer about it."""
    return _item(question, "choices", {"points": SQUARE, "closed": True, "choices": [option]}, name)


def _item(control: str, kind: str, value: dict[str, Any], name: str) -> dict[str, Any]:
    size = {"original_width": 100, "original_height": 100}
    return {"id": name, "from_name": control, "to_name": "image", "type": kind, "value": value, **size}


def handed_in(plan: Plan, *items: dict[str, Any]) -> Submission:
    """Decode an annotation of these items."""
    raw = msgspec.Raw(msgspec.json.encode({"id": 1, "completed_by": 1, "result": items}))
    return AnnotationDecoder(plan.vocabulary).submission(raw, TaskImage(DATA, plan.vocabulary.image), "1")


def judged(plan: Plan, *items: dict[str, Any]) -> list[str]:
    """Judge it; tell what is found, of which region."""
    return _told(judge(plan, handed_in(plan, *items)))


def _told(verdict: Verdict) -> list[str]:
    return [f"{' and '.join(ref.title for ref in one.regions)}: {one.message}" for one in verdict.findings]


def test_a_region_of_two_classes_is_judged_by_the_rules_of_each_and_named_once() -> None:
    found = judged(plan_of(CHEST), outline(["consolidation", "effusion"]), answer("side", "left"))
    assert found == [
        "Region 1 Consolidation, Effusion: Level is not answered",
        "Region 1 Consolidation, Effusion: the area is 400 mm², below the limit of 500 mm²",
        "Region 1 Consolidation, Effusion: the area is 400 mm², above the limit of 200 mm²",
    ]


def test_it_is_no_duplicate_of_itself_has_its_own_id_and_counts_in_each_class() -> None:
    plan = plan_of(CHEST + "rules: {no-duplicate-regions: {across_classes: true}, count-limits: {max: 2}}\n")
    answers = [answer(question, option, name) for name in "ab" for question, option in (("side", "left"),)]
    large = [[40, 10], [70, 10], [70, 40], [40, 40]]
    both = (outline(["effusion", "consolidation"], name="a"), outline(["consolidation", "effusion"], large, "b"))
    found = judged(plan, *both, *answers)
    which = "Region 1 Effusion, Consolidation and Region 2 Consolidation, Effusion"
    told = f"{which}: on this image 2 regions are marked as Effusion; no more than 1 may be"
    assert [one for one in found if "area" not in one and "Level" not in one] == [told]
    assert [(one.number, one.class_name) for one in handed_in(plan, *both).regions] == [
        (1, "effusion"),
        (1, "consolidation"),
        (2, "consolidation"),
        (2, "effusion"),
    ]


def test_two_copies_of_a_region_of_two_classes_are_told_once() -> None:
    answers = [answer(*said, name) for name in "ab" for said in (("side", "left"), ("level", "low"))]
    copies = (outline(["consolidation", "effusion"], name=name) for name in "ab")
    found = judged(plan_of(CHEST), *copies, *answers)
    both = "Region 2 Consolidation, Effusion and Region 1 Consolidation, Effusion"
    told = f"{both}: the same is marked twice: 100 % of their area is shared, and from 95 % on two regions are one"
    assert [one for one in found if "twice" in one] == [told]


@pytest.mark.parametrize(
    ("labels", "apart"),
    [
        (["effusion", "atelectasis"], "Atelectasis and Effusion"),
        (["consolidation", "nodule"], "Consolidation and Nodule"),
        (["consolidation", "effusion", "atelectasis"], "Atelectasis and Effusion"),
    ],
)
def test_classes_that_may_not_stand_together_are_returned_and_the_pair_is_named(labels: list[str], apart: str) -> None:
    plan = plan_of(CHEST)
    verdict = judge(plan, handed_in(plan, outline(labels), answer("side", "left"), answer("level", "low")))
    assert verdict.decision == "returned"
    assert [one for one in _told(verdict) if f"{apart} do not stand together on one region" in one]


def test_without_the_permission_two_labels_are_returned_as_before() -> None:
    plan = plan_of(CHEST.replace(", together_with: [effusion, atelectasis]", ""))
    found = judged(plan, outline(["consolidation", "effusion"]), answer("side", "left"))
    assert found[0] == "Region 1 Consolidation: the labels mean 2 classes: Consolidation, Effusion"


def test_label_studio_offers_several_labels_where_a_tool_draws_two_that_may_stand_together() -> None:
    guideline = load(with_part(CHEST))
    made = outputs(guideline, compile_plan(guideline, catalogue()))
    config = made["label_config.xml"]
    assert 'PolygonLabels name="polygon" toName="image" choice="multiple"' in config
    assert 'RectangleLabels name="rectangle" toName="image" strokeWidth' in config
    read = re.sub("<[^>]+>", "", made["instructions.html"])
    assert "One region may be this and Effusion or Atelectasis at once: give it all labels that fit." in read
    schema = Draft202012Validator(msgspec.json.decode(made["submission.schema.json"]))
    assert schema.is_valid([outline(["consolidation", "effusion"])])
    assert not schema.is_valid([outline(["consolidation", "consolidation"])])


def test_a_plan_that_says_nothing_of_it_has_no_word_of_it() -> None:
    text = compile_plan(load(SMALLEST), catalogue()).to_json()
    assert "together" not in text
    assert "priority" not in text


LESION = """\
classes:
  core: {title: Core, definition: The dense middle., draw: polygon}
  rim: {title: Rim, definition: What lies around it., draw: polygon, rules: {area-limits: {max_mm2: 800}}}
  oedema: {title: Oedema, definition: Water., draw: polygon, rules: {diameter-limits: {longest_max_mm: 25}}}
priority: [core, rim, oedema]
"""


def rectangle(left: int, top: int, right: int, bottom: int) -> list[list[int]]:
    """Give the vertices of an upright rectangle."""
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def test_a_pixel_belongs_to_the_class_that_comes_first() -> None:
    plan = plan_of(LESION)
    whole = outline(["rim"], rectangle(10, 10, 40, 40), "r")
    assert judged(plan, whole) == ["Region 1 Rim: the area is 900 mm², above the limit of 800 mm²"]
    assert judged(plan, whole, outline(["core"], rectangle(20, 20, 40, 40), "c")) == []
    regions = handed_in(plan, whole, outline(["core"], rectangle(20, 20, 40, 40), "c")).regions
    assert [one.mask.area_px for one in regions] == [900 - 400, 400]


def test_diameters_are_those_of_what_is_left() -> None:
    plan = plan_of(LESION)
    long = outline(["oedema"], rectangle(10, 50, 50, 52), "o")
    assert judged(plan, long) == [
        "Region 1 Oedema: the longest diameter is 40.0 mm, above the limit of 25 mm",
    ]
    assert judged(plan, long, outline(["rim"], rectangle(30, 40, 50, 60), "r")) == []


def test_a_region_that_yields_to_one_with_nothing_to_measure_cannot_be_told() -> None:
    plan = plan_of(LESION)
    broken = {**outline(["core"], [], "c")}
    found = judged(plan, outline(["rim"], rectangle(10, 10, 40, 40), "r"), broken)
    assert found
    assert all("Rim" not in one or "cannot" in one or "could not" in one for one in found)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (LESION.replace("priority: [core, rim, oedema]", "priority: [core, rimm]"), "unknown-class"),
        (LESION.replace("priority: [core, rim, oedema]", "priority: [core, core]"), "listed-twice"),
        (LESION.replace("priority: [core, rim, oedema]", "priority: [core]"), "priority-of-one"),
        (LESION + "relations: {apart: {separate: {pairs: [[core, rim]]}}}\n", "separate-and-priority"),
        (LESION + "relations: {in: {inside: {child: oedema, parent: rim}}}\n", "priority-leaves-nothing"),
        (LESION.replace("title: Core,", "title: Core, together_with: rim,"), "together-and-apart"),
        (LESION.replace("title: Core,", "title: Core, together_with: core,"), "never-together"),
        (LESION.replace("title: Core,", "title: Core, together_with: rimm,"), "unknown-class"),
    ],
)
def test_what_contradicts_it_is_told(part: str, told: str) -> None:
    assert told in [problem.code for problem in problems(with_part(part))]
