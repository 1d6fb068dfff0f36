"""Plans survive the way to a file and back, and only that."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from guidelint.annotation.submission import Submission
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.keys import ADDED_LATER, ImageKeys
from guidelint.rules.catalogue import catalogue
from guidelint.rules.classes.count_limits import CountLimits
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.engine import engine_version
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Check, Plan, PlanError, Route
from guidelint.validation.rule.beside import beside, left_out

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule

EARLIER = (Path(__file__).parent.parent / "data/plan_of_0_1_0.json").read_text(encoding="utf-8")
RULES = tuple(rule.model_validate_json(json.dumps(dict(rule.cases[0].given))) for rule in catalogue().values())


def test_every_rule_comes_back_from_a_file_as_it_was() -> None:
    plan = replace(plan_of(*RULES), routes={"senior": Route(who="senior reader", within_hours=24.0)}).sealed()
    assert Plan.from_json(plan.to_json(), catalogue()) == plan


def test_the_text_of_a_plan_is_the_same_every_time() -> None:
    plan = plan_of(*RULES)
    assert Plan.from_json(plan.to_json(), catalogue()).to_json() == plan.to_json()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not a plan"),
        ("[]", "not a plan"),
        (plan_of(*RULES).to_json().replace("0.0.0", "0.0.1"), "changed after it was compiled"),
        (plan_of(*RULES).to_json().replace('"area-limits"', '"area-limit"'), "rule 'area-limit', which this"),
        (plan_of(*RULES).to_json().replace('"min_mm2"', '"least_mm2"'), "parameters that it does not take"),
        (plan_of(*RULES).to_json().replace('"format": 2', '"format": 3'), "format 1 and 2, not 3"),
        (plan_of(*RULES).to_json().replace('"title": "Case"', '"title": "Caze"'), "changed after it was compiled"),
        (
            plan_of(*RULES).to_json().replace('"revision": 1', '"revision": 2'),
            "revision 2 of the rule .* install a newer",
        ),
        ('{"format": 2}', "not a plan"),
        ('{"format": 1, "checks": [{}]}', "not a plan"),
        ("{}", "does not say its format"),
    ],
    ids=[
        "empty",
        "a list",
        "changed by hand",
        "a rule that is not here",
        "a parameter that is not here",
        "newer format",
        "reworded by hand",
        "a newer rule",
        "nothing of format 2",
        "nothing of format 1",
        "no format",
    ],
)
def test_what_is_no_plan_of_this_engine_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(PlanError, match=reason):
        Plan.from_json(text, catalogue())


def test_a_plan_of_an_earlier_engine_keeps_its_digest_and_has_the_defaults_of_keys_that_came_later() -> None:
    plan = Plan.from_json(EARLIER, catalogue())
    assert plan.digest == json.loads(EARLIER)["digest"]
    assert "orientation" not in json.loads(EARLIER)["vocabulary"]["image"]
    assert plan.vocabulary.image == ImageKeys()


def test_keys_that_came_later_are_written_where_they_are_no_defaults() -> None:
    plan = plan_of(*RULES)
    assert not {*ADDED_LATER} & {*json.loads(plan.to_json())["vocabulary"]["image"]}
    names = structs.replace(plan.vocabulary, image=ImageKeys(time_point="visit"))
    named = replace(plan, vocabulary=names).sealed()
    assert json.loads(named.to_json())["vocabulary"]["image"]["time_point"] == "visit"
    assert named.digest != plan.sealed().digest
    assert Plan.from_json(named.to_json(), catalogue()).vocabulary.image == ImageKeys(time_point="visit")


def test_a_plan_of_an_earlier_engine_can_be_written_again() -> None:
    plan = Plan.from_json(EARLIER, catalogue())
    again = Plan.from_json(plan.to_json(), catalogue())
    assert replace(again, digest=plan.digest) == plan


def test_a_plan_of_an_earlier_engine_may_not_be_changed_either() -> None:
    changed = EARLIER.replace('"position_z": "ImagePositionPatientZ"', '"position_z": "z"')
    with pytest.raises(PlanError, match="changed after it was compiled"):
        Plan.from_json(changed, catalogue())


def test_every_parameter_is_written_out() -> None:
    for item, rule in zip(json.loads(plan_of(*RULES).to_json())["checks"], RULES, strict=True):
        written = {*item["parameters"], *item.get("words", {})}
        assert written == set(type(rule).model_fields) - left_out(rule), item["rule"]
        assert item["revision"] == rule.revision


def test_what_stands_beside_the_meaning_is_words_and_names_alone() -> None:
    assert {(rule.id(), name) for rule in catalogue().values() for name in beside(rule)} == {
        *((rule.id(), "titles") for rule in catalogue().values() if "titles" in rule.model_fields),
        *((rule.id(), "title") for rule in catalogue().values() if "title" in rule.model_fields),
        *(
            (rule.id(), name)
            for rule in catalogue().values()
            for name in ("question_titles", "option_titles", "class_titles")
            if name in rule.model_fields
        ),
        ("qualified", "role"),
        ("something-marked-or-said", "instead"),
        ("count-limits", "each_title"),
        ("attribute-in-range", "spellings"),
        ("count-limits", "each_title"),
        ("known-control", "controls"),
        ("known-control", "images"),
        ("known-label", "classes"),
    }


class MeasuredAnew(AreaLimits):
    """A rule that measures otherwise than it did."""

    revision = 2


def test_a_plan_of_an_earlier_revision_is_judged_and_told_under_another_digest() -> None:
    earlier = plan_of(AreaLimits(min_mm2=3.0))
    rules: dict[str, type[Rule]] = {**catalogue(), "area-limits": MeasuredAnew}
    read = Plan.from_json(earlier.to_json(), rules)
    assert read.measured_otherwise == ("area-limits",)
    assert "measured otherwise than here: area-limits" in read.outdated
    assert read.digest != earlier.digest
    assert not Plan.from_json(earlier.to_json(), catalogue()).outdated


GIVEN = Check(CountLimits(classes=("lesion",), title="Lesion", max=3), "classes.lesion.count", level="warning")


def digest(*checks: Check) -> str:
    return replace(plan_of(), checks=checks).sealed().digest


def test_words_and_the_order_of_checks_are_no_part_of_the_digest() -> None:
    second = replace(GIVEN, clause="rules.count-limits")
    one = digest(GIVEN, second)
    assert digest(second, GIVEN) == one
    spot = CountLimits(classes=("lesion",), title="Spot", max=3)
    assert digest(replace(GIVEN, note="Fewer.", heading="Lesion › Count", rule=spot), second) == one
    assert replace(plan_of(*RULES), text_digest="a" * 64).sealed().digest == plan_of(*RULES).digest


@pytest.mark.parametrize(
    "changed",
    [
        replace(GIVEN, rule=CountLimits(classes=("lesion",), title="Lesion", max=4)),
        replace(GIVEN, rule=CountLimits(classes=("cyst",), title="Lesion", max=3)),
        replace(GIVEN, clause="rules.count-limits"),
        replace(GIVEN, classes=frozenset({"lesion"})),
        replace(GIVEN, but_for=frozenset({"lesion"})),
        replace(GIVEN, level="error"),
        replace(GIVEN, escalates_to="senior"),
    ],
    ids=["limit", "class of the rule", "clause", "class", "class left out", "level", "route"],
)
def test_whatever_changes_the_judgement_changes_the_digest(changed: Check) -> None:
    assert digest(changed) != digest(GIVEN)


def test_a_verdict_says_by_which_text_and_engine_it_was_given() -> None:
    plan = replace(plan_of(), text_digest="a" * 64)
    verdict = judge(plan, Submission("1", "2", "ann", ImageFacts(), ()))
    assert (verdict.plan_digest, verdict.text_digest, verdict.engine) == (plan.digest, "a" * 64, engine_version())
