"""A pytest plugin: the tests that every rule is held to, for the rules of any package.

Name it in ``conftest.py`` (``pytest_plugins = ["guidelint.validation.testing"]``) and list the rules in a test file::

    from guidelint.validation.testing import RuleTests

    class TestMyRules(RuleTests):
        rules = (VertexCount,)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from guidelint.validation.testing.cases_hold import CasesHold
from guidelint.validation.testing.is_told import IsTold
from guidelint.validation.testing.is_whole import IsWhole

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.rule import Rule

__all__ = ("CasesHold", "IsTold", "IsWhole", "RuleTests", "pytest_generate_tests")


class RuleTests(IsWhole, IsTold, CasesHold):
    """Every test that a rule is held to."""


class Parametrized(Protocol):
    """What pytest hands to the plugin for each test."""

    cls: type | None
    fixturenames: Collection[str]

    def parametrize(self, argnames: str, argvalues: Sequence[object], *, ids: Sequence[str]) -> None:
        """Run the test once for each of the values."""


def pytest_generate_tests(metafunc: Parametrized) -> None:
    """Run each test of such a class for every rule it names, every case, or every parameter."""
    rules = _rules(metafunc.cls)
    wanted = set(metafunc.fixturenames)
    if "settable" in wanted:
        rules = tuple(rule for rule in rules if rule.settable())
    subject = "settable" if "settable" in wanted else "rule"
    if not rules or subject not in wanted:
        return
    if "case" in wanted:
        pairs = [(rule, case) for rule in rules for case in _cases(rule)]
        metafunc.parametrize(f"{subject},case", pairs, ids=[f"{rule.id()}: {case.title}" for rule, case in pairs])
    elif "parameter" in wanted:
        set_ = [(rule, name) for rule in rules for name in rule.parameters()]
        metafunc.parametrize(f"{subject},parameter", set_, ids=[f"{rule.id()}: {name}" for rule, name in set_])
    else:
        metafunc.parametrize(subject, rules, ids=[rule.id() for rule in rules])


def _rules(cls: type | None) -> tuple[type[Rule], ...]:
    bases = (IsWhole, IsTold, CasesHold)
    return cls.rules if cls is not None and issubclass(cls, bases) else ()


def _cases(rule: type[Rule]) -> tuple[Case, ...]:
    return rule.cases
