"""`not` in the criteria of an answer: kept in plans, and gone by where options are compared."""

from __future__ import annotations

import pytest
from tests.language.mistakes import problems

from guidelint.language.reference.problem_explanations import with_part
from guidelint.validation.criteria.criteria import Criteria, Way

WRITTEN = """\
classes: {cyst: {title: Cyst, definition: A place., draw: polygon}, node: {title: Node, definition: A., draw: polygon}}
attributes:
  side: {title: Side, of: image, choose_one: {left: Left, right: Right, both: Both}, required: true}
  grade:
    title: Grade
    of: image
    choose_one: {a: A, b: B, c: C}
    derive: {entered: never, first_of: {a: %s, b: %s, c: otherwise}}
"""
NEVER = ["option-never-reached"]


def test_a_plan_keeps_what_must_not_be_so() -> None:
    given = {"not": {"count": {"cyst": {"at_least": 2, "where": {"not": {"answer": {"sure": ["no"]}}}}}}}
    way = Way(option="a", criteria=Criteria.model_validate(given))
    assert way.model_dump(mode="json") == {"option": "a", "criteria": given}
    assert Way.model_validate_json(way.model_dump_json()) == way


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("{answer: {side: left}}", "{not: {answer: {side: left}}}", []),
        ("{not: {answer: {side: left}}}", "{answer: {side: both}}", NEVER),
        ("{not: {answer: {side: [left, right, both]}}}", "{marked: cyst}", NEVER),
        ("{marked: cyst, not: {marked: [cyst, node]}}", "{marked: cyst}", NEVER),
        ("{not: {count: {cyst: {at_least: 1}}}}", "{not: {marked: cyst}}", NEVER),
        ("{not: {any_of: [{marked: cyst}, {marked: node}]}}", "{not: {marked: node}}", []),
        ("{not: {not: {marked: cyst}}}", "{marked: cyst}", NEVER),
        ("{not: {count: {cyst: {at_least: 1, where: {size: {longest_mm: {above: 3}}}}}}}", "{marked: cyst}", []),
        ("{not: {size: {longest_mm: {above: 3}}}}", "{marked: cyst}", ["criteria-of-others"]),
    ],
)
def test_options_are_compared_through_not(first: str, second: str, expected: list[str]) -> None:
    found = [one.code for one in problems(with_part(WRITTEN % (first, second)))]
    assert [code for code in found if code in {*NEVER, "criteria-of-others"}] == expected
