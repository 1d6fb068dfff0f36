"""One rule several times: uses with names of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from tests.language.mistakes import problems

from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.labelstudio.instructions.rules import rules
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import plain
from guidelint.rules.catalogue import catalogue
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.case import Case, Drawn

if TYPE_CHECKING:
    from guidelint.language.text.problem import Problem

CLASS = """\
classes:
  lesion:
    title: Lesion
    definition: Whatever looks different.
    draw: polygon
    rules:
"""
TWICE = """\
      hint: {rule: diameter-limits, of: region, longest_min_mm: 4, level: warning}
      limit: {rule: diameter-limits, of: region, longest_min_mm: 3}
"""
SCHEMA = guideline_schema(catalogue())


def of_class(uses: str) -> str:
    return with_part(CLASS + uses)


def problem_of(use: str) -> Problem:
    (problem,) = problems(of_class(f"      {use}\n"))
    return problem


def test_a_rule_stands_as_often_as_it_has_names() -> None:
    guideline = load(of_class(f"{TWICE}      diameter-limits: {{of: region, longest_max_mm: 90}}\n"))
    checks = [check for check in compile_plan(guideline, catalogue()).checks if check.rule.id() == "diameter-limits"]
    assert sorted((check.name, check.clause, check.level) for check in checks) == [
        ("", "classes.lesion.rules.diameter-limits", "error"),
        ("hint", "classes.lesion.rules.hint", "warning"),
        ("limit", "classes.lesion.rules.limit", "error"),
    ]


APART = """\
classes:
  lesion:
    title: Lesion
    definition: Whatever looks different.
    draw: polygon
    rules:
      diameter-limits: {of: region, longest_max_mm: 90}
      tr4-size: {rule: diameter-limits, of: region, longest_min_mm: 15, when: {answer: {level: tr4}}}
      tr5-size: {rule: diameter-limits, of: region, longest_min_mm: 10, when: {answer: {level: tr5}}}
      area-limits: {min_mm2: 1, when: {source: prediction}}
attributes:
  level: {title: TI-RADS level, of: lesion, choose_one: {tr4: TR4, tr5: TR5}, required: true}
  quality: {title: Quality, of: image, choose_one: {good: Good, poor: Poor}}
rules:
  few: {rule: count-limits, classes: [lesion], max: 3}
  some: {rule: count-limits, classes: [lesion], max: 2, level: warning}
  never-poor: {rule: answer-escalates, attribute: quality, values: [poor], level: warning}
escalation:
  routes: {senior: {who: Senior reader}}
  when:
    large: {class: lesion, diameter-limits: {of: region, longest_max_mm: 50, when: {source: manual}}, to: senior}
    larger: {class: lesion, diameter-limits: {of: region, longest_max_mm: 60}, to: senior}
"""
PLACES = {
    "classes.lesion.rules.diameter-limits": "Lesion › Size",
    "classes.lesion.rules.tr4-size": "Lesion › Tr4 size (if TI-RADS level is TR4)",
    "classes.lesion.rules.tr5-size": "Lesion › Tr5 size (if TI-RADS level is TR5)",
    "classes.lesion.rules.area-limits": "Lesion › Size (if it is an unchanged suggestion)",
    "rules.few": "Whole submission › Few",
    "rules.some": "Whole submission › Some",
    "rules.never-poor": "Image › Quality: Never poor",
    "escalation.when.large.diameter-limits": "Escalation › Lesion (if it is drawn by hand)",
    "escalation.when.larger.diameter-limits": "Escalation › Lesion",
}


def test_uses_of_one_rule_are_told_apart_by_name_and_condition() -> None:
    guideline = load(with_part(APART))
    checks = compile_plan(guideline, catalogue()).checks
    assert {check.clause: check.heading for check in checks if check.clause in PLACES} == PLACES


def test_annotators_find_each_use_where_its_findings_say_that_it_stands() -> None:
    told = {one.place for one in rules(load(with_part(APART)))}
    assert told >= {*PLACES.values()}
    page = instructions(load(with_part(APART)))
    assert all(place.partition(" › ")[2] in page for place in PLACES.values())


def test_a_finding_says_which_use_it_departs_from() -> None:
    plan = compile_plan(load(with_part(APART)), catalogue())
    lesion = Drawn(text="##", class_name="lesion", answers={"level": "tr4"})
    (submission,) = submissions_of(Case("small", {}, (lesion,)))
    found = [one.asked_at for one in judge(plan, submission).findings if one.rule == "diameter-limits"]
    assert found == [PLACES["classes.lesion.rules.tr4-size"]]


def test_names_stand_at_the_whole_guideline_and_in_the_parts_of_scopes_too() -> None:
    part = """\
