"""What a guideline says in its parts becomes checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import SMALLEST, with_part
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from guidelint.validation.judging.plan import Check, Plan


def plan_of(text: str) -> Plan:
    return compile_plan(load(text), catalogue())


def checks(part: str, rule: str) -> list[Check]:
    return [check for check in plan_of(with_part(part)).checks if check.rule.id() == rule]


def parameters(check: Check) -> dict[str, object]:
    return check.rule.model_dump(exclude_defaults=True)


def test_the_smallest_guideline_is_judged_by_the_rules_that_are_always_on() -> None:
    assert {check.rule.id() for check in plan_of(SMALLEST).checks} == {
        rule.id() for rule in catalogue().values() if rule.always
    }


def test_counts() -> None:
    part = "classes:\n  lesion: {title: Lesion, definition: d, draw: polygon, count: {max: 3}}\n"
    (check,) = checks(part, "count-limits")
    assert check.heading == "Lesion › Count"
    assert parameters(check) == {"classes": ("lesion",), "title": "Lesion", "max": 3}


def test_images() -> None:
    part = "images: {modality: [CT, MR], pixel_spacing: {max_mm: 1}}\n"
    (modality,) = checks(part, "allowed-modality")
    (spacing,) = checks(part, "calibrated-spacing")
    assert parameters(modality) == {"modality": ("CT", "MR")}
    assert parameters(spacing) == {"max_mm": 1.0}


def test_an_empty_reading_that_is_an_answer() -> None:
    (check,) = checks("empty_reading: {means: Nothing here.}\n", "something-marked-or-said")
    assert parameters(check) == {"empty_is_an_answer": True}


YES_OR_NO = {"options": ("yes", "no"), "spellings": ("Yes", "No"), "titles": {"yes": "Yes", "no": "No"}}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("choose_one: {yes: Yes, no: No}", YES_OR_NO),
        ("choose_many: {yes: Yes, no: No}", YES_OR_NO),
        (
            "scale: {1: Low, 2: High}, higher_means: more",
            {"options": ("1", "2"), "spellings": ("Low", "High"), "titles": {"1": "Low", "2": "High"}},
        ),
        ("number: {min: 0, max: 9, unit: mm}", {"min": 0.0, "max": 9.0, "unit": "mm"}),
        ("number: ", {}),
        ("text: {max_length: 80}", {"max_length": 80}),
        ("text: ", {"max_length": 500}),
    ],
)
def test_every_kind_of_answer_has_its_range(answer: str, expected: dict[str, object]) -> None:
    (check,) = checks(f"attributes:\n  q: {{title: Q, of: lesion, {answer}}}\n", "attribute-in-range")
    assert parameters(check) == {"attribute": "q", "title": "Q", "classes": ("lesion",), **expected}
    assert check.heading == "Lesion › Q"


@pytest.mark.parametrize(
    ("answer", "asked"),
    [("choose_one: {a: A, b: B}", 1), ("choose_many: {a: A, b: B}", 0), ("text: ", 0)],
)
def test_only_questions_with_one_answer_must_have_one(answer: str, asked: int) -> None:
    assert len(checks(f"attributes:\n  q: {{title: Q, of: image, {answer}}}\n", "choose-one")) == asked


@pytest.mark.parametrize(
    ("required", "expected"),
    [
        ("true", [{"attribute": "q", "title": "Q"}]),
        ("false", []),
        ("{when: {p: 1}}", [{"attribute": "q", "title": "Q", "when": {"p": ("1",)}}]),
    ],
)
def test_required_always_never_and_sometimes(required: str, expected: list[dict[str, object]]) -> None:
    part = (
        "attributes:\n"
        "  p: {title: P, of: image, scale: {1: A, 2: B}, higher_means: more}\n"
        f"  q: {{title: Q, of: image, text: , required: {required}}}\n"
    )
    found = checks(part, "required-attribute")
    assert [parameters(check) for check in found] == expected
    assert all(check.heading == "Image › Q" for check in found)


def test_a_rule_of_a_class_concerns_that_class_at_the_level_the_author_chose() -> None:
    part = (
        "classes:\n"
        "  lesion:\n"
        "    {title: Lesion, definition: d, draw: polygon, rules: {area-limits: {min_mm2: 3, level: note, note: N}}}\n"
    )
    (check,) = checks(part, "area-limits")
    assert (check.heading, check.classes, check.level, check.note) == (
        "Lesion › Size",
        frozenset({"lesion"}),
        "note",
        "N",
    )


def test_a_rule_on_classes_is_given_their_titles() -> None:
    part = (
        "classes:\n"
        "  cyst: {title: Cyst, definition: d, draw: polygon}\n"
        "  mass: {title: Mass, definition: d, draw: polygon}\n"
        "rules: {count-limits: {classes: [cyst, mass], max: 5}}\n"
    )
    (check,) = checks(part, "count-limits")
    assert parameters(check)["title"] == "Cyst or Mass"


def test_the_names_of_a_delivery_are_keys_titles_and_aliases() -> None:
    part = (
        "classes:\n  lesion: {title: Lesion!, definition: d, draw: [polygon, brush], border: outer, aliases: [Spot]}\n"
        "attributes:\n  q: {title: Q, of: lesion, choose_one: {a: A, b: {title: B, aliases: [Z]}}, aliases: [query]}\n"
        "control_aliases: {shape: polygon}\n"
        "images: {keys: {rows: height}}\n"
    )
    names = plan_of(with_part(part)).vocabulary
    assert names.classes["lesion"].labels == ("lesion", "Lesion!", "Spot")
    assert names.classes["lesion"].border == "outer"
    assert names.attributes["q"].controls == ("q", "query")
    assert names.attributes["q"].options == {"a": ("a", "A"), "b": ("b", "B", "Z")}
    assert names.geometry_controls == {"polygon": ("polygon", "shape"), "brush": ("brush",)}
    assert names.image.rows == "height"


CODED = """\
classes:
  lesion: {title: Lesion, definition: d, draw: brush, codes: [{scheme: NCIt, value: C113842, meaning: Lesion}]}
  node: {title: Node, definition: d, draw: brush, codes: [{scheme: SCT, value: '1', meaning: Node}]}
  mass: {title: Mass, definition: d, draw: brush, codes: [{scheme: SCT, value: '1', meaning: Mass}]}
"""


def test_codes_that_mean_one_class_are_labels_where_other_formats_are_taken() -> None:
    at_home = plan_of(with_part(CODED)).vocabulary.classes
    elsewhere = plan_of(with_part(f"{CODED}delivery: {{formats: [label-studio, dicom-seg]}}\n")).vocabulary.classes
    assert at_home["lesion"].labels == ("lesion", "Lesion")
    assert [elsewhere[key].labels for key in ("lesion", "node", "mass")] == [
        ("lesion", "Lesion", "C113842"),
        ("node", "Node"),
        ("mass", "Mass"),
    ]
