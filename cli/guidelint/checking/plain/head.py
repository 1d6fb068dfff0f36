"""What a run judged by, under names that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.validation.judging.plan import Plan

FORMAT = 1
"""Version of these names."""


def head_json(plans: Sequence[Plan]) -> dict[str, object]:
    """Say what was judged by what; of several guidelines the first, and the others beside it."""
    first, *others = plans
    also = {"also": [_guideline_json(plan) for plan in others]} if others else {}
    return {"format": FORMAT, **_guideline_json(first), **also, "engine": engine_version()}


def _guideline_json(plan: Plan) -> dict[str, object]:
    return {
        "guideline": {"name": plan.guideline.name, "version": plan.guideline.version, "title": plan.guideline.title},
        "plan_digest": plan.digest,
        "text_digest": plan.text_digest,
    }
