"""Answers that follow from others: what published protocols say of them, from the guideline to banner and column."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import msgspec
import numpy as np
import pytest

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.region import Answer, Region
from guidelint.annotation.shape import Polygon
from guidelint.annotation.submission import Submission
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.labelstudio.config.abilities import LabelStudio
from guidelint.labelstudio.decoding.decoder import AnnotationDecoder
from guidelint.labelstudio.target import outputs
from guidelint.labelstudio.writeback.banner import banner_of
from guidelint.labelstudio.writeback.summary import rules_concerned, what_to_change
from guidelint.language.compile.plan import compile_plan
from guidelint.language.enforcement.statements import statements
from guidelint.language.load import load, loaded
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan

if TYPE_CHECKING:
    from guidelint.validation.judging.verdict import Verdict

DATA = Path(__file__).parents[1] / "data"
TIRADS = (DATA / "tirads.yaml").read_text(encoding="utf-8")
NOBODY_ENTERS = re.sub(
    r"( {4}derive:) \{",
    r"\1 {entered: never, ",
    re.sub(r"( {2}(?:points|level):\n(?: {4}.*\n)*?) {4}required: true\n", r"\1", TIRADS).replace(
        "      points: [", "      entered: never\n      points: ["
    ),
)
INCONSISTENT: dict[str, Any] = json.loads((DATA / "tirads_inconsistent.json").read_text(encoding="utf-8"))[0]
SUM = (
    "Composition Solid or almost completely solid 2 + Echogenicity Very hypoechoic 3 + Shape Taller than wide 3"
    " + Margin Extra-thyroidal extension 3 + Echogenic foci Punctate echogenic foci 3 = 14\N{NO-BREAK SPACE}points"
)


def plan_of(text: str) -> Plan:
    """Compile a guideline, and read its plan as a vendor does."""
    return Plan.from_json(compile_plan(load(text), catalogue()).to_json(), catalogue())


def judged(plan: Plan, answers: dict[str, Any]) -> Verdict:
    """Judge the nodule of the handed case with other answers; one that is None is not given."""
    annotation = INCONSISTENT["annotations"][0]
    kept = [item for item in annotation["result"] if item["from_name"] not in answers]
    region = annotation["result"][0]
    said = [
        {**region, "type": "choices", "from_name": name, "value": {**region["value"], "choices": value}}
        for name, value in answers.items()
        if value is not None
    ]
    raw = msgspec.Raw(msgspec.json.encode({**annotation, "result": [*kept, *said]}))
    image = TaskImage(INCONSISTENT["data"], plan.vocabulary.image)
    return judge(plan, AnnotationDecoder(plan.vocabulary).submission(raw, image, "1"))


def test_points_and_level_that_do_not_follow_from_the_five_answers_are_returned_with_the_sum() -> None:
    found = judged(plan_of(TIRADS), {"foci": ["punctate"]})
    assert found.decision == "returned"
    assert [finding.message for finding in found.to_change] == [
        f"Points is answered 0; {SUM}",
        f"TI-RADS level is answered Benign; {SUM} → Highly suspicious",
    ]


def test_a_level_that_nobody_enters_is_told_in_banner_and_column_and_escalates() -> None:
    plan = plan_of(NOBODY_ENTERS)
    found = judged(plan, {"foci": ["punctate"], "points": None, "level": None})
    assert found.decision == "escalated"
    assert [(one.evidence["attribute"], one.evidence["value"]) for one in found.derived][1] == ("level", "5")
    assert [one.level for one in found.derived] == ["note", "note"]
    read = re.sub("<[^>]+>", "", banner_of(found, plan.routes))
    assert f"Follows from the answers:Region 1 Thyroid nodule: Points is 14: {SUM}" in read
    assert f"TI-RADS level is Highly suspicious: {SUM}" in read
    assert rules_concerned(found) == "answer-escalates"


def test_what_follows_stands_in_the_column_of_accepted_work() -> None:
    plan = plan_of(NOBODY_ENTERS)
    mild = {"composition": ["cystic"], "shape": ["wider"], "margin": ["smooth"], "foci": ["none-or-comet"]}
    found = judged(plan, {**mild, "echogenicity": None, "points": None, "level": None})
    assert found.decision == "accepted"
    assert what_to_change(found, plan.routes).startswith("Region 1 Thyroid nodule: Points is 0: Composition Cystic")


def test_a_level_is_never_accepted_where_an_answer_is_missing_from_which_it_follows() -> None:
    found = judged(plan_of(NOBODY_ENTERS), {"margin": None, "points": None, "level": None})
    assert found.decision == "returned"
    assert {finding.kind for finding in found.derived} == set()
    assert any("“Margin”, which is missing" in finding.message for finding in found.not_checked)


def test_a_rule_under_the_condition_of_a_level_waits_for_what_it_follows_from() -> None:
    plan = plan_of(
        NOBODY_ENTERS.replace(
            "      simple-outline: {}\n",
            "      simple-outline: {}\n      area-limits: {min_mm2: 5000, when: {answer: {level: 5}}}\n",
        )
    )
    asked = judged(plan, {"foci": ["punctate"], "points": None, "level": None})
    assert [finding.rule for finding in asked.to_change] == ["area-limits"]
    untold = judged(plan, {"margin": None, "foci": ["punctate"], "points": None, "level": None})
    assert "area-limits" in {finding.rule for finding in untold.not_checked}


def test_nobody_is_asked_in_the_editor_what_follows_by_itself_and_the_instructions_say_how_it_does() -> None:
    guideline = load(NOBODY_ENTERS)
    made = outputs(guideline, compile_plan(guideline, catalogue()))
    assert 'name="margin"' in made["label_config.xml"]
    assert 'name="level"' not in made["label_config.xml"]
    read = re.sub("<[^>]+>", "", made["instructions.html"])
    assert "Benign: at most 1; Not suspicious: 2" in read
    assert "You are not asked: it is worked out when you submit." in read


def test_a_sum_that_no_level_names_and_one_that_two_name_are_told_of() -> None:
    """A mixed nodule with one point has no level in the publication."""
    to_the_letter = TIRADS.replace("1: {at_most: 1}", "1: {at_most: 0}")
    (gap,) = loaded(to_the_letter).warnings.problems
    assert (gap.code, gap.message) == ("bands-with-gap", "no answer to `level` follows from a sum of 1")
    with pytest.raises(GuidelineProblems, match="1 problem") as told:
        load(TIRADS.replace("4: {at_least: 4, at_most: 6}", "4: {at_least: 4, at_most: 7}"))
    assert [problem.message for problem in told.value.problems] == ["a sum of 7 leads to `4` and to `5`"]


def told_of_sums(points: list[list[float]], high: str) -> list[str]:
    """What is told of a checklist each of whose questions takes several answers, one or more of which count."""
    ticked = [", ".join(f"o{at}: {{title: O{at}, points: {one}}}" for at, one in enumerate(some)) for some in points]
    asked = [
        f"  q{at}: {{title: Q{at}, of: image, required: true, choose_many: {{{one}}}}}\n"
        for at, one in enumerate(ticked)
    ]
    bands = f"{{low: {{at_most: 10}}, high: {{above: 10, {high}}}}}"
    follows = f"derive: {{points: [{', '.join(f'q{at}' for at in range(len(points)))}], bands: {bands}}}"
    level = f"  level: {{title: Level, of: image, choose_one: {{low: Low, high: High}}, {follows}}}\n"
    return [problem.message for problem in loaded(with_part(f"attributes:\n{''.join(asked)}{level}")).warnings.problems]


def test_only_sums_that_can_come_of_a_long_checklist_are_told_of_however_many_its_combinations() -> None:
    assert told_of_sums([[1] * 20], "at_most: 20") == []
    assert told_of_sums([[1] * 20], "at_most: 19") == ["no answer to `level` follows from a sum of 20"]
    assert told_of_sums([[2**at for at in range(12)]] * 2, "at_most: 8190") == []
    assert told_of_sums([[2**at for at in range(30)]] * 3, "at_most: 1000") == [
        "no answer to `level` follows from a sum of 1001"
    ]


def answered(part: str, *regions: Region, **answers: str | float) -> list[str]:
    """Judge answers about an image by questions that follow from each other."""
    said = {name: Answer(name, (value,)) for name, value in answers.items()}
    submission = replace(Submission("1", "1", "ann", ImageFacts()), answers=said, regions=regions)
    found = judge(plan_of(with_part(part)), submission)
    return [finding.message for finding in found.findings if finding.rule == "derived-answer"]


def square(number: int, class_name: str, side_px: float) -> Region:
    """An outline with pixels of half a millimetre."""
    at = 20.0 * number
    points = np.array([(at, 1.0), (at + side_px, 1.0), (at + side_px, 1.0 + side_px), (at, 1.0 + side_px)])
    return Region(
        str(number),
        class_name,
        Polygon(points),
        (100, 200),
        number=number,
        spacing=Spacing(0.5, 0.5),
        class_title=class_name,
    )


PATTERNS = (
    "scale: {3: Pattern 3, 4: Pattern 4, 5: Pattern 5}, higher_means: less like a gland, of: image, required: true"
)
GLEASON = f"""\
attributes:
  primary: {{title: Primary pattern, {PATTERNS}}}
  secondary: {{title: Secondary pattern, {PATTERNS}}}
  group:
    title: Grade group
    of: image
    scale: {{1: Group 1, 2: Group 2, 3: Group 3, 4: Group 4, 5: Group 5}}
    higher_means: a worse outcome
    derive:
      table:
        rows: primary
        columns: secondary
        cells:
          3: {{3: 1, 4: 2, 5: 4}}
          4: {{3: 3, 4: 4, 5: 5}}
          5: {{3: 4, 4: 5, 5: 5}}
