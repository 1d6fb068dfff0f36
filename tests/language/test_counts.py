"""How many there may be of an image, series, study or patient, and of each answer: what a guideline says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from msgspec import structs
from tests.language.mistakes import problems

from guidelint.annotation.region import Answer
from guidelint.imaging.facts import ImageFacts
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.rules.classes.count_limits import CountLimits
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.names import Names, QuestionNames, plain

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.language.form.guideline import Guideline

LESION = "  lesion: {{title: Lesion, definition: A place., draw: polygon{more}}}\n"
NODE = "  node: {title: Node, definition: A lymph node., draw: polygon}\n"
ORGAN = """\
attributes:
  organ: {{title: Organ, of: lesion, choose_one: {{liver: Liver, lung: Lung}}, required: {required}}}
  quality: {{title: Quality, of: image, choose_one: {{good: Good, poor: Poor}}}}
"""


def part(count: str = "", rules: str = "", required: str = "true") -> str:
    """Write a guideline whose lesions are counted."""
    own = f", count: {count}" if count else ""
    written = f"classes:\n{LESION.format(more=own)}{NODE}{ORGAN.format(required=required)}"
    return with_part(f"{written}rules: {rules}\n" if rules else written)


def counted(guideline: Guideline) -> list[CountLimits]:
    plan = compile_plan(guideline, catalogue())
    return [check.rule for check in plan.checks if isinstance(check.rule, CountLimits)]


def codes(text: str, *, notes: bool = False) -> set[str]:
    return {one.code for one in problems(text, notes=notes)}


def test_a_class_is_counted_per_patient_for_each_answer() -> None:
    (rule,) = counted(load(part("{max: 2, per: patient, each: organ}")))
    assert (rule.max, rule.per, rule.each, rule.options, rule.may_be_open) == (
        2,
        "patient",
        "organ",
        ("liver", "lung"),
        False,
    )
    assert (rule.title, rule.each_title, rule.option_titles) == ("Lesion", "Organ", {"liver": "Liver", "lung": "Lung"})


@pytest.mark.parametrize(("required", "may_be_open"), [("true", False), ("false", True)])
def test_a_use_of_the_rule_takes_the_same_from_the_question(required: str, *, may_be_open: bool) -> None:
    rules = "{two: {rule: count-limits, classes: [lesion], max: 2, per: study, each: organ}}"
    (rule,) = counted(load(part(rules=rules, required=required)))
    assert (rule.options, rule.may_be_open, rule.each_title) == (("liver", "lung"), may_be_open, "Organ")


def test_what_counts_all_together_says_nothing_of_answers_in_its_plan() -> None:
    checks = json.loads(compile_plan(load(part("{max: 2}")), catalogue()).to_json())["checks"]
    (check,) = (check for check in checks if check["rule"] == "count-limits")
    assert check["parameters"] == {"classes": ["lesion"], "min": None, "max": 2, "per": "image"}
    assert check["words"] == {"title": "Lesion"}


def test_annotators_are_told_over_what_and_of_what() -> None:
    names = Names({"lesion": "Lesion"}, {"organ": QuestionNames("Organ")})
    of = CountLimits(classes=("lesion",), max=2, per="patient", each="organ")
    told, told_if = plain(of.told(names)), plain(of.told_if(names))
    together = ", where regions with one object name count once"
    assert told == f"A patient has at most 2 objects of Lesion for each answer to Organ{together}."
    assert told_if == f"a patient has more than 2 objects of Lesion for one answer to Organ{together}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (part("{max: 2, each: orgen}"), "unknown-question"),
        (part("{max: 2, each: quality}"), "wrong-question"),
        (part("{max: 2, per: patiant}"), "unknown-value"),
        (part(rules="{count-limits: {classes: [node], max: 2, each: organ}}"), "not-asked"),
        (part(rules="{count-limits: {max: 2, each: organ}}"), "not-asked"),
    ],
)
def test_mistakes_are_told(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    ("count", "rules", "said"),
    [
        (
            "{min: 3}",
            "{count-limits: {classes: [lesion, node], max: 2, per: patient}}",
            "`min: 3` of one image is more than `max: 2` of one patient, which `rules: count-limits` allows",
        ),
        (
            "{min: 2, each: organ}",
            "{count-limits: {classes: [lesion], max: 3}}",
            "`min: 2` for each `organ` of one image is more than `max: 3` of one image, which `rules: count-limits`",
        ),
    ],
)
def test_what_cannot_be_met_is_told(count: str, rules: str, said: str) -> None:
    text = part(count, rules).replace("{means: There is no lesion.}", "{say: {quality: poor}}")
    (found,) = (one.message for one in problems(text) if one.code == "counts-contradict")
    assert found.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        part("{max: 2, per: patient, each: organ}"),
        part("{min: 1}", "{count-limits: {classes: [lesion], max: 2, per: patient}}"),
        part("{min: 3}", "{count-limits: {classes: [node], max: 2, per: patient}}"),
        part("{min: 3, per: patient}", "{count-limits: {classes: [lesion], max: 2}}"),
        part("{min: 3}", "{count-limits: {classes: [lesion], max: 2, per: patient, each: organ}}"),
        part("{min: 1, each: organ}", "{count-limits: {classes: [lesion], max: 2}}"),
    ],
)
def test_what_can_be_met_is_no_contradiction(text: str) -> None:
    assert not codes(text) & {"counts-contradict", "not-asked", "empty-range"}


@pytest.mark.parametrize("per", ["series", "study", "patient"])
def test_a_least_number_of_several_images_contradicts_no_empty_one(per: str) -> None:
    lesion = LESION.format(more=f", count: {{min: 1, per: {per}}}")
    text = with_part(f"classes:\n{lesion}empty_reading: {{means: There is no lesion.}}\n")
    assert "empty-contradicted" not in codes(text)
    assert "empty-contradicted" in codes(text.replace(f", per: {per}", ""))


def test_a_least_number_under_a_condition_contradicts_no_empty_image_and_named_images_are_named() -> None:
    of_task = "images: {modality: US, of_task: {across: {title: Across}, along: {title: Along}}}\n"
    both = "rules: {both: {rule: count-limits, classes: [lesion], min: 1, images: [along]%s}}\n"
    text = f"{of_task}classes:\n{LESION.format(more='')}empty_reading: {{means: There is no lesion.}}\n{both}"
    assert "empty-contradicted" not in codes(with_part(text % ", when: {marked: lesion}"))
    said = next(one for one in problems(with_part(text % "")) if one.code == "empty-contradicted")
    assert said.message.startswith("`min: 1` asks for a region on `along`, and")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (part("{max: 2, per: study}"), True),
        (part("{max: 2}"), False),
        (part("{max: 2, per: study}").replace("instructions:", "instructions: Name every lesion. #"), False),
        (part("{max: 2, per: study}") + "procedure: {steps: {draw: {do: Give each a name.}}}\n", False),
    ],
)
def test_names_that_objects_are_counted_by_are_asked_for(text: str, *, is_told: bool) -> None:
    assert ("names-not-asked-for" in codes(text, notes=True)) is is_told


DERIVED = """\
  score: {title: Score, of: lesion, scale: {0: None, 1: Mild}, higher_means: worse, required: true}
  grade: {title: Grade, of: lesion, scale: {0: None, 1: Mild}, higher_means: worse, derive: {worst_of: score, entered: never}}
