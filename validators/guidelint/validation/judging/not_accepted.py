"""Verdicts that are not accepted whatever was found: there is a reason beside the rules why nobody may rely on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.validation.judging.finding import Finding, Of, finding_id
from guidelint.validation.judging.verdict import decide
from guidelint.validation.rule.says import MessagePart

if TYPE_CHECKING:
    from guidelint.validation.judging.verdict import Verdict

ALLOWED_FORMAT = "allowed-format"
"""Name under which it is told that work came in a format that the guideline does not take."""
OWN_GUIDELINE = "own-guideline"
"""Name under which it is told that work was annotated under another guideline than it is judged by."""
MANY_FINDINGS = "too-many-findings"
"""Name under which it is told that no more was looked for on one annotation."""
RESERVATIONS = frozenset({ALLOWED_FORMAT, OWN_GUIDELINE, MANY_FINDINGS})
"""All of these names; no rule of the catalogue has one."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reason why work is not accepted, told with every verdict that it concerns."""

    rule: str
    """Name under which it is told, one of ``RESERVATIONS``."""
    kind: str
    reason: str
    remedy: str
    clause: str
    """Where the guideline would say otherwise, as a path."""
    heading: str

    def settle(self, verdict: Verdict) -> Verdict:
        """Give the verdict with it; skipped work stays skipped."""
        if verdict.decision == "skipped":
            return verdict
        found = (*verdict.findings, self._finding(verdict))
        return replace(verdict, findings=found, decision=decide(found))

    def _finding(self, verdict: Verdict) -> Finding:
        return Finding(
            id=finding_id(self.rule, verdict.subject.key, Of("", ""), self.clause, self.kind),
            rule=self.rule,
            kind=self.kind,
            outcome="cannot-evaluate",
            level="error",
            parts=(MessagePart(self.reason),),
            do=self.remedy,
            regions=(),
            evidence={"reason": self.reason},
            clause=self.clause,
            heading=self.heading,
        )
