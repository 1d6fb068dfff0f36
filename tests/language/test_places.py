"""Places of a guideline are said as people find them: by headings, never by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guidelint.language.compile.plan import compile_plan
from guidelint.language.form.places.clauses import clause_of_all
from guidelint.language.form.places.places import heading
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import node_at
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline

GUIDELINE = """\
title: Findings of the chest
classes:
  kx-1:
    {title: Mass, definition: d, draw: polygon, count: {max: 3}, rules: {simple-outline: , area-limits: {min_px: 4}}}
  kx-2: {title: Nodule, definition: d, draw: polygon, rules: {clean-vertices: {level: error}}}
  kx-3: {title: Effusion, definition: d, draw: brush}
attributes:
  kx-4: {title: Malignancy, of: kx-1, scale: {1: Unlikely, 2: Likely}, higher_means: worse, required: true}
  kx-5: {title: Margin, of: [kx-1, kx-2], choose_one: {kx-6: Sharp, kx-7: Blurred}, required: true}
  kx-8: {title: Confidence, of: [kx-1, kx-2, kx-3], choose_one: {kx-9: Sure, kx-10: Unsure}, required: true}
  kx-11: {title: Quality, of: image, choose_one: {kx-12: Good, kx-13: Poor}, required: true}
rules:
  answer-matches-regions: {attribute: kx-11, absent: [kx-13]}
  separate: {pairs: [[kx-1, kx-2], [kx-2, kx-3]]}
  count-limits: {classes: [kx-1, kx-2], max: 5}
relations:
  kx-14: {inside: {child: kx-3, parent: kx-1}}
escalation:
  routes: {kx-15: {who: Thoracic radiologist}}
  when:
    kx-16: {class: kx-1, diameter-limits: {longest_max_mm: 30}, to: kx-15}
    kx-17: {uncertain-escalates: {attribute: kx-8, values: [kx-10]}, to: kx-15}
"""


def guideline() -> Guideline:
    return load(with_part(GUIDELINE))


def test_every_place_is_a_path_of_headings() -> None:
    found = {(check.rule.id(), check.heading) for check in compile_plan(guideline(), catalogue()).checks}
    assert {
        pair for pair in found if pair[1] != "Every submission" and pair[0] not in {"attribute-in-range", "choose-one"}
    } == {
        ("answer-matches-regions", "Image › Quality"),
        ("area-limits", "Mass › Size"),
        ("clean-vertices", "Nodule › Boundary"),
        ("count-limits", "Mass › Count"),
        ("count-limits", "Whole submission › Mass and Nodule"),
        ("diameter-limits", "Escalation › Mass"),
        ("drawn-with-allowed-tool", "Classes › How to draw"),
        ("inside", "Relations › Effusion and Mass"),
        ("known-label", "Classes › Labels"),
        ("required-attribute", "Findings of the chest › Confidence"),
        ("required-attribute", "Image › Quality"),
        ("required-attribute", "Mass or Nodule › Margin"),
        ("required-attribute", "Mass › Malignancy"),
        ("separate", "Whole submission › Separate"),
        ("simple-outline", "Mass › Boundary"),
        ("something-marked-or-said", "When there is nothing to mark"),
        ("uncertain-escalates", "Escalation › Confidence"),
    }


def test_no_place_holds_a_key() -> None:
    assert not [
        check.heading for check in compile_plan(guideline(), catalogue()).checks if "kx" in check.heading.lower()
    ]


CLAUSES = {
    ("answer-matches-regions", "rules.answer-matches-regions"),
    ("area-limits", "classes.kx-1.rules.area-limits"),
    ("attribute-in-range", "attributes.kx-4"),
    ("clean-vertices", "classes.kx-2.rules.clean-vertices"),
    ("clean-vertices", "rules.clean-vertices"),
    ("count-limits", "classes.kx-1.count"),
    ("count-limits", "rules.count-limits"),
    ("diameter-limits", "escalation.when.kx-16.diameter-limits"),
    ("inside", "relations.kx-14.inside"),
    ("required-attribute", "attributes.kx-4.required"),
    ("uncertain-escalates", "escalation.when.kx-17.uncertain-escalates"),
}


def test_a_clause_is_a_path_in_the_guideline() -> None:
    text = with_part(GUIDELINE)
    root = parse(text).root
    assert root is not None
    checks = compile_plan(load(text), catalogue()).checks
    assert {(check.rule.id(), check.clause) for check in checks} >= CLAUSES
    for check in checks:
        written = {clause_of_all(check.rule.id())} if check.rule.always else set[str]()
        assert check.clause in written or node_at(root, tuple(check.clause.split("."))) is not None, check.clause


def test_a_clause_stays_where_the_words_of_it_change() -> None:
    plan = compile_plan(guideline(), catalogue())
    reworded = compile_plan(load(with_part(GUIDELINE.replace("Mass", "Lump"))), catalogue())
    assert [check.clause for check in reworded.checks] == [check.clause for check in plan.checks]
    assert {check.heading for check in reworded.checks} - {check.heading for check in plan.checks} >= {"Lump › Size"}


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ((), ""),
        (("kx-1",), "Mass"),
        (("kx-1", "kx-2"), "Mass or Nodule"),
        (("kx-1", "kx-2", "kx-3"), "Findings of the chest"),
    ],
)
def test_many_classes_have_one_short_heading(classes: tuple[str, ...], expected: str) -> None:
    assert heading(classes, guideline()) == expected
