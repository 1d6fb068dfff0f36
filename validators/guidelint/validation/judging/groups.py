"""Findings that say the same of several regions, so that it is read once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from guidelint.validation.rule.says import MessagePart

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from guidelint.annotation.region_ref import RegionRef
    from guidelint.validation.judging.finding import Finding

Item = TypeVar("Item")
VALUES = 6
"""So many values are listed where only the measure differs."""
RUN = 3
"""So many numbers in a row are written as a range."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings with one message: about several regions, or about one thing that concerns several regions at once."""

    findings: tuple[Finding, ...]
    parts: tuple[MessagePart, ...]
    """The message; where only what was measured differs, with the measures of all of them."""

    @property
    def first(self) -> Finding:
        """The finding that stands for all: what to do and the place in the guideline are the same."""
        return self.findings[0]

    @property
    def regions(self) -> tuple[RegionRef, ...]:
        """Every region that the message reads on from."""
        return tuple(region for finding in self.findings for region in finding.subjects)

    @property
    def places(self) -> tuple[str, ...]:
        """Every place of the guideline that asks for it, in words."""
        return tuple(dict.fromkeys(finding.asked_at for finding in self.findings if finding.asked_at))

    @property
    def message(self) -> str:
        """The message as plain text."""
        return "".join(part.text for part in self.parts)


def groups(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Join findings that say and ask the same, each group where its first finding stands."""
    same = _gathered((_same(finding), finding) for finding in findings)
    alike = _gathered((_alike(group), group) for group in map(_equal, same))
    return tuple(group for members in alike for group in _merged(members))


def numbers(numbered: Iterable[int], to: str = " to ") -> str:
    """List numbers in their order, those in a row as a range: ``1 to 4, 6 and 7``."""
    runs = [
        f"{run[0]}{to}{run[-1]}" if len(run) >= RUN else ", ".join(map(str, run)) for run in _runs(sorted({*numbered}))
    ]
    *before, last = ", ".join(runs).rsplit(", ", 1)
    return " and ".join((*before, last))


def _runs(ordered: Sequence[int]) -> Iterator[Sequence[int]]:
    breaks = [index for index, (one, other) in enumerate(pairwise(ordered), 1) if other != one + 1]
    for begin, end in pairwise((0, *breaks, len(ordered))):
        yield ordered[begin:end]


def _gathered(keyed: Iterable[tuple[Hashable, Item]]) -> list[list[Item]]:
    found: dict[Hashable, list[Item]] = {}
    for key, item in keyed:
        found.setdefault(key, []).append(item)
    return list(found.values())


def _asked(finding: Finding) -> Hashable:
    """Tell findings apart by where and how they ask; pairs of regions stay pairs.

    What cannot be told has one reason, whichever rules it is that cannot tell.
    """
    if finding.outcome == "cannot-evaluate":
        return finding.outcome
    apart = finding.id if len(finding.subjects) > 1 else bool(finding.subjects)
    return finding.rule, finding.kind, finding.outcome, finding.level, finding.escalates_to, finding.asked_at, apart


def _same(finding: Finding) -> Hashable:
    return _asked(finding), finding.parts, finding.do


def _alike(group: Group) -> Hashable:
    """Tell findings apart by everything but the measures in their sentence."""
    words = tuple(part.text if part.value is None else None for part in group.parts)
    return _asked(group.first), words, group.first.do


def _equal(findings: Sequence[Finding]) -> Group:
    return Group(tuple(findings), findings[0].parts)


def _merged(members: Sequence[Group]) -> Iterator[Group]:
    """Join groups that differ in one measure; groups that differ in more than one stay apart."""
    differing = [
        index for index, parts in enumerate(zip(*(group.parts for group in members), strict=True)) if len({*parts}) > 1
    ]
    if len(differing) != 1:
        yield from members
        return
    which = differing[0]
    findings = sorted((finding for group in members for finding in group.findings), key=_number)
    parts = list(members[0].parts)
    parts[which] = MessagePart(_listed([finding.parts[which] for finding in findings]), is_evidence=True)
    yield Group(tuple(findings), tuple(parts))


def _number(finding: Finding) -> int:
    return finding.regions[0].number if finding.regions else 0


def _listed(measures: Sequence[MessagePart]) -> str:
    """List what was measured in the order of the regions; of many, the smallest and the largest."""
    if len(measures) <= VALUES:
        return ", ".join(measure.text for measure in measures)
    ordered = sorted(measures, key=lambda measure: measure.value or 0.0)
    return f"{ordered[0].text} to {ordered[-1].text}"
