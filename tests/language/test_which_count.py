"""`where` and `take` beside what is measured: what cannot be meant is refused, and what is meant stands in the plan."""

from __future__ import annotations

import pytest
from tests.labelstudio.test_told_of_several import read_by_annotators
from tests.language.mistakes import problems

from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Plan

WRITTEN = """\
classes:
  node: {title: Node, definition: A place., draw: polygon}
  spot: {title: Spot, definition: A place., draw: keypoint}
attributes:
  sure: {title: Sure, of: node, choose_one: {yes: Yes, no: No}, required: true}
  axis: {title: Axis, of: node, number: {min: 0, max: 50, unit: mm}, required: true}
  number: {title: Number, of: %s, number: {min: 0, max: 60, unit: mm}, derive: {entered: never, %s}}
"""


@pytest.mark.parametrize(
    ("of", "derive", "expected"),
    [
        ("study", "measured: {short-axis: node}, take: largest, where: {answer: {sure: yes}}", []),
        ("image", "sum: axis, take: smallest", []),
        ("study", "measured: {count: node}, take: largest", ["wrong-value"]),
        ("study", "sum: axis, where: {answer: {sure: yes}}", ["wrong-value"]),
        ("image", "points: sure, take: largest", ["wrong-value"]),
        ("study", "measured: {area: spot}, where: {answer: {sure: yes}}", ["criteria-of-others"]),
        ("image", "measured: {count: spot}, where: {not: {size: {area_px: {above: 3}}}}", ["criteria-of-others"]),
        ("image", "measured: {count: node}, where: {answer: {sur: yes}}", ["unknown-question"]),
    ],
)
def test_what_cannot_be_meant_is_told(of: str, derive: str, expected: list[str]) -> None:
    found = [one.code for one in problems(with_part(WRITTEN % (of, derive)))]
    assert [code for code in found if code != "follows-in-another-way"] == expected


def test_a_plan_says_which_count_and_is_read_back() -> None:
    where = "where: {size: {short_axis_mm: {at_least: 10}}, not: {answer: {sure: no}}}"
    text = with_part(WRITTEN % ("study", f"measured: {{short-axis: node}}, take: largest, {where}"))
    plan = compile_plan(load(text), catalogue())
    assert Plan.from_json(plan.to_json(), catalogue()) == plan
    (told,) = (one.rule for one in plan.checks if one.rule.id() == "derived-from-all")
    kept = told.model_dump(mode="json")["derivation"]
    assert kept["which"] == {"size": {"short_axis_mm": {"at_least": 10.0}}, "not": {"answer": {"sure": ["no"]}}}
    assert (kept["take"], [one["question"] for one in kept["asked"]]) == ("largest", ["sure"])


def test_annotators_read_which_is_taken_of_which() -> None:
    where = "where: {size: {short_axis_mm: {at_least: 10}}}"
    text = with_part(WRITTEN % ("study", f"measured: {{short-axis: node}}, take: largest, {where}"))
    assert (
        "the largest among the short axis of every Node, of those of which its short axis is at least 10"
        in read_by_annotators(text)
    )
