"""Rules judged under every guideline, as a guideline sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from guidelint.annotation.submission import UnknownItem, UnreadableItem
from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import SMALLEST, with_part
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.text.parse import parse
from guidelint.language.text.problem import GuidelineProblems, Problem
from guidelint.language.text.tree import plain
from guidelint.rules.catalogue import catalogue
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.case import Case, Drawn

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.rule import Rule

ALWAYS = tuple(rule for rule in catalogue().values() if rule.always)
BOX = Drawn(text="##..\n##..", as_="rectangle")
TWO_CLASSES = """\
classes:
  lesion: {title: Lesion, definition: d, draw: rectangle}
  cyst: {title: Cyst, definition: d, draw: rectangle, rules: {inside-image: %s}}
"""
of_every_rule = pytest.mark.parametrize("rule", ALWAYS, ids=lambda rule: rule.id())


def plan_of(part: str) -> Plan:
    return compile_plan(load(with_part(part)), catalogue())


def checks(part: str, rule: str) -> list[Check]:
    return [check for check in plan_of(part).checks if check.rule.id() == rule]


def problems(part: str) -> list[Problem]:
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part(part))
    return list(raised.value.problems)


def handed_in(*drawn: Drawn, unknown: bool = False, unreadable: bool = False) -> Submission:
    case = Case(
        "test",
        {},
        drawn,
        unknown_items=(UnknownItem("a", "other", "image", "brush"),) if unknown else (),
        unreadable_items=(UnreadableItem(0, "it is no object"),) if unreadable else (),
    )
    (submission,) = submissions_of(case)
    return submission


def beyond(pixels: float, class_name: str | None = "lesion") -> Drawn:
    return Drawn(text="##..", as_="rectangle", class_name=class_name, shift=(-pixels, 0.0))


def decision(plan: Plan, *drawn: Drawn) -> tuple[str, list[tuple[str, str]]]:
    verdict = judge(plan, handed_in(*drawn))
    return verdict.decision, [(finding.rule, finding.level) for finding in verdict.findings]


BOXES = "classes: {lesion: {title: Lesion, definition: d, draw: rectangle}}\n"


@of_every_rule
def test_the_level_of_a_rule_is_set_or_its_reason_is_told(rule: type[Rule]) -> None:
    part = f"rules: {{{rule.id()}: {{level: note}}}}\n"
    if rule.settable():
        (check,) = checks(part, rule.id())
        assert check.level == "note"
        assert check.clause == checks("", rule.id())[0].clause
    else:
        (problem,) = problems(part)
        assert (problem.code, problem.line) == ("rule-always-on", 10)
        assert problem.message == f"`{rule.id()}` cannot be set: {rule.fixed_because}"
        assert "judged under every guideline" in problem.help


@of_every_rule
def test_a_rule_that_can_find_nothing_to_measure_cannot_be_set(rule: type[Rule]) -> None:
    if any(says.leaves_nothing for says in rule.says.values()):
        assert rule.fixed_because


def test_only_rules_that_are_always_on_are_ever_fixed() -> None:
    assert [rule for rule in catalogue().values() if rule.fixed_because and not rule.always] == []


@pytest.mark.parametrize(
    "submission",
    [
        pytest.param(handed_in(Drawn(text="#", undecodable="cut off")), id="a mask that does not decode"),
        pytest.param(handed_in(Drawn(text="..")), id="a mask without a pixel"),
        pytest.param(handed_in(Drawn(text="#", image_shape=(0, 0))), id="a region on an image of no size"),
        pytest.param(handed_in(Drawn(text="#", class_name=None)), id="a region without a class"),
        pytest.param(handed_in(Drawn(text="#", class_name=None, labels=("x",))), id="a label of no class"),
        pytest.param(handed_in(Drawn(text="#", id="a"), Drawn(text=".#", id="a")), id="two regions of one id"),
        pytest.param(handed_in(Drawn(text="#"), unknown=True), id="an item of no control"),
        pytest.param(handed_in(Drawn(text="#"), unreadable=True), id="an item that cannot be read"),
    ],
)
def test_with_every_rule_set_to_a_note_nothing_unread_is_accepted(submission: Submission) -> None:
    set_low = ", ".join(f"{rule.id()}: {{level: note}}" for rule in ALWAYS if rule.settable())
    drawn = "classes: {lesion: {title: Lesion, definition: d, draw: brush}}\n"
    plan = plan_of(f"{drawn}rules: {{{set_low}}}\n")
    assert judge(plan, handed_in(Drawn(text="#"))).decision == "accepted"
    assert judge(plan, submission).decision == "returned"


def test_a_limit_and_a_level_are_set_for_all_classes() -> None:
    assert decision(plan_of(BOXES), beyond(2.0)) == ("returned", [("inside-image", "error")])
    softer = plan_of(f"{BOXES}rules: {{inside-image: {{level: warning}}}}\n")
    assert decision(softer, beyond(2.0)) == ("accepted", [("inside-image", "warning")])
    wider = plan_of(f"{BOXES}rules: {{inside-image: {{tolerance_px: 2}}}}\n")
    assert decision(wider, beyond(2.0)) == ("accepted", [])
    assert decision(wider, beyond(2.25)) == ("returned", [("inside-image", "error")])


def test_a_class_sets_a_rule_for_itself_and_the_others_keep_theirs() -> None:
    plan = plan_of(TWO_CLASSES % "{level: warning}")
    assert decision(plan, beyond(2.0)) == ("returned", [("inside-image", "error")])
    assert decision(plan, beyond(2.0, "cyst")) == ("accepted", [("inside-image", "warning")])


def test_what_a_class_leaves_out_is_as_the_whole_guideline_has_it() -> None:
    plan = plan_of(TWO_CLASSES % "{level: warning}" + "rules: {inside-image: {tolerance_px: 3, note: Move it.}}\n")
    assert decision(plan, beyond(3.0, "cyst")) == ("accepted", [])
    verdict = judge(plan, handed_in(beyond(4.0), beyond(4.0, "cyst")))
    assert [(finding.level, finding.heading, finding.do) for finding in verdict.findings] == [
        ("error", "Every submission", "Move it."),
        ("warning", "Cyst › Boundary", "Move it."),
    ]


def test_a_region_without_a_class_is_judged_although_every_class_sets_the_rule() -> None:
    part = "classes: {cyst: {title: C, definition: d, draw: rectangle, rules: {inside-image: {level: note}}}}\n"
    found = judge(plan_of(part), handed_in(beyond(2.0, None))).findings
    assert ("inside-image", "error") in {(finding.rule, finding.level) for finding in found}


def test_what_follows_from_another_part_of_the_guideline_stays_when_a_level_is_set() -> None:
    part = f"{BOXES}rules: {{drawn-with-allowed-tool: {{level: warning}}}}\n"
    assert decision(plan_of(part), Drawn(text="#")) == ("accepted", [("drawn-with-allowed-tool", "warning")])


def test_what_follows_from_another_part_of_the_guideline_cannot_be_set() -> None:
    (problem,) = problems("rules: {drawn-with-allowed-tool: {allowed: {lesion: [brush]}}}\n")
    assert (
        problem.message
        == "`allowed` of `drawn-with-allowed-tool` is not set here: it follows from `draw:` of each class"
    )
    assert (problem.line, problem.column) == (10, 35)


def test_near_duplicates_are_found_from_the_overlap_that_is_set() -> None:
    pair = (Drawn(text="#####\n#####", as_="rectangle"), Drawn(text="####.\n####.", as_="rectangle"))
    set_ = f"{BOXES}rules: {{no-duplicate-regions: {{min_iou: 0.8}}}}\n"
    assert decision(plan_of(BOXES), *pair) == ("accepted", [])
    assert decision(plan_of(set_), *pair) == ("returned", [("no-duplicate-regions", "error")])


def test_duplicates_across_classes_are_found_where_they_are_asked_for() -> None:
    part = "classes:\n" + "".join(
        f"  {name}: {{title: {name}, definition: d, draw: rectangle}}\n" for name in ("lesion", "cyst")
    )
    pair = (BOX, Drawn(text="##..\n##..", as_="rectangle", class_name="cyst"))
    across = "rules: {no-duplicate-regions: {across_classes: true}}\n"
    assert decision(plan_of(part), *pair) == ("accepted", [])
    assert decision(plan_of(part + across), *pair) == ("returned", [("no-duplicate-regions", "error")])


@pytest.mark.parametrize(
    ("part", "code", "message", "remedy"),
    [
        pytest.param(
            "rules: {inside-image: {}}\n",
            "rule-sets-nothing",
            "`inside-image` is judged under every guideline, and nothing of it is set here",
            "Give it one of `level`, `note`, `tolerance_px`, or delete it.",
            id="nothing set",
        ),
        pytest.param(
            "rules: {inside-image: {tolerance_px: -1}}\n",
            "out-of-range",
            "`tolerance_px` must be at least 0, not -1",
            "Write a number that is at least 0.",
            id="a tolerance below nothing",
        ),
        pytest.param(
            "rules: {no-duplicate-regions: {min_iou: 80}}\n",
            "out-of-range",
            "`min_iou` is a share, from 0 to 1, not 80",
            "Write `0.8` for 80 %.",
            id="percent for a share",
        ),
        pytest.param(
            "rules: {mask-kept: {min_kept: 0}}\n",
            "out-of-range",
            "`min_kept` must be more than 0, not 0",
            "Write a number that is more than 0.",
            id="a share of nothing",
        ),
        pytest.param(
            "classes: {a: {title: A, definition: d, draw: polygon, rules: {no-duplicate-regions: {min_iou: 0.9}}}}\n",
            "rule-elsewhere",
            "`no-duplicate-regions` judges everything on one image, not the regions of one class",
            "Write it under the guideline's own `rules:`.",
            id="a rule on the whole submission, in a class",
        ),
        pytest.param(
            "relations: {a: {inside-image: {level: note}}}\n",
            "rule-elsewhere",
            "`inside-image` is judged under every guideline, and cannot be a relation besides",
            "Set it under the guideline's own `rules:`, or those of a class.",
            id="as a relation",
        ),
        pytest.param(
            "escalation: {routes: {senior: {who: S}}, when: {a: {to: senior, mask-kept: {min_kept: 0.5}}}}\n",
            "rule-elsewhere",
            "`mask-kept` is judged under every guideline, and cannot be a criterion besides",
            "Set it under the guideline's own `rules:`.",
            id="as a criterion",
        ),
        pytest.param(
            "classes: {a: {title: A, definition: d, draw: polygon, rules: {decodable-mask: {level: note}}}}\n",
            "rule-always-on",
            "`decodable-mask` cannot be set: a mask that nobody can see would be accepted",
            "Delete it here; it is judged under every guideline.",
            id="a fixed rule, in a class",
        ),
    ],
)
def test_what_cannot_be_set_so_is_told_once_with_the_remedy(part: str, code: str, message: str, remedy: str) -> None:
    assert [(problem.code, problem.message, problem.help) for problem in problems(part)] == [(code, message, remedy)]


def test_a_setting_changes_the_digest_and_survives_the_way_to_a_file() -> None:
    plain_plan = compile_plan(load(SMALLEST), catalogue())
    plan = plan_of(TWO_CLASSES % "{tolerance_px: 2}" + "rules: {clean-vertices: {level: warning}}\n")
    assert plan.digest != plan_of(TWO_CLASSES % "{tolerance_px: 2}").digest != plain_plan.digest
    assert Plan.from_json(plan.to_json(), catalogue()) == plan


def test_editors_complete_what_may_be_set_and_refuse_what_may_not() -> None:
    validator = Draft202012Validator(guideline_schema(catalogue()))

    def errors(part: str) -> int:
        root = parse(with_part(part)).root
        assert root is not None
        return len(list(validator.iter_errors(plain(root))))

    assert errors("rules: {inside-image: {tolerance_px: 3, level: warning}}\n") == 0
    assert errors("rules: {inside-image: {tolerance_px: -3}}\n")
    assert errors("rules: {drawn-with-allowed-tool: {allowed: {}}}\n")
    assert errors("rules: {known-label: {level: note}}\n")


def test_annotators_read_what_is_set() -> None:
    part = "rules: {no-duplicate-regions: {min_iou: 0.8, across_classes: true}, inside-image: {tolerance_px: 3}}\n"
    text = instructions(load(with_part(part)))
    assert (
        "two regions, whatever their classes, that share 80\N{NO-BREAK SPACE}% of their area or more are one." in text
    )
    assert "lies within the image, or beyond its edge by at most 3\N{NO-BREAK SPACE}pixels." in text
    assert "lies within the image" not in instructions(load(SMALLEST))