"""


@pytest.mark.parametrize(
    ("primary", "secondary", "group"), [(3, 3, 1), (3, 4, 2), (4, 3, 3), (4, 4, 4), (3, 5, 4), (4, 5, 5), (5, 5, 5)]
)
def test_a_grade_group_follows_from_two_patterns(primary: int, secondary: int, group: int) -> None:
    """Epstein et al. 2016 (doi 10.1097/PAS.0000000000000530)."""
    assert answered(GLEASON, primary=float(primary), secondary=float(secondary), group=float(group)) == []
    found = answered(GLEASON, primary=float(primary), secondary=float(secondary), group=float(group % 5 + 1))
    patterns = f"Primary pattern Pattern {primary} and Secondary pattern Pattern {secondary}"
    assert found == [f"Grade group is answered Group {group % 5 + 1}; {patterns} → Group {group}"]


GRADES = "scale: {0: None, 1: Mild, 2: Moderate, 3: Severe, 4: Proliferative}, higher_means: worse"
ICDR = f"""\
attributes:
  haemorrhages: {{title: Haemorrhages, of: image, {GRADES}, required: true}}
  new-vessels: {{title: New vessels, of: image, {GRADES}, required: true}}
  grade: {{title: Grade, of: image, {GRADES}, derive: {{worst_of: [haemorrhages, new-vessels], entered: never}}}}
