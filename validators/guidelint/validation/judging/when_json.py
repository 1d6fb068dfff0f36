"""The condition of a check, as a plan writes it and reads it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from guidelint.validation.judging.plan_parts import PlanError, WhenJson
from guidelint.validation.rule.condition import Condition, When

if TYPE_CHECKING:
    from collections.abc import Mapping


def written_when(when: When) -> WhenJson:
    """Write a condition: what an author gave, and what the guideline says of its questions."""
    given = when.condition.model_dump(mode="json", exclude_defaults=True)
    return WhenJson(condition=given, optional=tuple(sorted(when.optional)), asks_regions=when.asks_regions)


def when_of(written: WhenJson, titles: Mapping[str, str]) -> When:
    """Read a condition. Raises PlanError when this engine does not know it."""
    try:
        condition = Condition.model_validate_json(msgspec.json.encode(written.condition))
    except ValueError as error:
        raise PlanError(f"the plan gives a condition that this engine does not know: {error}") from error
    return When(condition, frozenset(written.optional), written.asks_regions, titles)
