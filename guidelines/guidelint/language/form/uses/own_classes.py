"""Classes that a rule is given itself: it judges regions of these, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule


def own_classes(rule: Rule) -> tuple[str, ...]:
    """List them; none: it judges those that it is written for."""
    names = fields_of(type(rule), Concerned)
    return next((given for name in names if (given := getattr(rule, name))), ())
