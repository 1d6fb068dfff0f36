"""Verdicts: what was judged, what was found, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guidelint.validation.judging.finding import Finding  # noqa: TC001 - verdicts are read back from JSON
from guidelint.validation.rule.subject import Subject  # noqa: TC001 - verdicts are read back from JSON

Decision = Literal["returned", "unverified", "escalated", "accepted", "skipped"]

DECISIONS: tuple[Decision, ...] = ("returned", "unverified", "escalated", "accepted", "skipped")
"""By precedence, the gravest first."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """A route that must look at the subject, and the findings that say why."""

    route: str
    findings: tuple[str, ...]
    """Ids of the findings."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """Tasks of a subject that are still to be read."""

    tasks: int
    """Tasks there are."""
    missing: int
    """Those of them that are not read."""

    def __str__(self) -> str:
        return f"waiting for {self.missing} of {self.tasks} tasks"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one subject under one plan."""

    subject: Subject
    guideline: str
    """Name and version, e.g. ``lung-nodule-ct 1.0.0``."""
    plan_digest: str
    """Of what the plan means."""
    engine: str
    findings: tuple[Finding, ...]
    decision: Decision
    escalations: tuple[Escalation, ...] = ()
    text_digest: str = ""
    """SHA-256 of the exact text of the guideline; empty: the plan was made without one."""
    awaited: Awaited | None = None
    """What must be in before ``held`` can be told; None: nothing is held."""
    held: tuple[Finding, ...] = ()
    """What is lacking as far as the subject is read; it decides nothing yet."""

    @property
    def to_change(self) -> tuple[Finding, ...]:
        """Findings that return the work."""
        return tuple(finding for finding in self.findings if returns(finding))

    @property
    def escalating(self) -> tuple[Finding, ...]:
        """Findings that send the work to somebody else."""
        return tuple(finding for finding in self.findings if escalates(finding))

    @property
    def noticed(self) -> tuple[Finding, ...]:
        """Departures that are only pointed out."""
        return tuple(
            finding
            for finding in self.findings
            if finding.outcome == "departs"
            and not returns(finding)
            and not escalates(finding)
            and not finding.tells_derived
        )

    @property
    def derived(self) -> tuple[Finding, ...]:
        """Answers that follow from others and that nobody enters."""
        return tuple(finding for finding in self.findings if finding.tells_derived)

    @property
    def is_correctable(self) -> bool:
        """Whether whoever submitted can change something of what returns the work."""
        return any(not finding.beyond_reach for finding in self.to_change)

    @property
    def not_checked(self) -> tuple[Finding, ...]:
        """Findings that tell of a question without an answer."""
        return tuple(finding for finding in self.findings if finding.outcome != "departs")

    @property
    def failed_rules(self) -> tuple[Finding, ...]:
        """Findings of rules that raised: the operator's business, whatever the decision."""
        return tuple(finding for finding in self.findings if finding.outcome == "rule-failed")


def returns(finding: Finding) -> bool:
    """Whether a finding sends the work back."""
    return finding.outcome == "departs" and finding.level == "error" and finding.escalates_to is None


def escalates(finding: Finding) -> bool:
    """Whether a finding sends the work to somebody else."""
    return finding.outcome == "departs" and bool(finding.escalates_to)


def decide(findings: tuple[Finding, ...]) -> Decision:
    """Decision by precedence: returned, unverified, escalated, accepted.

    A definite fault is told at once; what could not be checked stands beside it, and is asked again of the corrected
    work.
    """
    if any(returns(finding) for finding in findings):
        return "returned"
    if any(finding.outcome != "departs" for finding in findings):
        return "unverified"
    if any(map(escalates, findings)):
        return "escalated"
    return "accepted"


def escalations(findings: tuple[Finding, ...]) -> tuple[Escalation, ...]:
    """One escalation per route, kept whatever the decision."""
    routes: dict[str, list[str]] = {}
    for finding in findings:
        if finding.outcome == "departs" and finding.escalates_to:
            routes.setdefault(finding.escalates_to, []).append(finding.id)
    return tuple(Escalation(route, tuple(ids)) for route, ids in routes.items())