rules:
  few: {rule: count-limits, classes: [lesion], max: 3}
  some: {rule: count-limits, classes: [lesion], max: 2, level: warning}
readers:
  rules:
    two: {rule: enough-readers, min: 2}
"""
    checks = compile_plan(load(with_part(part)), catalogue()).checks
    named = {check.name: check.clause for check in checks if check.name}
    assert named == {"few": "rules.few", "some": "rules.some", "two": "readers.rules.two"}


def test_a_use_under_the_id_of_its_rule_may_say_so() -> None:
    checks = compile_plan(load(of_class("      area-limits: {rule: area-limits, min_mm2: 3}\n")), catalogue()).checks
    assert [check.name for check in checks if check.rule.id() == "area-limits"] == [""]


def test_two_uses_find_two_things_with_ids_of_their_own_and_survive_the_plan_file() -> None:
    plan = compile_plan(load(of_class(TWICE)), catalogue())
    (submission,) = submissions_of(Case("small", {}, (Drawn(text="##", class_name="lesion"),)))
    plan = Plan.from_json(plan.to_json(), catalogue())
    found = [one for one in judge(plan, submission).findings if one.rule == "diameter-limits"]
    assert [(one.level, one.clause) for one in found] == [
        ("warning", "classes.lesion.rules.hint"),
        ("error", "classes.lesion.rules.limit"),
    ]
    assert len({one.id for one in found}) == len(found)


WRONG = {
    "a rule that is none": (
        "small: {rule: diameter-limts, longest_min_mm: 15}",
        ("unknown-rule", "there is no rule `diameter-limts`", "Did you mean `diameter-limits`?"),
    ),
    "no rule at all": (
        "small: {longest_min_mm: 15}",
        ("unknown-rule", "there is no rule `small`", "add `rule:` with the rule's id beneath it"),
    ),
    "an empty rule": (
        "small: {rule: , longest_min_mm: 15}",
        ("unknown-rule", "`small` does not say which rule it uses", "There are:"),
    ),
    "a rule of another scope": (
        "few: {rule: count-limits, max: 3}",
        ("rule-elsewhere", "`count-limits` judges", "Write it under the guideline's own `rules:`"),
    ),
    "a rule that every guideline has": (
        "near: {rule: inside-image, tolerance_px: 3}",
        (
            "rule-elsewhere",
            "`inside-image` is judged under every guideline",
            "Write `inside-image:` in place of `near:`",
        ),
    ),
    "the id of another rule": (
        "area-limits: {rule: diameter-limits, longest_min_mm: 15}",
        ("bad-name", "`area-limits` is the id of a rule", "write `diameter-limits:` in place of `area-limits:`"),
    ),
    "the id of a rule of another scope": (
        "inside: {rule: diameter-limits, longest_min_mm: 15}",
        ("bad-name", "`inside` is the id of a rule", "Give the use a name of its own"),
    ),
    "no name": (
        "Size_1: {rule: diameter-limits, longest_min_mm: 15}",
        ("bad-name", "`Size_1` is not a name", "Write `size-1`"),
    ),
    "a parameter that is none": (
        "small: {rule: diameter-limits, longest_mn_mm: 15}",
        ("unknown-key", "`small` has no key `longest_mn_mm`", "Did you mean `longest_min_mm`?"),
    ),
    "a value that is none": (
        "small: {rule: diameter-limits, longest_min_mm: big}",
        ("wrong-type", "`longest_min_mm` wants a number", "Write it in digits"),
    ),
    "no limit": (
        "small: {rule: diameter-limits}",
        ("rule-without-limit", "`diameter-limits` is given no limit", "Give it one of"),
    ),
}


@pytest.mark.parametrize(("use", "told"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_a_use_is_told_once_where_it_stands(use: str, told: tuple[str, str, str]) -> None:
    problem = problem_of(use)
    code, cause, remedy = told
    assert (problem.code, problem.line) == (code, len(of_class("").splitlines()) + 1)
    assert cause in problem.message
    assert remedy in problem.help


@pytest.mark.parametrize("use", [use for use, told in WRONG.values() if told[0] != "rule-without-limit"])
def test_the_schema_refuses_what_has_the_wrong_shape(use: str) -> None:
    assert refusals(of_class(f"      {use}\n"))


def test_the_schema_accepts_names() -> None:
    assert refusals(of_class(TWICE)) == []


def refusals(text: str) -> list[str]:
    root = parse(text).root
    assert root is not None
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(as_json(plain(root)))]


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, tuple) else value
