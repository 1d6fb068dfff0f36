"""What is lacking in a subject is told once all of it is in: until then a task that is still to come may have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.validation.judging.verdict import decide, escalations

if TYPE_CHECKING:
    from guidelint.validation.judging.verdict import Awaited, Verdict


def held_back(verdict: Verdict, awaited: Awaited) -> Verdict:
    """Hold back the findings that speak of absence, while not all tasks of the subject are in."""
    held = tuple(finding for finding in verdict.findings if finding.of_absence)
    if not held or not awaited.missing:
        return verdict
    told = tuple(finding for finding in verdict.findings if not finding.of_absence)
    return replace(
        verdict, findings=told, decision=decide(told), escalations=escalations(told), awaited=awaited, held=held
    )
