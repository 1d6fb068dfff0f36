"""The reliability of a guideline, from files of work that several readers did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.checking.input.work import Work
from guidelint.checking.reliability.error import ReliabilityError
from guidelint.checking.reliability.reliability import WITHIN_MM, reliability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.reliability.reliability import Reliability
    from guidelint.validation.judging.plan import Plan

NOBODY_TWICE = (
    "no two readers have read the same task or marked the same object in it: whether they come to the same verdicts"
    " cannot be told"
)


def reliability_of_files(plan: Plan, arguments: Sequence[str], within_mm: float = WITHIN_MM) -> Reliability:
    """Tell how alike readers apply a guideline. Raises WorkError, and ReliabilityError where no two read the same."""
    work = Work(arguments, plan.vocabulary)
    found = reliability(plan, work, within_mm)
    if not found.object_pairs and not found.image_pairs:
        raise ReliabilityError(f"{NOBODY_TWICE}{f'; {work.unread} records could not be read' if work.unread else ''}")
    return replace(found, unread=work.unread)
