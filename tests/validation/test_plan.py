"""Plans survive the way to a file and back, and only that."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.plan import Plan, PlanError, Route

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
