"""Limits that are multiples of image facts, in a guideline: read, told, and their mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from tests.language.mistakes import problems
from tests.language.test_named_uses import SCHEMA, as_json, of_class

from guidelint.labelstudio.instructions.rules import rules
from guidelint.language.compile.plan import compile_plan
from guidelint.language.form.allowed_keys import multiple_in_place
from guidelint.language.load import load
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import plain
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.names import plain as without_marks
from guidelint.validation.rule.parameters.shape import annotated

if TYPE_CHECKING:
    from guidelint.language.text.problem import Problem

RECIST = "{times: 2, of: slice_thickness, at_least: 10}"


def limited(limit: str) -> str:
    return of_class(f"      diameter-limits: {{longest_min_mm: {limit}}}\n")


def problem_of(limit: str) -> Problem:
    (problem,) = problems(limited(limit))
    return problem


def refusals(text: str) -> list[str]:
    root = parse(text).root
    assert root is not None
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(as_json(plain(root)))]


def test_it_is_read_compiled_and_told_to_annotators() -> None:
    guideline = load(limited(RECIST))
    plan = compile_plan(guideline, catalogue())
    assert Plan.from_json(plan.to_json(), catalogue()).checks == plan.checks
    told = [without_marks(one.words).replace("\N{NO-BREAK SPACE}", " ") for one in rules(guideline)]
    assert "The longest diameter of every Lesion is at least the larger of 10 mm and 2 × the slice thickness." in told


def test_the_schema_takes_a_number_or_a_multiple_of_what_is_a_length() -> None:
    assert refusals(limited(RECIST)) == []
    assert refusals(limited("10")) == []
    assert refusals(limited("{times: 2, of: pixel_area}"))
    assert refusals(limited("{times: -2, of: slice_thickness}"))
    assert refusals(limited("{of: slice_thickness}"))


WRONG = {
    "another unit of fact": (
        "{times: 2, of: pixel_area}",
        ("unknown-value", "`pixel_area` is not something `of` can be", "`slice_thickness`"),
    ),
    "a mistyped fact": (
        "{times: 2, of: slice_thicknes}",
        ("unknown-value", "`slice_thicknes`", "Did you mean `slice_thickness`?"),
    ),
    "a mistyped key": (
        "{times: 2, of: slice_thickness, at_lest: 10}",
        ("unknown-key", "`longest_min_mm` has no key `at_lest`", "Did you mean `at_least`?"),
    ),
    "no fact": ("{times: 2}", ("missing", "`longest_min_mm` has no `of`", "Add `of:`")),
    "nothing of it": (
        "{times: 0, of: slice_thickness}",
        ("out-of-range", "`times` must be more than 0", "Write a number that is more than 0."),
    ),
    "less than nothing": (
        "{times: -2, of: slice_thickness}",
        ("out-of-range", "`times` must be more than 0", "Write a number that is more than 0."),
    ),
    "absurdly many": (
        "{times: 2000, of: slice_thickness}",
        ("out-of-range", "`times` must be at most 1000", "Write a number that is at most 1000."),
    ),
    "bounds that cross": (
        "{times: 2, of: slice_thickness, at_least: 9, at_most: 4}",
        ("wrong-value", "`at_least` must lie below `at_most`", "guidelint explain diameter-limits"),
    ),
    "a bound in another unit": (
        "{times: 2, of: slice_thickness, at_least: 10000000}",
        ("unlikely-size", "`at_least: 10000000` is 10 km", "from 0.0002 to 3000 mm"),
    ),
    "as people say it": (
        "2 × slice thickness",
        ("wrong-type", "wants a number, or a multiple of a fact", "Write `{times: 2, of: slice_thickness}`."),
    ),
    "in words": (
        "twice the slice thickness",
        ("wrong-type", "wants a number, or a multiple of a fact", "Write `{times: 2, of: slice_thickness}`."),
    ),
    "a limit that it always exceeds": (
        "{times: 2, of: slice_thickness, at_least: 10}, longest_max_mm: 9",
        (
            "empty-range",
            "between `longest_min_mm: {times: 2, of: slice_thickness, at_least: 10}` and `longest_max_mm: 9`",
            "must not be greater",
        ),
    ),
    "a limit that it never reaches": (
        "40, longest_max_mm: {times: 2, of: slice_thickness, at_most: 30}",
        ("empty-range", "nothing lies between `longest_min_mm: 40` and", "must not be greater"),
    ),
}


@pytest.mark.parametrize(("limit", "told"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_a_multiple_is_told_once_where_it_stands(limit: str, told: tuple[str, str, str]) -> None:
    problem = problem_of(limit)
    code, cause, remedy = told
    assert (problem.code, problem.line) == (code, len(of_class("").splitlines()) + 1)
    assert cause in problem.message
    assert remedy in problem.help


@pytest.mark.parametrize(
    "limit",
    [
        "{times: 2, of: slice_thickness}, longest_max_mm: 30",
        "40, longest_max_mm: {times: 2, of: slice_thickness}",
        "{times: 2, of: slice_thickness}, longest_max_mm: {times: 2, of: slice_spacing}",
        "{times: 2, of: slice_thickness, at_least: 10}, longest_max_mm: 10",
    ],
)
def test_what_only_the_image_decides_is_not_called_a_mistake(limit: str) -> None:
    assert problems(limited(limit)) == ()


def test_every_length_area_and_volume_of_a_rule_takes_a_multiple() -> None:
    assert {
        f"{rule.id()}: {name}"
        for rule in catalogue().values()
        for name in rule.parameters()
        if multiple_in_place(annotated(rule, name))
    } == {
        "area-limits: max_mm2",
        "area-limits: min_mm2",
        "closed-outline: max_gap_mm",
        "covered-by-parts: tolerance_mm",
        "diameter-limits: longest_max_mm",
        "diameter-limits: longest_min_mm",
        "diameter-limits: short_axis_max_mm",
        "diameter-limits: short_axis_min_mm",
        "distance-limits: max_mm",
        "distance-limits: min_mm",
        "geometry-by-size: bands",
        "inside: tolerance_mm",
        "no-holes: max_hole_mm2",
        "overlap-agreement: max_hd95_mm",
        "separate: max_overlap_mm2",
        "single-piece: ignore_below_mm2",
        "volume-limits: max_ml",
        "volume-limits: min_ml",
    }
