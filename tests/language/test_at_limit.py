"""What measures exactly a limit: as a guideline says it, as it is told, and what contradicts it."""

from __future__ import annotations

import pytest
from tests.language.mistakes import problems

from guidelint.geometry.spacing import Spacing
from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.case import Case, Drawn

PARTS = """\
classes:
  mass:
    title: {title}
    definition: A place.
    draw: [polygon, brush]
    rules: {{{rules}}}
attributes:
  age: {{title: Age, of: image, number: {{min: 0, max: 120, unit: years}}}}
escalation:
  routes: {{senior: {{who: Senior reader}}}}
  when:
    one: {{class: mass, {criterion}, to: senior}}
"""


ANY = "area-limits: {max_mm2: 900}"


def text_of(rules: str, criterion: str = ANY, title: str = "Mass") -> str:
    return with_part(PARTS.format(rules=rules, criterion=criterion, title=title))


def codes(rules: str, criterion: str = ANY, title: str = "Mass") -> list[str]:
    return [one.code for one in problems(text_of(rules, criterion, title)) if one.level != "note"]


def plan_of(rules: str, criterion: str = ANY) -> Plan:
    return compile_plan(load(text_of(rules, criterion)), catalogue())


OPEN = "at_limit: departs"
CONDITIONAL = (
    "one: {{rule: area-limits, max_mm2: 9, when: {{source: manual}}}}, "
    "other: {{rule: area-limits, min_mm2: 9{}, when: {{size: {{longest_mm: {{below: 9}}}}}}}}"
)
FIVE_MM = Drawn(text="####\n####\n####", class_name="mass")


@pytest.mark.parametrize(
    ("limit", "decision"),
    [
        ("longest_max_mm: 5", "accepted"),
        ("longest_max_mm: 5, at_limit: kept", "accepted"),
        (f"longest_max_mm: 5, {OPEN}", "escalated"),
        (f"longest_max_mm: 5.001, {OPEN}", "accepted"),
        (f"longest_max_mm: 4.999, {OPEN}", "escalated"),
    ],
)
def test_from_a_size_on_work_escalates_that_is_exactly_of_it(limit: str, decision: str) -> None:
    plan = plan_of("simple-outline: {}", f"diameter-limits: {{{limit}, of: region}}")
    (one,) = submissions_of(Case("", {}, FIVE_MM, spacing=Spacing(1.0, 1.0)))
    assert judge(plan, one).decision == decision


def test_instructions_say_on_which_side_the_limit_itself_lies() -> None:
    criterion = f"diameter-limits: {{longest_max_mm: 15, of: region, {OPEN}}}"
    guideline = load(text_of(f"diameter-limits: {{longest_min_mm: 3, of: region, {OPEN}}}", criterion))
    html = instructions(guideline).replace("\N{NO-BREAK SPACE}", " ")
    assert "is more than 3 mm" in html
    assert "is at least 15 mm" in html


def test_plans_are_the_same_where_it_is_not_said_or_said_as_usual() -> None:
    silent, usual, other = (
        plan_of(f"area-limits: {{max_mm2: 90{more}}}") for more in ("", ", at_limit: kept", f", {OPEN}")
    )
    assert silent.digest == usual.digest != other.digest
    assert "at_limit" not in silent.to_json()
    assert Plan.from_json(other.to_json(), catalogue()) == other