"""  # noqa: E501


def test_over_several_submissions_is_counted_by_what_nobody_enters_too() -> None:
    text = part("{max: 1, per: patient, each: grade}").replace("attributes:\n", f"attributes:\n{DERIVED}", 1)
    assert not codes(text) & {"derived-over-several", "unknown-question"}
    fold = Fold(compile_plan(load(text), catalogue()))
    answers = {"score": Answer("score", ("1",)), "organ": Answer("organ", ("liver",))}
    (drawn,) = submissions_of(Case("test", {}, Drawn(text="##")))
    for task in ("1", "2"):
        regions = tuple(structs.replace(region, answers=answers) for region in drawn.regions)
        fold.add(replace(drawn, task=task, image=ImageFacts(patient="P-1"), regions=regions))
    found = [one.message for verdict in fold.verdicts() for one in verdict.findings]
    assert [message for message in found if "Mild" in message] == found[:1]


def extended(base: str, own: str, folder: Path) -> list[str]:
    """Say what a guideline loosens that extends another with one count."""
    (folder / "base.yaml").write_text(part(base, required="true").replace("status: draft", "status: released"))
    head = "guidelint: 1\nguideline: site\nversion: 2.0.0\nextends: ./base.yaml\n"
    try:
        load(f"{head}classes: {{lesion: {{count: {own}}}}}\n", folder=folder)
    except GuidelineProblems as found:
        return [one.message for one in found.problems if one.code == "loosens"]
    return []


@pytest.mark.parametrize(
    ("base", "own", "said"),
    [
        ("{max: 3, per: series}", "{per: patient}", ""),
        ("{max: 3, per: patient}", "{per: series}", "this asks for less than `./base.yaml`: `per` is `patient` there"),
        ("{min: 1, per: patient}", "{per: study}", ""),
        ("{min: 1, per: study}", "{per: patient}", "this asks for less than `./base.yaml`: `per` is `study` there"),
        ("{max: 3, min: 1, per: study}", "{per: patient}", "this asks for less"),
        ("{max: 3}", "{per: patient}", "whether this asks for less than `./base.yaml` cannot be told: `per` is"),
        ("{max: 3, per: patient}", "{per: image}", "whether this asks for less than `./base.yaml` cannot be told"),
        ("{max: 3}", "{each: organ}", "this asks for less than `./base.yaml`: `each` is nothing there, `organ` here"),
        ("{min: 1}", "{each: organ}", ""),
        ("{max: 3, each: organ}", "{max: 2}", ""),
    ],
)
def test_an_extension_counts_as_strictly_as_its_base(base: str, own: str, said: str, tmp_path: Path) -> None:
    found = extended(base, own, tmp_path)
    assert len(found) == bool(said)
    assert all(said in message for message in found)
