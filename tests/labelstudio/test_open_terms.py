"""Answers that follow from questions that are not asked, or were left open: alike in every way of deriving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guidelint.labelstudio.config.abilities import LabelStudio
from guidelint.language.compile.plan import compile_plan
from guidelint.language.enforcement.statements import statements
from guidelint.language.load import load, loaded
from guidelint.rules.catalogue import catalogue
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.case import Case, Drawn

if TYPE_CHECKING:
    from guidelint.annotation.region import Value
    from guidelint.validation.judging.verdict import Verdict

CHEST = """\
guidelint: 1
guideline: chest
version: 0.1.0
title: Chest
summary: Reads a radiograph.
instructions: Look at the chest.
classes:
  nodule: {title: Nodule, definition: A round opacity., draw: brush, border: inner}
attributes:
  view: {title: View, of: image, choose_one: {pa: PA, lateral: Lateral}, required: true}
  ribs:
    title: Posterior ribs
    of: image
    number: {min: 0, max: 12, step: 1}
    required: {when: {view: pa}}
    forbidden: {when: {view: lateral}}
  rotated: {title: Rotated, of: image, choose_one: {yes: {title: Yes, points: 1}, no: {title: No, points: 0}}}
  inspiration:
    title: Inspiration
    of: image
    choose_one: {good: Good, poor: Poor}
    derive: {HOW, entered: never}
  quality:
    title: Quality
    of: image
    choose_one: {fine: Fine, bad: Bad}
    derive:
      table: {rows: inspiration, columns: view, cells: {good: {pa: fine, lateral: fine}, poor: {pa: bad, lateral: bad}}}
      entered: never
escalation:
  routes: {boss: {who: Radiologist}}
  when: {poor: {answer-escalates: {attribute: inspiration, values: [poor]}, to: boss}}
empty_reading: {means: nothing}
"""
SUM = "sum: ribs, bands: {poor: {below: 9}, good: {at_least: 9}}"
CRITERIA = "first_of: {good: {number: {ribs: {at_least: 9}}}, poor: otherwise}"
BOTH_CRITERIA = (
    "first_of: {good: {number: {ribs: {at_least: 9}}, answer: {rotated: no}}, poor: {number: {ribs: {at_least: 0}}}}"
)


def judged(how: str, **answers: Value) -> Verdict:
    """Judge a nodule beside these answers, by the plan as a vendor reads it."""
    guideline = load(CHEST.replace("HOW", how))
    plan = Plan.from_json(compile_plan(guideline, catalogue()).to_json(), catalogue())
    case = Case("chest", {}, Drawn(text="##\n##", class_name="nodule"), answers=dict(answers))
    (submission,) = submissions_of(case)
    return judge(plan, submission)


def told(verdict: Verdict) -> dict[str, object]:
    """Give what follows, by question."""
    return {str(one.evidence["attribute"]): one.evidence["value"] for one in verdict.derived}


@pytest.mark.parametrize("how", [SUM, CRITERIA])
def test_from_a_question_that_is_not_asked_nothing_follows_nor_escalates(how: str) -> None:
    found = judged(how, view="lateral")
    assert (told(found), found.decision, found.escalations) == ({}, "accepted", ())
    assert told(judged(how, view="pa", ribs=8.0)) == {"inspiration": "poor", "quality": "bad"}


@pytest.mark.parametrize("how", [SUM, CRITERIA])
def test_an_answer_that_must_not_be_there_counts_as_none(how: str) -> None:
    found = judged(how, view="lateral", ribs=8.0)
    assert (told(found), found.decision, found.escalations) == ({}, "returned", ())
    assert [finding.clause for finding in found.to_change] == ["attributes.ribs.forbidden"]


def test_a_question_that_may_be_left_open_and_was_leaves_open_what_depends_on_it() -> None:
    open_, decided = judged(BOTH_CRITERIA, view="pa", ribs=9.0), judged(BOTH_CRITERIA, view="pa", ribs=8.0)
    assert (told(open_), open_.decision) == ({}, "accepted")
    assert told(decided) == {"inspiration": "poor", "quality": "bad"}


@pytest.mark.parametrize("how", [SUM, CRITERIA])
def test_where_an_answer_is_missing_that_must_be_there_it_cannot_be_evaluated(how: str) -> None:
    found = judged(how, view="pa")
    assert told(found) == {}
    assert "“Posterior ribs”, which is missing" in found.not_checked[0].message


def test_the_report_names_the_rule_by_which_this_answer_follows() -> None:
    read = loaded(CHEST.replace("HOW", SUM))
    (found,) = (one for one in statements(read, catalogue(), LabelStudio()) if one.path[1:] == ("quality", "derive"))
    assert [answer.by for answer in found.answers] == ["derived-answer"]
