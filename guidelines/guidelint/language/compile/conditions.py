"""The condition of a use, with what the guideline says of the questions in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.guideline import may_stay_open
from guidelint.validation.rule.condition import When

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.rule.condition import Condition


def when_of(condition: Condition, guideline: Guideline) -> When:
    """Complete a condition."""
    asked = {name: guideline.attributes[name] for name in condition.questions if name in guideline.attributes}
    return When(
        condition,
        optional=frozenset(name for name, part in asked.items() if may_stay_open(part.required)),
        asks_regions=any(part.per_region for part in asked.values()),
        titles={name: part.title for name, part in asked.items()},
    )
