"""Conditions in a guideline: read, completed, told to annotators, and their mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from tests.language.mistakes import problems

from guidelint.labelstudio.instructions.rules import rules
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import plain
from guidelint.rules.catalogue import catalogue
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.names import plain as without_marks

if TYPE_CHECKING:
    from guidelint.validation.judging.verdict import Verdict

THYROID = Path(__file__).with_name("thyroid.yaml").read_text("utf-8")
GUIDELINE = load(THYROID)
PLAN = compile_plan(GUIDELINE, catalogue())
SCHEMA = guideline_schema(catalogue())


def verdict(width: int, **answers: Any) -> Verdict:
    nodule = Drawn(text="\n".join(["#" * width] * 3), class_name="nodule", answers=answers)
    (submission,) = submissions_of(Case("nodule", {}, (nodule,)))
    return judge(PLAN, submission)


def clauses(found: Verdict) -> list[str]:
    ours = ("diameter-limits",)
    return [finding.clause for finding in found.findings if finding.rule in ours and finding.outcome == "departs"]


@pytest.mark.parametrize(
    ("width", "level", "expected"),
    [
        (3, "tr5", ["classes.nodule.rules.tr5-size"]),
        (8, "tr5", []),
        (8, "tr4", ["classes.nodule.rules.tr4-size"]),
        (12, "tr4", []),
        (3, "tr3", []),
    ],
)
def test_each_level_has_its_own_size(width: int, level: str, expected: list[str]) -> None:
    assert clauses(verdict(width, level=level)) == expected


def test_two_things_at_once_escalate_and_one_alone_does_not() -> None:
    both = verdict(24, level="tr5", suspicion=3.0)
    assert [one.escalates_to for one in both.findings if one.rule == "diameter-limits"] == ["aspiration"]
    assert clauses(verdict(24, level="tr5", suspicion=2.0)) == []
    assert clauses(verdict(15, level="tr5", suspicion=3.0)) == []
    assert clauses(verdict(24, level="tr3", suspicion=3.0)) == []


def test_a_required_answer_that_is_missing_cannot_be_told_and_an_optional_one_does_not_hold() -> None:
    found = verdict(24, suspicion=3.0)
    assert "cannot-evaluate" in [one.outcome for one in found.findings]
    assert found.decision != "accepted"
    assert clauses(verdict(24, level="tr5")) == []


def test_annotators_read_the_condition_before_what_is_asked_and_both_parts_of_an_escalation() -> None:
    told = [without_marks(one.words).replace("\N{NO-BREAK SPACE}", " ") for one in rules(GUIDELINE)]
    size = "the longest diameter of every Nodule, each region by itself, is at least"
    assert [words for words in told if words.startswith("If TI-RADS")] == [
        f"If TI-RADS level is TR5: {size} 5 mm. This is pointed out; the work is not returned.",
        f"If TI-RADS level is TR4: {size} 10 mm. This is pointed out; the work is not returned.",
    ]
    (escalated,) = [words for words in told if "Interventional" in words]
    assert escalated == (
        "If the longest diameter of any Nodule, each region by itself, is over 20 mm, and TI-RADS level is TR4 or TR5"
        " and Suspicion is at least 3: Interventional radiologist, within 72 hours."
    )


def test_annotators_read_what_is_not() -> None:
    lines = {
        "{not: {marked: nodule}}": "If no Nodule is marked: ",
        "{marked: nodule, not: {answer: {level: tr4}}}": (
            "If any Nodule is marked and it is not so that TI-RADS level is TR4: "
        ),
    }
    for when, expected in lines.items():
        guideline = load(THYROID.replace("{answer: {level: tr4}}", when, 1))
        told = [without_marks(one.words).replace("\N{NO-BREAK SPACE}", " ") for one in rules(guideline)]
        assert any(words.startswith(expected) for words in told), told


def test_the_schema_knows_conditions() -> None:
    assert refusals(THYROID) == []
    assert refusals(THYROID.replace("when: {answer:", "when: {answr:", 1))
    assert refusals(THYROID.replace("{at_least: 3}", "{at_leas: 3}", 1))


WRONG = {
    "an unknown option": (
        "level: tr4}",
        "level: tr44}",
        ("unknown-option", "`tr44` is not", "tr4"),
    ),
    "an unknown question": (
        "{level: tr4}",
        "{levle: tr4}",
        ("unknown-question", "`levle`", "`level`"),
    ),
    "an unknown key": (
        "when: {answer: {level: tr4",
        "when: {answr: {level: tr4",
        ("unknown-key", "answr", "answer"),
    ),
    "a number of a choice": (
        "number: {suspicion:",
        "number: {level:",
        ("wrong-question", "`level`", "scale"),
    ),
    "no limit": ("{at_least: 3}", "{}", ("wrong-value", "give `at_least`", "guidelint explain diameter-limits")),
    "limits that cross": ("{at_least: 3}", "{at_least: 3, below: 3}", ("wrong-value", "must lie above", "explain")),
    "nothing": ("{answer: {level: tr4}}", "{}", ("wrong-value", "say what it depends on", "explain")),
    "another source": ("{answer: {level: tr4}}", "{source: hand}", ("unknown-value", "`hand`", "manual")),
    "another modality": (
        "{answer: {level: tr4}}",
        "{image: {modality: mri}}",
        ("unknown-modality", "`mri` is no modality", "Write `MR`."),
    ),
    "behind not": (
        "{answer: {level: tr4}}",
        "{not: {marked: nodul}}",
        ("unknown-class", "`nodul` is not a class", "nodule"),
    ),
    "inside alternatives": (
        "{answer: {level: tr4}}",
        "{any_of: [{answer: {level: tr9}}, {source: manual}]}",
        ("unknown-option", "`tr9` is not an option of `level`", ""),
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_a_condition_is_told_once_where_it_stands(old: str, new: str, told: tuple[str, str, str]) -> None:
    text = THYROID.replace(old, new, 1)
    (problem,) = problems(text)
    code, cause, remedy = told
    assert (problem.code, problem.line) == (code, 1 + text[: text.index(new)].count("\n"))
    assert cause in problem.message
    assert remedy in problem.help


def test_a_rule_that_every_guideline_has_takes_no_condition() -> None:
    (problem,) = problems(f"{THYROID}rules: {{inside-image: {{tolerance_px: 3, when: {{source: manual}}}}}}\n")
    assert (problem.code, problem.message) == ("unknown-key", "`inside-image` has no key `when`")


def refusals(text: str) -> list[str]:
    root = parse(text).root
    assert root is not None
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(as_json(plain(root)))]


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, tuple) else value
