"""A run compared with a baseline: which findings are known, what is decided but for them, which entries are left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guidelint.checking.baseline.standing import standing
from guidelint.validation.judging.verdict import DECISIONS, Decision, decide

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from guidelint.checking.baseline.reading import Baseline
    from guidelint.checking.known import By, Entry
    from guidelint.checking.record import Judged

FIRST = 100
"""So many entries of a kind are named."""


@dataclass(slots=True)
class Comparison:
    """Compares record by record, and counts."""

    baseline: Baseline
    today: dt.date
    """In UTC."""
    never_left_out: AbstractSet[str] = frozenset()
    """Rules that no run can leave out."""
    known: Counter[By] = field(default_factory=Counter["By"])
    """Known findings, by what makes them known."""
    worse: int = 0
    """Findings farther beyond their limit than their entry."""
    otherwise_new: int = 0
    """Other findings that their entry does not make known."""
    decisions: Counter[Decision] = field(default_factory=Counter[Decision])
    """What is decided but for known findings, on annotations and series."""
    _seen: set[str] = field(default_factory=set[str])

    def compared(self, judged: Judged) -> Judged:
        """Give the record with how its findings stand. Its verdict stays what it is."""
        findings, entries = judged.verdict.findings, self.baseline.entries
        standings = {
            finding.id: standing(entry, finding, self.today, self.never_left_out)
            for finding in findings
            if (entry := entries.get(finding.id)) is not None
        }
        for stands in standings.values():
            self.known[stands.entry.by] += stands.is_known
            self.worse += stands.is_worse
            self.otherwise_new += not stands.is_known and not stands.is_worse
        self._seen.update(standings)
        new = tuple(one for one in findings if one.id not in standings or not standings[one.id].is_known)
        decision = judged.verdict.decision if len(new) == len(findings) else decide(new)
        self.decisions[decision] += 1
        return replace(judged, standings=standings, but_for_known=decision)

    def part(self) -> Comparison:
        """Begin to compare a part of the same run, to be merged."""
        return Comparison(self.baseline, self.today, self.never_left_out)

    def merge(self, other: Comparison) -> None:
        """Take in what was compared of what follows all this."""
        self.known.update(other.known)
        self.worse += other.worse
        self.otherwise_new += other.otherwise_new
        self.decisions.update(other.decisions)
        self._seen |= other._seen

    @property
    def unmatched(self) -> tuple[Entry, ...]:
        """Entries that still count and match no finding."""
        return tuple(one for one in self._left if not one.is_expired(self.today))

    @property
    def expired(self) -> tuple[Entry, ...]:
        """Waivers whose last day is over."""
        return tuple(one for one in self.baseline.entries.values() if one.is_expired(self.today))

    @property
    def _left(self) -> Iterator[Entry]:
        return (one for key, one in self.baseline.entries.items() if key not in self._seen)

    def as_json(self) -> dict[str, object]:
        """Give the counts under stable names."""
        return {
            "file": self.baseline.name,
            "guideline": self.baseline.guideline,
            "known": self.known.total(),
            "waived": self.known["waiver"],
            "worse": self.worse,
            "otherwise_new": self.otherwise_new,
            "decisions_but_for_known": {decision: self.decisions[decision] for decision in DECISIONS},
            "unmatched": _some(self.unmatched),
            "expired": _some(self.expired),
        }


def _some(entries: tuple[Entry, ...]) -> dict[str, object]:
    return {"total": len(entries), "first": [{"id": one.id, "name": one.name} for one in entries[:FIRST]]}
