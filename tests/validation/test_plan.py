"""Plans survive the way to a file and back, and only that."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from guidelint.imaging.keys import ImageKeys
from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.plan import Plan, PlanError, Route

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
        (plan_of(*RULES).to_json().replace('"format": 1', '"format": 2'), "format 1, not 2"),
    ],
    ids=[
        "empty",
        "a list",
        "changed by hand",
        "a rule that is not here",
        "a parameter that is not here",
        "newer format",
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


def test_a_plan_of_an_earlier_engine_can_be_written_again() -> None:
    plan = Plan.from_json(EARLIER, catalogue())
    again = Plan.from_json(plan.to_json(), catalogue())
    assert replace(again, digest=plan.digest) == plan


def test_a_plan_of_an_earlier_engine_may_not_be_changed_either() -> None:
    changed = EARLIER.replace('"position_z": "ImagePositionPatientZ"', '"position_z": "z"')
    with pytest.raises(PlanError, match="changed after it was compiled"):
        Plan.from_json(changed, catalogue())