@pytest.mark.parametrize(
    ("rules", "criterion", "found"),
    [
        (f"area-limits: {{min_px: 4, max_px: 4, {OPEN}}}", None, ["empty-range"]),
        ("area-limits: {min_px: 4, max_px: 4}", None, []),
        (f"diameter-limits: {{longest_max_mm: 9, short_axis_min_mm: 9, {OPEN}}}", None, ["empty-range"]),
        ("diameter-limits: {longest_max_mm: 9, short_axis_min_mm: 9}", None, []),
        ("diameter-limits: {longest_max_mm: 9}", "diameter-limits: {longest_max_mm: 9}", ["returned-before"]),
        ("diameter-limits: {longest_max_mm: 9}", f"diameter-limits: {{longest_max_mm: 9, {OPEN}}}", []),
        (
            f"diameter-limits: {{longest_max_mm: 9, {OPEN}}}",
            "diameter-limits: {longest_max_mm: 9}",
            ["returned-before"],
        ),
        ("diameter-limits: {longest_max_mm: 9}", "diameter-limits: {longest_min_mm: 9}", []),
        (
            "diameter-limits: {longest_max_mm: 9}",
            f"diameter-limits: {{longest_min_mm: 9, {OPEN}}}",
            ["everything-escalates"],
        ),
        ("area-limits: {min_mm2: 0}", None, ["limit-without-effect"]),
        ("area-limits: {}", None, ["rule-without-limit"]),
        (f"area-limits: {{{OPEN}}}", None, ["rule-without-limit"]),
        (
            f"diameter-limits: {{longest_min_mm: 9}}, other: {{rule: diameter-limits, longest_min_mm: 9, {OPEN}}}",
            None,
            ["limit-already-stricter"],
        ),
        (
            CONDITIONAL.format(f", {OPEN}"),
            None,
            ["contradicting-uses"],
        ),
        (
            CONDITIONAL.format(""),
            None,
            [],
        ),
        (
            "simple-outline: {}",
            f"diameter-limits: {{longest_max_mm: 9, {OPEN}, when: {{size: {{longest_mm: {{at_most: 9}}}}}}}}",
            [],
        ),
        (
            "simple-outline: {}",
            "diameter-limits: {longest_max_mm: 9, when: {size: {longest_mm: {at_most: 9}}}}",
            ["nothing-departs"],
        ),
    ],
)
def test_limits_that_contradict_each_other_are_told_by_their_ends(
    rules: str, criterion: str | None, found: list[str]
) -> None:
    assert codes(rules, criterion or ANY) == found


@pytest.mark.parametrize(
    ("title", "limit", "found"),
    [
        ("Mass ≥ 30 mm", "longest_min_mm: 30", []),
        ("Mass ≥ 30 mm", f"longest_min_mm: 30, {OPEN}", ["title-contradicts-limit"]),
        ("Mass > 30 mm", f"longest_min_mm: 30, {OPEN}", []),
        ("Mass > 30 mm", "longest_max_mm: 30", ["title-contradicts-limit"]),
        ("Mass ≥ 30 mm", "longest_max_mm: 30", []),
        ("Mass ≥ 30 mm", f"longest_max_mm: 30, {OPEN}", ["title-contradicts-limit"]),
    ],
)
def test_a_title_promises_the_limit_itself_or_not(title: str, limit: str, found: list[str]) -> None:
    assert codes(f"diameter-limits: {{{limit}}}", title=title) == found


@pytest.mark.parametrize(
    ("end", "found"), [("longest_max_mm: 3", []), (f"longest_max_mm: 3, {OPEN}", ["band-never-reached"])]
)
def test_a_band_from_a_size_on_is_left_that_size_or_nothing(end: str, found: list[str]) -> None:
    bands = "geometry-by-size: {bands: [{below_mm: 3, tools: [brush]}, {tools: [polygon]}]}"
    told = codes(f"diameter-limits: {{{end}}}, {bands}")
    assert [code for code in told if code == "band-never-reached"] == found


def test_a_number_from_a_limit_on_escalates() -> None:
    criterion = f"attribute-in-range: {{attribute: age, max: 18, {OPEN}}}"
    text = text_of("simple-outline: {}", criterion).replace("class: mass, ", "")
    plan = compile_plan(load(text), catalogue())

    def decided(age: float) -> str:
        (one,) = submissions_of(Case("", {}, "", answers={"age": age}))
        return judge(plan, one).decision

    assert [decided(age) for age in (17.9, 18.0, 19.0)] == ["accepted", "escalated", "escalated"]
