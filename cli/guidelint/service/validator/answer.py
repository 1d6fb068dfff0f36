"""What is answered: errors of the whole and of each region, in the form that Label Studio's users asked for, and more.

``global-errors`` and ``per-result-errors`` are those of https://github.com/HumanSignal/label-studio/issues/8065.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from guidelint.validation.judging.finding import Outcome
from guidelint.validation.judging.verdict import Decision
from guidelint.validation.rule.rule import Level
from guidelint.validation.rule.wording import full_stop

if TYPE_CHECKING:
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.verdict import Verdict

PASSED = frozenset({"accepted", "escalated", "skipped"})
MOST_FINDINGS = 1000
"""So many findings are told; a submission with more has been told enough."""


class Told(msgspec.Struct, frozen=True, rename="kebab"):
    """One finding."""

    rule: str
    level: Level
    outcome: Outcome
    message: str
    """What was measured, and the limit."""
    remedy: str
    """What to do next."""
    clause: str
    """Where the guideline asks for it, in the words that annotators read."""
    clause_path: str
    """The same as a path in the guideline."""
    regions: tuple[str, ...]
    """Ids of the regions that it is about; none: the whole."""
    escalates_to: str | None


class Answer(msgspec.Struct, frozen=True, rename="kebab"):
    """The judgement on one annotation."""

    valid: bool
    """Whether it would be taken: nothing has to be changed, and everything could be checked."""
    decision: Decision
    guideline: str
    plan_digest: str
    """SHA-256 of what the guideline means."""
    text_digest: str
    """SHA-256 of the exact text of the guideline."""
    engine: str
    """Version of guidelint that judged."""
    global_errors: tuple[str, ...]
    per_result_errors: dict[str, tuple[str, ...]]
    """Id of a region → what is wrong with it."""
    findings: tuple[Told, ...]
    """All that was found, also what does not keep it from being taken."""
    more_findings: int
    """How many are not told."""


def answer_of(verdict: Verdict) -> Answer:
    """Tell a verdict."""
    per_region: dict[str, list[str]] = {}
    of_all: list[str] = []
    for finding in (*verdict.to_change, *verdict.not_checked)[:MOST_FINDINGS]:
        for region in finding.regions:
            per_region.setdefault(region.id, []).append(_sentence(finding))
        if not finding.regions:
            of_all.append(_sentence(finding))
    shown = verdict.findings[:MOST_FINDINGS]
    return Answer(
        valid=verdict.decision in PASSED,
        decision=verdict.decision,
        guideline=verdict.guideline,
        plan_digest=verdict.plan_digest,
        text_digest=verdict.text_digest,
        engine=verdict.engine,
        global_errors=tuple(of_all),
        per_result_errors={region: tuple(said) for region, said in per_region.items()},
        findings=tuple(_told(finding) for finding in shown),
        more_findings=len(verdict.findings) - len(shown),
    )


def _told(finding: Finding) -> Told:
    return Told(
        rule=finding.rule,
        level=finding.level,
        outcome=finding.outcome,
        message=finding.message,
        remedy=finding.do,
        clause=finding.asked_at,
        clause_path=finding.clause,
        regions=tuple(region.id for region in finding.regions),
        escalates_to=finding.escalates_to,
    )


def _sentence(finding: Finding) -> str:
    """Regions by the names that annotators see, what was measured against what limit, what to do next."""
    between = ", " if finding.unnamed else " and "
    where = between.join(region.title for region in finding.named_regions) + finding.unnamed
    message = f"{where}: {finding.message}" if where else finding.message[:1].upper() + finding.message[1:]
    return f"{message}{full_stop(message)} {finding.do}".rstrip()
