"""Size limits in mm, in pixels and as a fraction of the image, as a guideline writes them."""

from __future__ import annotations

import pytest

from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule.case import Case, Drawn

PAIRS = (
    *(("area-limits", f"min_{unit}", f"max_{unit}") for unit in ("mm2", "px", "image_fraction")),
    *(
        ("diameter-limits", f"{size}_min_{unit}", f"{size}_max_{unit}")
        for size in ("longest", "short_axis")
        for unit in ("mm", "px", "diagonal_fraction")
    ),
)
of_every_pair = pytest.mark.parametrize(("rule", "least", "most"), PAIRS, ids=[pair[1] for pair in PAIRS])


def lesion(rule: str) -> str:
    return with_part(f"classes: {{lesion: {{title: Lesion, definition: d, draw: brush, rules: {{{rule}}}}}}}\n")


def problems(rule: str) -> list[tuple[str, str]]:
    with pytest.raises(GuidelineProblems) as raised:
        load(lesion(rule))
    return [(problem.code, problem.message) for problem in raised.value.problems]


@of_every_pair
def test_limits_that_leave_nothing_between_them_are_refused_in_every_unit(rule: str, least: str, most: str) -> None:
    expected = ("empty-range", f"nothing lies between `{least}: 0.5` and `{most}: 0.25`")
    assert problems(f"{rule}: {{{least}: 0.5, {most}: 0.25}}") == [expected]


@of_every_pair
def test_equal_limits_are_refused_of_what_is_never_exactly_of_a_size(rule: str, least: str, most: str) -> None:
    text = f"{rule}: {{{least}: 0.5, {most}: 0.5}}"
    if (rule, least) == ("area-limits", "min_px"):
        load(lesion(text))
    else:
        told = f"hardly anything is exactly 0.5, and `{least}: 0.5` and `{most}: 0.5` ask for it"
        assert problems(text) == [("empty-range", told)]


@of_every_pair
def test_limits_of_two_units_are_no_contradiction(rule: str, least: str, most: str) -> None:
    other = "max_px" if rule == "area-limits" else "longest_max_px"
    if other.rpartition("_")[2] != most.rpartition("_")[2]:
        load(lesion(f"{rule}: {{{least}: 0.5, {other}: 0.25}}"))


@pytest.mark.parametrize(("rule", "name"), [(rule, name) for rule, *names in PAIRS for name in names])
def test_fractions_are_more_than_nothing_and_not_more_than_all(rule: str, name: str) -> None:
    if name.endswith("_fraction"):
        if "min" in name.split("_"):
            load(lesion(f"{rule}: {{{name}: 1}}"))
        else:
            assert [code for code, _ in problems(f"{rule}: {{{name}: 1}}")] == ["limit-without-effect"]
        assert problems(f"{rule}: {{{name}: 0}}") == [("out-of-range", f"`{name}` must be more than 0, not 0")]
        assert problems(f"{rule}: {{{name}: 40}}") == [("out-of-range", f"`{name}` is a share, from 0 to 1, not 40")]


@pytest.mark.parametrize(("rule", "name"), [(rule, name) for rule, *names in PAIRS for name in names])
def test_pixels_are_not_less_than_none(rule: str, name: str) -> None:
    if name.endswith("_px"):
        code = "limit-nothing-meets" if "max" in name.split("_") else "limit-without-effect"
        assert [code for code, _ in problems(f"{rule}: {{{name}: 0}}")] == [code]
        assert problems(f"{rule}: {{{name}: -1}}") == [("out-of-range", f"`{name}` must be at least 0, not -1")]


@pytest.mark.parametrize("rule", ["area-limits: {}", "area-limits: {min_px: }", "diameter-limits: {of: region}"])
def test_a_rule_without_any_limit_is_refused(rule: str) -> None:
    name = rule.partition(":")[0]
    assert problems(rule) == [("rule-without-limit", f"`{name}` is given no limit")]


def test_annotators_read_each_limit_in_its_unit() -> None:
    rules = "area-limits: {min_px: 4, max_image_fraction: 0.5}, diameter-limits: {longest_max_diagonal_fraction: 0.25}"
    text = instructions(load(lesion(rules))).replace("\N{NO-BREAK SPACE}", " ")
    assert 'The area of every <em dir="auto">Lesion</em> is at least 4 pixels and at most 50 % of the image.' in text
    assert 'The longest diameter of every <em dir="auto">Lesion</em> is at most 25 % of the image diagonal.' in text


@pytest.mark.parametrize(
    ("rule", "decision"),
    [("area-limits: {min_px: 3}", "accepted"), ("area-limits: {min_px: 4}", "returned")],
)
def test_a_picture_without_calibration_is_judged_by_its_pixels(rule: str, decision: str) -> None:
    (submission,) = submissions_of(Case("test", {}, Drawn(text="###"), spacing=None))
    assert judge(compile_plan(load(lesion(rule)), catalogue()), submission).decision == decision


def test_a_limit_in_mm_is_never_taken_for_one_in_pixels() -> None:
    (submission,) = submissions_of(Case("test", {}, Drawn(text="###"), spacing=None))
    verdict = judge(compile_plan(load(lesion("area-limits: {min_px: 3, min_mm2: 3}")), catalogue()), submission)
    assert verdict.decision == "unverified"
    assert [finding.outcome for finding in verdict.findings] == ["cannot-evaluate"]
