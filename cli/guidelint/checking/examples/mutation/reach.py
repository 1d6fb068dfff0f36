"""What an answer that nobody enters can come to: no example notices a limit that lies beyond."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from guidelint.rules.answers.attribute_in_range import AttributeInRange
from guidelint.rules.answers.derived_answer import DerivedAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.derivation import Derivation
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.rule import Rule

Reach = tuple[float, float, float | None]
"""The smallest number, the largest, and the step to which it is rounded."""
_OF_PARTS: Final = frozenset({"area", "volume", "count"})
"""Measures of which a part has at most as much as the whole."""
_PERCENT: Final = "%"


def reaches(plan: Plan) -> Mapping[str, Reach]:
    """Tell for each question that nobody answers what it can come to."""
    rules = (check.rule for check in plan.checks)
    followed = (rule for rule in rules if isinstance(rule, DerivedAnswer) and not rule.derivation.is_entered)
    return {rule.attribute: _reach(rule.derivation) for rule in followed}


def _reach(by: Derivation) -> Reach:
    if by.terms or not by.parts:
        return -inf, inf, by.step
    of, to = by.parts[0], by.divided_by
    is_share = to is not None and of.measured == to.measured and {*of.classes} <= {*to.classes}
    if not is_share or of.measured not in _OF_PARTS:
        return 0.0, inf, by.step
    return 0.0, 100.0 if by.unit == _PERCENT else 1.0, by.step


def is_beyond(before: Rule, after: Rule | None, reached: Mapping[str, Reach]) -> bool:
    """Whether a range is changed to another, or to none, and neither can be left by what follows."""
    if not isinstance(before, AttributeInRange) or before.attribute not in reached:
        return False
    return not any(isinstance(one, AttributeInRange) and _may_depart(one, reached) for one in (before, after))


def _may_depart(rule: AttributeInRange, reached: Mapping[str, Reach]) -> bool:
    least, most, step = reached[rule.attribute]
    if rule.options or rule.at_limit != "kept" or rule.step not in (None, step):
        return True
    return (rule.min is not None and least < rule.min) or (rule.max is not None and most > rule.max)
