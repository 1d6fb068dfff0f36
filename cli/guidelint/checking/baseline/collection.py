"""What a run writes into a baseline: findings that may be known, and the waivers of before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.checking.baseline.belonging import head_of
from guidelint.checking.baseline.error import BaselineError
from guidelint.checking.baseline.measured import change, measured, measured_then
from guidelint.checking.baseline.reading import FORMAT, MOST_ENTRIES, VERSION, Head
from guidelint.checking.baseline.standing import entry_of, needs_waiver, standing
from guidelint.checking.baseline.writing import bytes_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from guidelint.checking.baseline.reading import Baseline
    from guidelint.checking.known import Entry
    from guidelint.checking.record import Judged
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan


@dataclass(frozen=True, slots=True)
class Written:
    """A baseline to be written, and what is to be said of it."""

    text: bytes
    findings: int
    waivers: int
    kept: int
    """Entries without a finding that stay, because the run did not judge everything."""
    dropped: int
    """Entries without a finding that do not stay."""
    expired: int
    """Findings that stay new although they have a waiver: it has expired, or accepts less."""
    unjudged: int
    """Findings that stay new because they tell of work that nobody has judged."""


@dataclass(slots=True)
class Collection:
    """Collects the findings of a run."""

    previous: Baseline
    """What stands in the file, or in the baseline that the run is compared with."""
    today: dt.date
    """In UTC."""
    never_left_out: AbstractSet[str] = frozenset()
    """Rules that no run can leave out."""
    several: bool = False
    """Whether the run judges by several guidelines, so that entries say by which they are."""
    _entries: dict[str, Entry] = field(default_factory=dict[str, "Entry"])
    _waived: dict[str, bool] = field(default_factory=dict[str, bool])
    """Findings that have a waiver → whether it covers them."""
    _unjudged: set[str] = field(default_factory=set[str])

    def add(self, judged: Judged) -> None:
        """Take in the findings of a record. Raises BaselineError when there are too many."""
        for finding in judged.verdict.findings:
            self._add(judged, finding)
        self._refuse_too_many()

    def _add(self, judged: Judged, finding: Finding) -> None:
        before = self.previous.entries.get(finding.id)
        if before is not None and before.by == "waiver":
            stands = standing(before, finding, self.today, self.never_left_out)
            self._waived[finding.id] = stands.is_known and self._waived.get(finding.id, True)
        elif needs_waiver(finding, self.never_left_out):
            self._unjudged.add(finding.id)
        elif (known := self._entries.get(finding.id)) is None or change(known, measured(finding))[0]:
            self._entries[finding.id] = entry_of(judged, finding, judged.verdict.guideline if self.several else "")

    def part(self) -> Collection:
        """Begin to collect a part of the same run, to be merged."""
        return Collection(self.previous, self.today, self.never_left_out)

    def merge(self, other: Collection) -> None:
        """Take in the findings of what follows all this. Raises BaselineError when there are too many."""
        for key, covers in other._waived.items():
            self._waived[key] = covers and self._waived.get(key, True)
        self._unjudged |= other._unjudged
        for key, entry in other._entries.items():
            known = self._entries.get(key)
            if known is None or change(known, measured_then(entry))[0]:
                self._entries[key] = entry
        self._refuse_too_many()

    def _refuse_too_many(self) -> None:
        if len(self._entries) > MOST_ENTRIES:
            raise BaselineError(f"more than {MOST_ENTRIES:,} findings are no baseline. Mend what is found most often")

    def written(self, plans: Sequence[Plan], *, is_partial: bool) -> Written:
        """Put the baseline together. A run that did not judge everything drops no entry. Raises BaselineError."""
        seen = {*self._entries, *self._waived, *self._unjudged}
        left = [one for key, one in self.previous.entries.items() if key not in seen]
        kept = [one for one in left if is_partial or (one.by == "waiver" and not one.is_expired(self.today))]
        waivers = [self.previous.entries[key] for key in self._waived]
        all_entries = (*self._entries.values(), *waivers, *kept)
        names, versions = head_of(plans)
        head = Head(format=FORMAT, version=VERSION, guideline=names, guideline_version=versions)
        return Written(
            bytes_of(head, all_entries),
            findings=len(self._entries),
            waivers=sum(one.by == "waiver" for one in all_entries),
            kept=sum(one.by == "baseline" for one in kept),
            dropped=len(left) - len(kept),
            expired=sum(not covers for covers in self._waived.values()),
            unjudged=len(self._unjudged),
        )