"""


def test_a_grade_is_the_worst_of_what_was_seen() -> None:
    assert answered(ICDR, haemorrhages=2.0, **{"new-vessels": 4.0}) == [
        "Grade is Proliferative: New vessels Proliferative is the highest of 2"
    ]


def test_the_editor_does_not_insist_on_an_answer_that_waits_for_what_nobody_enters() -> None:
    required = "{when: {haemorrhages: [2, 3], grade: [3, 4]}}"
    urgency = f"urgency: {{title: Urgency, of: image, choose_one: {{soon: Soon, now: Now}}, required: {required}}}"
    read = loaded(with_part(f"{ICDR}  {urgency}\n"))
    made = outputs(read.guideline, compile_plan(read.guideline, catalogue()))
    config = ET.fromstring(made["label_config.xml"])  # noqa: S314 - compiled by ourselves
    (asked,) = config.iterfind(".//Choices[@name='urgency']")
    assert (asked.get("whenTagName"), asked.get("required")) == ("haemorrhages", None)
    said = {one.path[1:]: one.answers for one in statements(read, catalogue(), LabelStudio())}
    assert [answer.place for answer in said["urgency", "required", "when"]] == ["on submit"]


RECIST = """\
classes:
  target: {title: Target lesion, definition: A lesion that is followed., draw: polygon}
  node: {title: Target node, definition: A node that is followed., draw: polygon}
