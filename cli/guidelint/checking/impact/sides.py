"""What both versions say of each subject: judged in one go where they can be, and one after the other where not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from guidelint.checking.delivery import Delivery
from guidelint.checking.impact.differing import NEW, OLD
from guidelint.checking.record import Judged, Unread
from guidelint.validation.judging.verdict import decide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.checking.impact.differing import Differing
    from guidelint.imaging.given import Given
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Decision


class Cause(NamedTuple):
    """Something that one version finds."""

    clause: str
    rule: str
    kind: str
    regions: tuple[tuple[str, str | None], ...]
    """Id and class of each region that it is about."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one version says of a subject."""

    decision: Decision
    findings: tuple[Finding, ...] = ()

    @property
    def causes(self) -> frozenset[Cause]:
        """What is found, so that it can be compared with what another version finds."""
        return frozenset(map(_cause, self.findings))


@dataclass(frozen=True, slots=True)
class Told:
    """A subject, and what both versions say of it."""

    judged: Judged
    old: Side
    new: Side


def told(differing: Differing, sources: Sequence[Source], given: Given) -> Iterator[Told | Unread]:
    """Judge everything under both versions."""
    both = differing.both
    if both is not None:
        return _in_one_go(both, sources, given)
    return _one_after_the_other(differing, sources, given)


def _in_one_go(both: Plan, sources: Sequence[Source], given: Given) -> Iterator[Told | Unread]:
    for record in Delivery(both, sources, given=given).records():
        if isinstance(record, Judged):
            found = record.verdict.findings
            old = _side(record, (one for one in found if not one.clause.endswith(NEW)))
            new = _side(record, (one for one in found if not one.clause.endswith(OLD)))
            yield Told(record, old, new)
        elif isinstance(record, Unread):
            yield record


def _one_after_the_other(differing: Differing, sources: Sequence[Source], given: Given) -> Iterator[Told | Unread]:
    """Judge all by the old version first; the new one goes by its name, so that work is not of another guideline."""
    before: dict[tuple[str, str, int], Side] = {}
    for record in Delivery(differing.old, sources, given=given).records():
        if isinstance(record, Judged):
            before[_key(record)] = _side(record, record.verdict.findings)
        elif isinstance(record, Unread):
            yield record
    new = replace(differing.new, guideline=differing.old.guideline)
    for record in Delivery(new, sources, given=given).records():
        if isinstance(record, Judged):
            now = _side(record, record.verdict.findings)
            yield Told(record, before.get(_key(record), Side("accepted")), now)


def _key(record: Judged) -> tuple[str, str, int]:
    return record.file, record.verdict.subject.key, record.record


def _side(record: Judged, findings: Iterable[Finding]) -> Side:
    if record.verdict.decision == "skipped":
        return Side("skipped")
    kept = tuple(one for one in findings if not one.tells_derived)
    return Side(decide(kept), kept)


def _cause(finding: Finding) -> Cause:
    clause = finding.clause.removesuffix(OLD).removesuffix(NEW)
    regions = tuple((ref.id, ref.class_name) for ref in finding.regions)
    return Cause(clause, finding.rule, f"{finding.kind} {finding.level} {finding.escalates_to}", regions)
