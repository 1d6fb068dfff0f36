"""Plans that the engine 0.1.0 wrote are read with the meaning that they had there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.rules.placement.inside_image import InsideImage as Here
from guidelint.validation.judging import format_1
from guidelint.validation.judging.plan import Plan, PlanError

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule

FOLDER = Path(__file__).parent.parent / "data/engine-0.1.0"
NAMES = ("blood-cells", "lesions", "lung-nodule-ct")


def text(name: str) -> str:
    return (FOLDER / f"{name}.plan.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_checks_are_those_that_engine_judged_by(name: str) -> None:
    judged_by = json.loads((FOLDER / f"{name}.judged-by.json").read_text(encoding="utf-8"))
    checks = Plan.from_json(text(name), catalogue()).checks
    assert len(checks) == len(judged_by)
    for check, then in zip(checks, judged_by, strict=True):
        now = check.rule.model_dump(mode="json")
        assert (check.rule.id(), check.heading or check.clause, check.level) == (
            then["rule"],
            then["clause"],
            then["level"],
        )
        assert {parameter: now[parameter] for parameter in then["parameters"]} == then["parameters"], then["rule"]


@pytest.mark.parametrize("name", NAMES)
def test_the_digest_is_the_one_that_it_was_pushed_under(name: str) -> None:
    plan = Plan.from_json(text(name), catalogue())
    assert plan.digest == json.loads(text(name))["digest"]
    assert not plan.outdated
    with pytest.raises(PlanError, match="changed after it was compiled"):
        Plan.from_json(text(name).replace('"title": "', '"title": "Another ', 1), catalogue())


class InsideImage(Here):
    """The rule of an engine that has chosen another default."""

    tolerance_px: float = 99.0


def test_another_default_of_a_later_engine_changes_nothing() -> None:
    rules: dict[str, type[Rule]] = {**catalogue(), "inside-image": InsideImage}
    for name in NAMES:
        then, now = (Plan.from_json(text(name), known).checks for known in (catalogue(), rules))
        assert [check.rule.model_dump() for check in now] == [check.rule.model_dump() for check in then]


def test_every_rule_of_that_engine_still_takes_its_defaults() -> None:
    rules: dict[str, type[Rule]] = dict(catalogue())
    for rule, parameters in format_1.defaults().items():
        assert {*parameters} <= {*rules[rule].model_fields}, rule


def test_written_again_it_means_the_same() -> None:
    for name in NAMES:
        plan = Plan.from_json(text(name), catalogue())
        again = Plan.from_json(plan.to_json(), catalogue())
        assert (again.checks, again.vocabulary, again.routes) == (plan.checks, plan.vocabulary, plan.routes)
