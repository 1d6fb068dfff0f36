"""Every case of every rule holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import run_case

if TYPE_CHECKING:
    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.rule import Rule

CASES = [
    pytest.param(rule, case, id=f"{name}: {case.title}") for name, rule in catalogue().items() for case in rule.cases
]


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_finds_what_its_case_says(rule: type[Rule], case: Case) -> None:
    assert run_case(rule, case).broken == ""
