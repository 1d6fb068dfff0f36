"""What a run judged by, under names that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from guidelint.validation.judging.plan import Plan

FORMAT = 1
"""Version of these names."""


def head_json(plan: Plan) -> dict[str, object]:
    """Say what was judged by what."""
    return {
        "format": FORMAT,
        "guideline": {"name": plan.guideline.name, "version": plan.guideline.version, "title": plan.guideline.title},
        "plan_digest": plan.digest,
        "text_digest": plan.text_digest,
        "engine": engine_version(),
    }
