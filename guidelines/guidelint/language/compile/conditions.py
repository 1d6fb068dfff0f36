"""The condition of a use, with what the guideline says of the questions in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.condition import When

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Attribute, Guideline
    from guidelint.validation.rule.condition import Condition


def when_of(condition: Condition, guideline: Guideline) -> When:
    """Complete a condition."""
    asked = {name: guideline.attributes[name] for name in condition.questions if name in guideline.attributes}
    return When(
        condition,
        optional=frozenset(name for name, part in asked.items() if _may_be_missing(part)),
        asks_regions=any(part.per_region for part in asked.values()),
        titles={name: part.title for name, part in asked.items()},
    )


def _may_be_missing(part: Attribute) -> bool:
    """Whether a question may have no answer: it may be left open, or what it follows from may, or is not marked."""
    if part.derivation is None or part.is_entered:
        return part.may_stay_open
    return part.forbidden is not None or part.derivation.may_not_follow(per_region=part.per_region)
