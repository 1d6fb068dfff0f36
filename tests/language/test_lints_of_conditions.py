"""Conditions that nothing meets, that everything meets, that exclude each other, or that nobody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.mistakes import problems

from guidelint.language.compile.plan import compile_plan
from guidelint.language.lint.numbers.interval import Interval, interval_of
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.condition import Between

if TYPE_CHECKING:
    from guidelint.language.text.problem import Problem

PARTS = """\
images: {{modality: [CT, MR], pixel_spacing: {{max_mm: 1}}, time_points: [baseline, week-8]}}
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: [polygon, brush]
    rules:
{rules}
  vessel: {{title: Vessel, definition: A tube., draw: polygon}}
attributes:
  level: {{title: Level, of: lesion, choose_one: {{low: Low, high: High}}, required: true}}
  open: {{title: Open, of: lesion, choose_one: {{a: A, b: B}}}}
  several: {{title: Several, of: lesion, choose_many: {{a: A, b: B}}}}
  score: {{title: Score, of: lesion, scale: {{1: One, 2: Two, 3: Three}}, higher_means: more, required: true}}
  size: {{title: Size, of: lesion, number: {{min: 1, max: 9}}, required: true}}
  tube: {{title: Tube, of: vessel, choose_one: {{thin: Thin, wide: Wide}}, required: true}}
  bore: {{title: Bore, of: vessel, number: {{min: 0, max: 9}}, required: true}}
  quality: {{title: Quality, of: image, choose_one: {{good: Good, poor: Poor}}, required: true}}
escalation:
  routes: {{senior: {{who: Senior reader}}}}
  when:
    any: {{class: lesion, {criterion}, to: senior}}