attributes:
  sum:
    title: Sum of diameters
    of: image
    number: {min: 0, unit: mm, step: 1}
    derive: {measured: {longest-diameter: target, short-axis: node}, tolerance: 1}
"""
"""The part that a sum of diameters is told by."""


def test_a_sum_of_diameters_follows_from_what_is_drawn() -> None:
    """RECIST 1.1 (Eisenhauer et al. 2009): longest diameters of lesions, short axes of nodes."""
    drawn = (square(1, "target", 12.0), square(2, "node", 8.0))
    text = with_part("attributes:\n" + RECIST.partition("attributes:\n")[2]).replace(
        "classes:\n", RECIST.partition("attributes:\n")[0], 1
    )
    submission = replace(Submission("1", "1", "ann", ImageFacts()), regions=drawn)
    plan = plan_of(text)

    def told(entered: float) -> list[str]:
        said = replace(submission, answers={"sum": Answer("sum", (entered,))})
        return [finding.message for finding in judge(plan, said).findings if finding.rule == "derived-answer"]

    assert told(13.0) == []
    diameters = "longest diameter of Region 1 target 8.49 + short axis of Region 2 node 5.66 = 14\N{NO-BREAK SPACE}mm"
    assert told(20.0) == [f"Sum of diameters is answered 20\N{NO-BREAK SPACE}mm; {diameters}"]


MITOSES = """\
classes:
  mitosis: {title: Mitosis, definition: A cell that divides., draw: keypoint}
  hotspot: {title: Hot spot, definition: Where most divide., draw: rectangle}
attributes:
  readable: {title: Readable, of: image, required: true, choose_one: {yes: It is, no: Too thick or out of focus}}
  density:
    title: Mitoses per mm²
    of: image
    number: {}
    derive: {measured: {count: mitosis}, per_mm2_of: hotspot, entered: never}
    forbidden: {when: {readable: no}}
  group:
    title: Group
    of: image
    choose_one: {few: Few, many: Many}
    derive: {sum: density, bands: {few: {below: 5}, many: {at_least: 5}}, entered: never}
"""


@pytest.mark.parametrize(("readable", "told"), [("no", []), ("yes", ["cannot-evaluate"])])
def test_nothing_is_divided_where_a_picture_cannot_be_read(readable: str, told: list[str]) -> None:
    plan = plan_of(with_part(MITOSES))
    item = {"id": "a", "from_name": "readable", "to_name": "image", "type": "choices", "value": {"choices": [readable]}}
    raw = msgspec.Raw(msgspec.json.encode({"id": 1, "completed_by": 1, "result": [item]}))
    image = TaskImage({"PixelSpacing": [0.001, 0.001]}, plan.vocabulary.image)
    verdict = judge(plan, AnnotationDecoder(plan.vocabulary).submission(raw, image, "1"))
    assert [one.outcome for one in verdict.findings] == told
    assert (verdict.decision == "accepted") is (readable == "no")


def test_instructions_say_when_it_stays_open() -> None:
    guideline = load(with_part(MITOSES))
    read = re.sub("<[^>]+>", "", outputs(guideline, compile_plan(guideline, catalogue()))["instructions.html"])
    assert "It stays open when Readable is Too thick or out of focus." in read


def test_a_question_that_nobody_enters_cannot_be_required() -> None:
    part = MITOSES.replace("    forbidden: {when: {readable: no}}", "    required: {when: {readable: yes}}")
    with pytest.raises(GuidelineProblems) as caught:
        load(with_part(part))
    assert [(one.code, one.level) for one in caught.value.problems] == [("required-though-derived", "error")]
