"""Every case of a rule holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from guidelint.validation.cases.run import run_case

if TYPE_CHECKING:
    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.rule import Rule


class CasesHold:
    """Cases of rules, run."""

    rules: ClassVar[tuple[type[Rule], ...]] = ()

    def test_a_rule_finds_what_its_case_says(self, rule: type[Rule], case: Case) -> None:
        """The case finds what it says it finds, and nothing else."""
        assert run_case(rule, case).broken == ""