"""
SOME = "answer-escalates: {attribute: level, values: [high]}"
NEVER, ALWAYS = "when-never-holds", "when-always-holds"


def told(*uses: str, criterion: str = SOME, **more: str) -> tuple[Problem, ...]:
    rules = "\n".join(f"      {use}" for use in uses or ("area-limits: {min_mm2: 1}",))
    text = with_part(PARTS.format(rules=rules, criterion=criterion) + "".join(f"{k}: {v}\n" for k, v in more.items()))
    return problems(text)


def codes(*uses: str, criterion: str = SOME, **more: str) -> list[str]:
    return [problem.code for problem in told(*uses, criterion=criterion, **more)]


def under(when: str) -> list[str]:
    return codes(f"area-limits: {{min_mm2: 1, when: {when}}}")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{image: {modality: CT}}", []),
        ("{image: {modality: US}}", [NEVER]),
        ("{image: {modality: [US, CT]}}", []),
        ("{image: {modality: [CT, MR]}}", [ALWAYS]),
        ("{image: {pixel_spacing_mm: {above: 1}}}", [NEVER]),
        ("{image: {pixel_spacing_mm: {at_least: 1}}}", []),
        ("{image: {pixel_spacing_mm: {at_most: 1}}}", [ALWAYS]),
        ("{image: {slice_thickness_mm: {below: 0}}}", [NEVER]),
        ("{image: {slice_thickness_mm: {at_most: 0}}}", [NEVER]),
        ("{image: {rows: {above: 0}}}", [ALWAYS]),
        ("{image: {time_point: baseline}}", []),
        ("{image: {time_point: BASELINE}}", []),
        ("{image: {time_point: bl}}", [NEVER]),
        ("{image: {time_point: [baseline, week-8]}}", [ALWAYS]),
        ("{image: {time_point: baseline}, any_of: [{image: {time_point: week-8}}]}", [NEVER]),
        ("{image: {time_point: baseline}, any_of: [{image: {time_point: [Baseline, bl]}}]}", []),
        ("{image: {study_date: {since: 2024-01-01, until: 2024-12-31}}}", []),
        ("{image: {study_date: {since: 2024-01-01}}, any_of: [{image: {study_date: {until: 2023-12-31}}}]}", [NEVER]),
        ("{source: [manual, prediction]}", []),
        ("{source: [manual, prediction, prediction-changed]}", [ALWAYS]),
        ("{answer: {level: low}}", []),
        ("{answer: {level: [low, high]}}", [ALWAYS]),
        ("{answer: {open: [a, b]}}", []),
        ("{answer: {several: [a, b]}}", []),
        ("{number: {score: {at_least: 4}}}", [NEVER]),
        ("{number: {score: {above: 2, below: 3}}}", [NEVER]),
        ("{number: {score: {at_least: 3}}}", []),
        ("{number: {score: {at_least: 1}}}", [ALWAYS]),
        ("{number: {size: {above: 9}}}", [NEVER]),
        ("{number: {size: {at_least: 9}}}", []),
        ("{number: {size: {at_least: 1}}}", [ALWAYS]),
        ("{size: {longest_mm: {below: 5}, short_axis_mm: {at_least: 5}}}", [NEVER]),
        ("{size: {longest_mm: {at_most: 5}, short_axis_mm: {at_least: 5}}}", []),
        ("{size: {longest_px: {below: 5}, short_axis_mm: {at_least: 5}}}", []),
        ("{size: {longest_mm: {above: 0}}}", [ALWAYS]),
        ("{answer: {level: low}, any_of: [{answer: {level: high}}]}", [NEVER]),
        ("{answer: {level: low}, any_of: [{answer: {level: high}}, {source: manual}]}", [NEVER]),
        ("{answer: {several: a}, any_of: [{answer: {several: b}}]}", []),
        ("{any_of: [{answer: {level: low}}, {source: manual}]}", []),
        ("{any_of: [{answer: {level: [low, high]}}, {source: manual}]}", [ALWAYS]),
        ("{answer: {score: 1}, number: {score: {at_least: 2}}}", [NEVER]),
        ("{not: {image: {modality: US}}}", [ALWAYS]),
        ("{not: {image: {modality: CT}}}", []),
        ("{not: {image: {modality: [CT, MR]}}}", [NEVER]),
        ("{image: {modality: CT}, not: {image: {modality: [CT, US]}}}", [NEVER]),
        ("{not: {image: {pixel_spacing_mm: {below: 1}}}}", []),
        ("{answer: {level: low}, not: {answer: {level: low}}}", [NEVER]),
        ("{answer: {level: low}, not: {not: {answer: {level: low}}}}", []),
        ("{not: {answer: {level: [low, high]}}}", [NEVER]),
        ("{not: {answer: {open: [a, b]}}}", []),
        ("{answer: {several: a}, not: {answer: {several: b}}}", []),
        ("{not: {number: {score: {at_least: 4}}}}", [ALWAYS]),
        ("{number: {size: {above: 5}}, not: {number: {size: {at_least: 5}}}}", [NEVER]),
        ("{number: {size: {at_least: 5}}, not: {number: {size: {above: 5}}}}", []),
        ("{size: {longest_mm: {below: 5}}, not: {size: {short_axis_mm: {below: 5}}}}", [NEVER]),
        ("{not: {answer: {level: low}, source: manual}}", []),
        ("{answer: {level: low}, source: manual, not: {answer: {level: low}, source: manual}}", [NEVER]),
        ("{answer: {level: low}, not: {any_of: [{answer: {level: low}}, {source: manual}]}}", [NEVER]),
        ("{answer: {level: low}, not: {any_of: [{answer: {level: high}}, {source: manual}]}}", []),
        ("{marked: lesion, not: {marked: lesion}}", [NEVER]),
        ("{marked: [lesion, vessel], not: {marked: lesion}}", []),
        ("{marked: lesion, any_of: [{not: {marked: lesion}}]}", [NEVER]),
        ("{not: {marked: lesion}}", []),
    ],
)
def test_a_condition_is_compared_with_all_that_the_guideline_allows(when: str, expected: list[str]) -> None:
    assert under(when) == expected


@pytest.mark.parametrize(
    ("when", "because"),
    [
        ("{image: {modality: US}}", "under `images:` the guideline allows `CT`"),
        ("{image: {pixel_spacing_mm: {above: 1}}}", "allows a pixel spacing of at most 1"),
        ("{number: {size: {above: 9}}}", "no answer to `size` meets all of it; answers are at least 1 and at most 9"),
        ("{answer: {level: low}, any_of: [{answer: {level: high}}]}", "no answer to `level` meets all of it"),
        ("{size: {longest_mm: {below: 5}, short_axis_mm: {at_least: 5}}}", "no region is of such a size"),
        ("{marked: lesion, not: {marked: lesion}}", "nothing is marked and not marked at once"),
    ],
)
def test_what_can_never_hold_says_why(when: str, because: str) -> None:
    (problem,) = told(f"area-limits: {{min_mm2: 1, when: {when}}}")
    assert because in problem.message
    assert problem.help


def test_the_branch_that_cannot_hold_is_named() -> None:
    text = (
        "area-limits: {min_mm2: 1, when: {answer: {level: low}, any_of: [{source: manual}, {answer: {level: high}}]}}"
    )
    (problem,) = told(text)
    assert (problem.code, problem.level) == (NEVER, "error")
    assert ("      " + text)[problem.span.column : problem.span.end_column] == "{answer: {level: high}}"


TR = "rule: diameter-limits, of: region"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "longest_min_mm: 9, when: {answer: {level: low}}",
            "longest_max_mm: 4, when: {source: manual}",
            ["contradicting-uses"],
        ),
        ("longest_min_mm: 4, when: {answer: {level: low}}", "longest_max_mm: 9, when: {source: manual}", []),
        ("longest_min_mm: 9", "longest_max_mm: 4, when: {source: manual}", ["empty-range"]),
        ("longest_min_mm: 9", "longest_max_px: 4", []),
        ("longest_min_mm: 4", "longest_min_mm: 4", ["asked-twice"]),
        ("longest_min_mm: 4", "longest_min_mm: 4, when: {source: manual}", ["same-use-twice"]),
        (
            "longest_min_mm: 4, when: {source: manual}",
            "longest_min_mm: 4, when: {answer: {level: low}}",
            ["same-use-twice"],
        ),
        ("longest_min_mm: 4, when: {answer: {level: high}}", "longest_min_mm: 4, when: {answer: {level: low}}", []),
        ("longest_min_mm: 9, when: {answer: {level: low}}", "longest_max_mm: 4, when: {answer: {level: high}}", []),
        (
            "longest_min_mm: 9, when: {answer: {level: low}}",
            "longest_max_mm: 4, when: {answer: {open: a}}",
            ["contradicting-uses"],
        ),
        (
            "longest_min_mm: 9, when: {image: {slice_thickness_mm: {at_most: 5}}}",
            "longest_max_mm: 4, when: {image: {slice_thickness_mm: {above: 5}}}",
            [],
        ),
        (
            "longest_min_mm: 9, when: {number: {score: {at_least: 2}}}",
            "longest_max_mm: 4, when: {answer: {score: 1}}",
            [],
        ),
        ("longest_min_mm: 9, when: {marked: vessel}", "longest_max_mm: 4, when: {not: {marked: vessel}}", []),
        (
            "longest_min_mm: 9, when: {not: {source: manual}}",
            "longest_max_mm: 4, when: {source: prediction}",
            ["contradicting-uses"],
        ),
        (
            "longest_min_mm: {times: 2, of: slice_thickness, at_least: 9}, when: {source: manual}",
            "longest_max_mm: 4, when: {answer: {level: low}}",
            ["contradicting-uses"],
        ),
        (
            "longest_min_mm: {times: 2, of: slice_thickness}, when: {source: manual}",
            "longest_max_mm: 4, when: {answer: {level: low}}",
            [],
        ),
    ],
)
def test_uses_of_one_rule_leave_room_for_each_other(one: str, other: str, expected: list[str]) -> None:
    assert codes(f"one: {{{TR}, {one}}}", f"other: {{{TR}, {other}}}") == expected


LOW, THIN, GOOD = "{level: low}", "{tube: thin}", "{quality: good}"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (f"size, min: 4, when: {{answer: {LOW}}}", f"bore, max: 0, when: {{answer: {THIN}}}", []),
        (f"size, min: 4, when: {{answer: {GOOD}}}", f"bore, max: 0, when: {{answer: {GOOD}}}", []),
        (f"size, min: 4, when: {{answer: {LOW}}}", "size, max: 2, when: {source: manual}", ["contradicting-uses"]),
        (f"size, min: 4, when: {{answer: {LOW}}}", f"score, max: 2, when: {{answer: {GOOD}}}", []),
        (f"size, min: 5, max: 5, when: {{answer: {LOW}}}", f"bore, min: 0, max: 0, when: {{answer: {THIN}}}", []),
        (f"size, min: 6, max: 5, when: {{answer: {LOW}}}", f"bore, max: 0, when: {{answer: {THIN}}}", ["empty-range"]),
    ],
)
def test_answers_to_two_questions_contradict_nothing(one: str, other: str, expected: list[str]) -> None:
    uses = (f"{name}: {{rule: attribute-in-range, attribute: {use}}}" for name, use in (("one", one), ("two", other)))
    assert codes(rules=f"{{{', '.join(uses)}}}") == expected


def test_a_use_of_a_class_meets_no_use_that_waits_for_an_answer_of_another() -> None:
    of_lesions = f"area-limits: {{min_mm2: 9, when: {{answer: {LOW}}}}}"
    of_vessels = f"small: {{rule: area-limits, max_mm2: 4, when: {{answer: {THIN}}}}}"
    found = codes(of_lesions, rules=f"{{{of_vessels}}}")
    assert found == ["condition-not-asked"]


def test_a_use_for_all_classes_meets_those_of_each_class() -> None:
    small = "{small: {rule: area-limits, max_mm2: 4, when: {answer: {quality: good}}}}"
    found = told("area-limits: {min_mm2: 9, when: {source: manual}}", rules=small)
    both = "`small` and `lesion: area-limits` may both be asked of the same"
    between = "nothing lies between `min_mm2: 9` and `max_mm2: 4`"
    assert [(one.code, one.message) for one in found] == [("contradicting-uses", f"{both}, and {between}")]


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ("answer-escalates: {attribute: level, values: [high], when: {answer: {level: low}}}", ["nothing-departs"]),
        ("answer-escalates: {attribute: level, values: [high], when: {source: manual}}", []),
        ("answer-escalates: {attribute: several, values: [a], when: {answer: {several: b}}}", []),
        (
            "uncertain-escalates: {attribute: score, values: ['1'], when: {number: {score: {at_least: 2}}}}",
            ["nothing-departs"],
        ),
        ("diameter-limits: {longest_max_mm: 20, when: {size: {longest_mm: {at_most: 20}}}}", ["nothing-departs"]),
        ("diameter-limits: {longest_max_mm: 20, when: {size: {longest_mm: {above: 20}}}}", []),
        ("diameter-limits: {longest_min_mm: 5, longest_max_mm: 20, when: {size: {longest_mm: {at_least: 5}}}}", []),
        ("area-limits: {max_mm2: 20, when: {size: {area_mm2: {below: 20}}}}", ["nothing-departs"]),
        ("area-limits: {max_mm2: 20, when: {size: {area_px: {below: 20}}}}", []),
        (
            "diameter-limits: {longest_max_mm: {times: 2, of: slice_spacing}, when: {size: {longest_mm: {below: 5}}}}",
            [],
        ),
    ],
)
def test_an_escalation_needs_things_that_can_be_at_once(criterion: str, expected: list[str]) -> None:
    assert codes(criterion=criterion) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{answer: {tube: thin}}", ["condition-not-asked"]),
        ("{any_of: [{answer: {tube: thin}}, {source: manual}]}", ["condition-not-asked"]),
        ("{answer: {quality: good}}", []),
    ],
)
def test_a_condition_is_on_what_the_class_is_asked(when: str, expected: list[str]) -> None:
    assert under(when) == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("{big: {rule: area-limits, max_mm2: 9, when: {answer: {level: low}}}}", ["condition-not-asked"]),
        ("{big: {rule: area-limits, max_mm2: 9, when: {number: {size: {above: 2}}}}}", ["condition-not-asked"]),
        ("{big: {rule: area-limits, max_mm2: 9, when: {answer: {open: a}}}}", []),
        ("{big: {rule: area-limits, max_mm2: 9, when: {answer: {quality: good}}}}", []),
        ("{few: {rule: count-limits, max: 3, when: {answer: {level: low}}}}", ["condition-not-asked"]),
        (
            "{few: {rule: count-limits, classes: [lesion, vessel], max: 3, when: {answer: {level: low}}}}",
            ["condition-not-asked"],
        ),
        ("{few: {rule: count-limits, classes: [lesion], max: 3, when: {answer: {level: low}}}}", []),
        (
            "{few: {rule: count-limits, classes: [vessel], max: 3, when: {answer: {level: low}}}}",
            ["condition-not-asked"],
        ),
    ],
)
def test_a_use_for_all_classes_depends_on_what_all_are_asked(rules: str, expected: list[str]) -> None:
    assert codes(rules=rules) == expected


@pytest.mark.parametrize(
    ("criterion", "classes", "expected"),
    [
        ("area-limits: {max_mm2: 9, when: {answer: {level: low}}}", "[lesion, vessel]", ["condition-not-asked"]),
        ("area-limits: {max_mm2: 9, when: {answer: {level: low}}}", "lesion", []),
        ("area-limits: {max_mm2: 9, when: {answer: {level: low}}}", "", ["condition-not-asked"]),
        ("answer-escalates: {attribute: several, values: [a], when: {answer: {level: low}}}", "", []),
        (
            "answer-escalates: {attribute: tube, values: [wide], when: {answer: {level: low}}}",
            "",
            ["condition-not-asked"],
        ),
    ],
)
def test_a_criterion_depends_on_what_all_its_classes_are_asked(
    criterion: str, classes: str, expected: list[str]
) -> None:
    text = PARTS.replace("class: lesion, ", f"class: {classes}, " if classes else "")
    rules = "      area-limits: {min_mm2: 1}"
    assert [one.code for one in problems(with_part(text.format(rules=rules, criterion=criterion)))] == expected


@pytest.mark.parametrize(
    ("part", "advice"),
    [
        ("rules: {big: {rule: area-limits, max_mm2: 9, when: {answer: {level: low}}}}", "under `rules:` of `lesion`"),
        ("rules: {few: {rule: count-limits, max: 3, when: {answer: {level: low}}}}", "`classes:`"),
        ("relations: {in: {inside: {child: lesion, parent: vessel, when: {answer: {level: low}}}}}", "whole image"),
    ],
)
def test_who_is_not_asked_is_named_and_how_to_leave_them_out(part: str, advice: str) -> None:
    key, _, value = part.partition(": ")
    (problem,) = told(**{key: value})
    assert "`level` asks `lesion`, so no `vessel` answers it" in problem.message
    assert advice in problem.help


POINTS = "  spot: {{title: Spot, definition: A bright spot., draw: keypoint}}\n  vessel:"
SIZED = "{size: {longest_px: {above: 4}}}"
OF_SIZE = f"when: {SIZED}"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (f"rules: {{few: {{rule: count-limits, classes: [spot], max: 3, {OF_SIZE}}}}}", ["size-of-points"]),
        (f"rules: {{few: {{rule: count-limits, max: 3, {OF_SIZE}}}}}", ["size-of-points"]),
        (f"rules: {{few: {{rule: count-limits, classes: [lesion], max: 3, {OF_SIZE}}}}}", []),
        (f"rules: {{big: {{rule: area-limits, max_mm2: 9, {OF_SIZE}}}}}", []),
        (f"relations: {{in: {{inside: {{child: spot, parent: vessel, {OF_SIZE}}}}}}}", ["size-of-points"]),
        (
            f"rules: {{few: {{rule: count-limits, max: 3, when: {{any_of: [{{source: manual}}, {SIZED}]}}}}}}",
            ["size-of-points"],
        ),
    ],
)
def test_a_condition_on_a_size_is_for_what_has_one(part: str, expected: list[str]) -> None:
    text = PARTS.replace("  vessel:", POINTS).format(rules="      area-limits: {min_mm2: 1}", criterion=SOME)
    found = problems(with_part(f"{text}{part}\n"))
    assert [one.code for one in found] == expected
    assert all("`spot` is only drawn as a point, which has no size" in one.message and one.help for one in found)


@pytest.mark.parametrize("classes", ["[lesion]", "[lesion, vessel]"])
def test_a_condition_is_asked_of_no_class_that_the_rule_is_not_about(classes: str) -> None:
    few = f"rules: {{few: {{rule: count-limits, classes: {classes}, max: 3, when: {{source: manual}}}}}}"
    text = PARTS.format(rules="      area-limits: {min_mm2: 1}", criterion=SOME)
    plan = compile_plan(load(with_part(f"{text}{few}\n")), catalogue())
    (check,) = (one for one in plan.checks if one.name == "few")
    assert check.classes == frozenset(classes.strip("[]").split(", "))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("{calibrated-spacing: {max_mm: 1, when: {source: manual}}}", ["condition-of-no-region"]),
        ("{calibrated-spacing: {max_mm: 1, when: {answer: {level: low}}}}", ["condition-of-no-region"]),
        ("{calibrated-spacing: {max_mm: 1, when: {answer: {quality: good}}}}", []),
        ("{count-limits: {classes: [lesion], max: 3, when: {source: manual}}}", []),
    ],
)
def test_a_condition_on_regions_stands_where_regions_are_judged(rules: str, expected: list[str]) -> None:
    assert codes(rules=rules) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{image: {modality: CT}}", []),
        ("{answer: {quality: good}}", ["condition-of-tasks"]),
        ("{any_of: [{image: {modality: CT}}, {source: manual}]}", ["condition-of-tasks"]),
    ],
)
def test_what_asks_for_tasks_that_nobody_annotated_depends_on_the_image(when: str, expected: list[str]) -> None:
    assert codes(delivery=f"{{rules: {{complete-delivery: {{when: {when}}}}}}}") == expected


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        ("{rule: enough-readers, max: 1}", ["empty-range", "more-readers-than-allowed", "too-few-readers"]),
        ("{rule: enough-readers, max: 1, when: {image: {modality: CT}}}", []),
    ],
)
def test_how_many_may_read_a_task_under_a_condition_limits_no_other_task(most: str, expected: list[str]) -> None:
    least = "{rule: enough-readers, min: 2, when: {image: {modality: MR}}}"
    agreement = "{min_dice: 0.7, when: {image: {modality: MR}}}"
    found = codes(readers=f"{{rules: {{most: {most}, least: {least}, overlap-agreement: {agreement}}}}}")
    assert sorted(found) == expected


@pytest.mark.parametrize(
    ("part", "criterion", "expected"),
    [
        ("delivery: {rules: {complete-delivery: {}}}", "complete-delivery: {}", ["returned-before"]),
        ("delivery: {rules: {complete-delivery: {level: warning}}}", "complete-delivery: {}", []),
        ("delivery: {rules: {complete-delivery: {}}}", "complete-delivery: {skipped_is_done: false}", []),
        ("delivery: {rules: {complete-delivery: {when: {image: {modality: CT}}}}}", "complete-delivery: {}", []),
        ("readers: {rules: {enough-readers: {min: 2, max: 3}}}", "enough-readers: {min: 2}", ["returned-before"]),
        ("readers: {rules: {enough-readers: {min: 2, max: 3}}}", "enough-readers: {max: 2}", ["route-asks-nobody"]),
        ("rules: {few: {rule: count-limits, classes: [lesion], max: 3}}", "class: lesion, count-limits: {max: 2}", []),
        (
            "rules: {big: {rule: diameter-limits, longest_min_mm: {times: 2, of: slice_thickness, at_least: 9}}}",
            "class: lesion, diameter-limits: {longest_min_mm: 5}",
            ["returned-before"],
        ),
        (
            "rules: {big: {rule: diameter-limits, longest_min_mm: {times: 2, of: slice_thickness, at_least: 9}}}",
            "class: lesion, diameter-limits: {longest_min_mm: 12}",
            [],
        ),
        (
            "rules: {big: {rule: diameter-limits, longest_min_mm: 9}}",
            "class: lesion, diameter-limits: {longest_min_mm: {times: 2, of: slice_thickness}}",
            [],
        ),
        (
            "rules: {big: {rule: diameter-limits, longest_min_mm: 9}}",
            "class: lesion, diameter-limits: {longest_max_mm: 8}",
            ["everything-escalates"],
        ),
        (
            "rules: {big: {rule: diameter-limits, longest_min_mm: 9}}",
            "class: lesion, diameter-limits: {longest_max_mm: 8, when: {source: manual}}",
            [],
        ),
        (
            "rules: {big: {rule: diameter-limits, longest_min_mm: 9}}",
            "class: lesion, diameter-limits: {longest_max_mm: 80}",
            [],
        ),
        ("", "allowed-modality: {modality: [CT, MR]}", ["returned-before"]),
        ("", "allowed-modality: {modality: [CT]}", []),
    ],
)
def test_a_criterion_parts_what_is_accepted(part: str, criterion: str, expected: list[str]) -> None:
    text = PARTS.replace("class: lesion, ", "").format(rules="      area-limits: {min_mm2: 1}", criterion=criterion)
    assert [one.code for one in problems(with_part(f"{text}{part}\n"))] == expected


ends = st.none() | st.integers(-3, 3).map(float)
NUMBERS = [half / 2 for half in range(-9, 10)]


def between(given: dict[str, float | None]) -> Between | None:
    try:
        return Between.model_validate({name: end for name, end in given.items() if end is not None})
    except ValueError:
        return None


limits = st.fixed_dictionaries(dict.fromkeys(Between.model_fields, ends)).map(between)


def holds(interval: Interval, value: float) -> bool:
    return not interval.meet(Interval(value, value)).is_empty


@given(limits, limits)
def test_intervals_hold_what_the_limits_hold(one: Between | None, other: Between | None) -> None:
    """The slow twin: every half from -4.5 to 4.5."""
    if one is None or other is None:
        return
    first, second = interval_of(one), interval_of(other)
    both = first.meet(second)
    for value in NUMBERS:
        assert holds(first, value) == one.holds(value)
        assert holds(both, value) == (one.holds(value) and other.holds(value))
    assert both.is_empty == (not any(holds(both, value) for value in NUMBERS))
    if first.covers(second):
        assert all(holds(first, value) for value in NUMBERS if holds(second, value))
    if not both.is_empty and first.meet(second) != second:
        assert not first.covers(second)


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("max: 0", ["never-allowed"]),
        ("max: 0, level: note", []),
        ("max: 0, when: {answer: {quality: poor}}", []),
    ],
)
def test_none_may_be_allowed_under_a_condition_or_told_of(use: str, expected: list[str]) -> None:
    assert codes(rules=f"{{no-lesion: {{rule: count-limits, classes: [lesion], {use}}}}}") == expected
