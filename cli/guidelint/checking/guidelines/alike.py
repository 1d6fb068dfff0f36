"""Guidelines of one run that no task could tell apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guidelint.validation.judging.plan import PlanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.validation.judging.plan import Plan


def refuse_alike(plans: Sequence[Plan]) -> None:
    """Raise PlanError where two have one name and version."""
    alike = next((name for name, times in Counter(str(plan.guideline) for plan in plans).items() if times > 1), "")
    if alike:
        raise PlanError(f"{alike} is given twice, and no task could say which is meant. Give each guideline once")
