"""Statistics of a delivery: how many of what, by decision and by rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from guidelint.cli.delivery import Judged, Record, Unread
from guidelint.validation.verdict import DECISIONS, Decision

if TYPE_CHECKING:
    from guidelint.validation.finding import Finding

Column = Literal["error", "warning", "note", "escalates", "not checked", "rule failed"]
COLUMNS: tuple[Column, ...] = ("error", "warning", "note", "escalates", "not checked", "rule failed")
PASSING: frozenset[Decision] = frozenset({"accepted", "skipped"})
"""Decisions that ask nobody to do anything."""


def column(finding: Finding) -> Column:
    """Tell how a finding is counted: its level, unless it escalates or tells that there is no answer."""
    if finding.outcome == "cannot-evaluate":
        return "not checked"
    if finding.outcome == "rule-failed":
        return "rule failed"
    return "escalates" if finding.escalates_to else finding.level


@dataclass(slots=True)
class Totals:
    """Counts that grow with every record."""

    annotations: Counter[Decision] = field(default_factory=Counter[Decision])
    series: Counter[Decision] = field(default_factory=Counter[Decision])
    rules: dict[str, Counter[Column]] = field(default_factory=dict[str, Counter[Column]])
    unread: int = 0
    wrong_files: int = 0

    def count(self, record: Record) -> None:
        """Count one record."""
        if isinstance(record, Unread):
            self.unread += not record.usage
            self.wrong_files += record.usage
        else:
            self._count_verdict(record)

    def _count_verdict(self, record: Judged) -> None:
        verdict = record.verdict
        counts = self.series if verdict.subject.kind == "series" else self.annotations
        counts[verdict.decision] += 1
        for finding in verdict.findings:
            self.rules.setdefault(finding.rule, Counter())[column(finding)] += 1

    @property
    def status(self) -> int:
        """Exit status: 2 a file of another kind, 1 anything not accepted (or not read), 0 all accepted or skipped."""
        if self.wrong_files:
            return 2
        decided = self.annotations + self.series
        return int(self.unread > 0 or any(decided[decision] for decision in DECISIONS if decision not in PASSING))

    @property
    def failed_rules(self) -> tuple[str, ...]:
        """Rules that raised on any record."""
        return tuple(sorted(rule for rule, counts in self.rules.items() if counts["rule failed"]))

    def as_json(self) -> dict[str, object]:
        """Give the counts under stable names."""
        return {
            "annotations": {decision: self.annotations[decision] for decision in DECISIONS},
            "series": {decision: self.series[decision] for decision in DECISIONS},
            "rules": {rule: dict(counts) for rule, counts in sorted(self.rules.items())},
            "unreadable": self.unread,
            "files_of_another_kind": self.wrong_files,
        }
