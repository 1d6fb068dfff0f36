"""Decisions on regions, by class: of the findings on their annotation, and on whatever lies above it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from guidelint.checking.counting.tallies import NOBODY, Tallies
from guidelint.checking.kept.digest import digest
from guidelint.checking.kept.numbers import Numbers
from guidelint.validation.judging.not_accepted import RESERVATIONS
from guidelint.validation.judging.verdict import DECISIONS, Decision, decide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region_ref import RegionRef
    from guidelint.checking.record import Judged
    from guidelint.validation.judging.finding import Finding

MOST_KNOWN = 1_000_000
"""So many regions with findings are told apart; of others what lies above an annotation is not counted."""
_ACCEPTED = DECISIONS.index("accepted")


class Found(NamedTuple):
    """What is decided on a region."""

    class_name: str
    key: int
    decision: Decision
    above: bool = False
    """By a verdict on what lies above its annotation."""


@dataclass(slots=True)
class ByClass:
    """Counts every region of a class once, by the gravest that is found of it anywhere."""

    several: bool = False
    """Whether classes are those of several guidelines, each of which means its own."""
    tallies: Tallies = field(default_factory=Tallies)
    later: list[Found] | None = None
    """What was found of regions, for whoever merges this; None: it is counted here."""
    _found: Numbers = field(default_factory=Numbers)
    """Regions that are not simply accepted, with which of the decisions that is."""

    def count(self, judged: Judged) -> None:
        """Count the regions of an annotation; none of a skipped one is judged."""
        if judged.verdict.decision == "skipped":
            return
        left = Counter({self._name(judged, name): count for name, count in judged.regions.items()})
        for region, decision in _decided(judged):
            name = self._name(judged, region.class_name)
            if left[name] > 0:
                left[name] -= 1
                self.tallies.add(name, decision)
                self._note(Found(name, _key(judged, region), decision))
        for name, count in left.items():
            if count > 0:
                self.tallies.add(name, _otherwise(judged), count)

    def count_above(self, judged: Judged) -> None:
        """Count otherwise the regions that a verdict on several annotations names, where it is graver."""
        for region, decision in _decided(judged):
            self._note(Found(self._name(judged, region.class_name), _key(judged, region), decision, above=True))

    def _name(self, judged: Judged, class_name: str | None) -> str:
        return of_guideline(class_name or NOBODY, judged.verdict.guideline if self.several else "")

    def merge(self, other: ByClass) -> None:
        """Count what was counted behind all this."""
        self.tallies.merge(other.tallies)
        for found in other.later or ():
            self._note(found)

    def _note(self, found: Found) -> None:
        if self.later is not None:
            self.later.append(found)
        elif not found.above or self._is_graver(found):
            self._know(found)

    def _is_graver(self, found: Found) -> bool:
        """Count a region otherwise, where what lies above it is decided so."""
        before = DECISIONS[self._found.get(found.key, _ACCEPTED)]
        is_graver = DECISIONS.index(found.decision) < DECISIONS.index(before)
        if is_graver:
            self.tallies.move(found.class_name, before, found.decision)
        return is_graver

    def _know(self, found: Found) -> None:
        if found.decision != "accepted" and (found.key in self._found or len(self._found) < MOST_KNOWN):
            self._found.put(found.key, DECISIONS.index(found.decision))


def of_guideline(class_name: str, guideline: str) -> str:
    """Name a class, and its guideline where there are several."""
    return f"{class_name} ({guideline})" if guideline and class_name else class_name


def _otherwise(judged: Judged) -> Decision:
    """Decide on regions that nothing is found of: accepted, unless nothing of the work can be."""
    reserved = any(finding.rule in RESERVATIONS for finding in judged.verdict.findings)
    return "unverified" if reserved else "accepted"


def _key(judged: Judged, region: RegionRef) -> int:
    subject = judged.verdict.subject
    return digest(*region.key(subject.task, subject.annotation), str(region.number))


def _decided(judged: Judged) -> Iterator[tuple[RegionRef, Decision]]:
    """Give every region that a finding names with what follows from all that is found of it.

    Regions that share an id are told apart by number; tasks and annotations that a finding names are no regions.
    """
    named: dict[int, tuple[RegionRef, list[Finding]]] = {}
    for finding in judged.verdict.findings:
        for region in finding.regions:
            if region.number:
                named.setdefault(_key(judged, region), (region, []))[1].append(finding)
    return ((region, decide(tuple(findings))) for region, findings in named.values())
