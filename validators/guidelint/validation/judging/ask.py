"""What a check replied, as findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from guidelint.annotation.region import Region
from guidelint.annotation.region_ref import RegionRef
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.judging.finding import Finding, Of, finding_id
from guidelint.validation.judging.spacing_source import spacing_from
from guidelint.validation.rule.evidence import LIMITS, Quantity
from guidelint.validation.rule.limit import OfImage
from guidelint.validation.rule.reply import Departure
from guidelint.validation.rule.says import MessagePart, render, rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from guidelint.validation.judging.finding import Outcome
    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.evidence import Evidence
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.rule import Level
    from guidelint.validation.rule.says import Says
    from guidelint.validation.rule.subject import Subject

Refs = tuple[RegionRef, ...]
MOST_FINDINGS = 10_000
"""So many are made on one submission: each costs some fifty microseconds, and nobody reads more."""
UNCHECKED = "this could not be checked: "
"""Stands before the reason why something could not be told."""
FAILED = "the rule itself failed: "
"""Stands before what a rule raised."""
REPORT = "Please report this: it is a fault of the rule, not of the annotation."
NOTHING: Mapping[str, Evidence] = MappingProxyType({})


def replies(
    check: Check,
    subject: Subject,
    ask: Callable[[], Iterable[Reply]],
    about: Sequence[Region] = (),
    group: str | None = None,
) -> Iterator[Finding]:
    """Turn what a check replies into findings about the regions it names, else about ``about``.

    ``group``: of contributions, if they were asked. A check that raises is reported, never passed over; what it replied
    before stands. Who has enough findings asks no further: a check replies as far as its findings are wanted.
    """
    try:
        for reply in ask() if group is not None else islice(ask(), MOST_FINDINGS + 1):
            regions = reply.regions or about
            if isinstance(reply, Departure):
                source = spacing_from(reply.evidence, regions)
                yield finding_of(check, subject, reply, _references(regions), group, source)
            else:
                refs = _references(regions)
                of = _of(group, refs)
                yield cannot_tell(check, subject, reply.reason, refs, of, of_absence=reply.of_absence)
    except NotMeasurable as error:
        refs = _references(about)
        yield cannot_tell(check, subject, str(error), refs, _of(group, refs))
    except Exception as error:  # noqa: BLE001 - a rule that raises is reported, never passed over
        refs = _references(about)
        yield rule_failed(check, subject, in_words(error), refs, _of(group, refs))


def finding_of(  # noqa: PLR0917 - what a finding is made of
    check: Check,
    subject: Subject,
    departure: Departure,
    regions: Refs,
    group: str | None = None,
    source: Mapping[str, Evidence] = NOTHING,
) -> Finding:
    """Make a finding of a departure. Raises KeyError when the rule has no words for it.

    A region with nothing to measure is returned, whatever level or route the rule was given: nobody else judges it.
    Where somebody else takes it, the annotator has nothing to change, but for what the author asks.
    ``source``: evidence of where the spacing is from.
    """
    says = check.rule.says[departure.kind]
    to = None if says.leaves_nothing or says.tells_value else check.escalates_to
    own_words = bool(check.note or to) and not says.tells_value
    of_some = check.when is not None and check.when.of_region
    evidence = departure.evidence
    of_image = any(map(_is_limit_of_image, evidence.items()))
    return Finding(
        id=_id(check, subject, departure.kind, regions, _of(group, regions, departure.about)),
        rule=check.rule.id(),
        kind=departure.kind,
        outcome="departs",
        level=_level(check, says),
        parts=render(says.sentence(of_some=of_some), evidence),
        do=check.note if own_words else rendered(says.do, evidence),
        regions=regions,
        evidence={**(dict(_plain(evidence)) if of_image else evidence), **source},
        clause=check.clause,
        escalates_to=to,
        place=departure.place,
        do_offline="" if own_words else rendered(says.do_offline, evidence),
        of_first=says.of_first,
        names_all=says.names_all,
        beyond_reach=says.beyond_reach,
        count=departure.count,
        members=departure.members,
        of_absence=says.of_absence or of_image,
        heading=check.heading,
    )


def _level(check: Check, says: Says) -> Level:
    if says.leaves_nothing:
        return "error"
    return "note" if says.tells_value else check.level


def _is_limit_of_image(named: tuple[str, Evidence]) -> bool:
    """Whether it is a limit that further images of the subject may move."""
    name, item = named
    return name in LIMITS and isinstance(item, Quantity) and isinstance(item.value, OfImage)


def _plain(evidence: Mapping[str, Evidence]) -> Iterator[tuple[str, Evidence]]:
    """Put why a limit is what it is beside the limit, which is then a number like any other."""
    for name, item in evidence.items():
        if isinstance(item, Quantity) and isinstance(item.value, OfImage):
            yield name, replace(item, value=float(item.value))
            yield f"{name}_from", item.value.because
        else:
            yield name, item


def _of(group: str | None, regions: Refs, about: str | None = None) -> Of | None:
    """Tell what a finding on a group is about where that is not the regions it names."""
    if group is None or (about is None and regions):
        return None
    return Of(group, about or "")


def cannot_tell(
    check: Check, subject: Subject, reason: str, regions: Refs, of: Of | None = None, *, of_absence: bool = False
) -> Finding:
    """Make a finding of a question without an answer; ``of``: what it is about, if its regions do not tell."""
    return _unanswered(check, subject, "cannot-evaluate", (UNCHECKED, reason), regions, of, of_absence=of_absence)


def in_words(error: Exception) -> str:
    """Say what was raised."""
    return f"{type(error).__name__}: {error}"


def rule_failed(check: Check, subject: Subject, reason: str, regions: Refs, of: Of | None = None) -> Finding:
    """Make a finding of a rule that raised; ``of``: what it is about, if its regions do not tell."""
    return _unanswered(check, subject, "rule-failed", (FAILED, reason), regions, of, do=REPORT)


def _unanswered(  # noqa: PLR0917 - what such a finding is made of
    check: Check,
    subject: Subject,
    outcome: Outcome,
    said: tuple[str, str],
    regions: Refs,
    of: Of | None,
    *,
    do: str = "",
    of_absence: bool = False,
) -> Finding:
    return Finding(
        id=_id(check, subject, outcome, regions, of),
        rule=check.rule.id(),
        kind=outcome,
        outcome=outcome,
        level=check.level,
        parts=tuple(map(MessagePart, said)),
        do=do,
        regions=regions,
        evidence={"reason": said[1]},
        clause=check.clause,
        of_absence=of_absence,
        heading=check.heading,
    )


def _references(regions: Sequence[Region | RegionRef]) -> Refs:
    return tuple(map(reference, regions))


def reference(region: Region | RegionRef) -> RegionRef:
    """How a finding names a region, or a region on one slice of a series."""
    if isinstance(region, Region):
        return region.ref
    it = region
    if type(it) is RegionRef:
        return it
    return RegionRef(it.id, it.title, it.class_name, it.number, it.task, it.annotation, it.item)


def with_ids_of_their_own(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give a number to the later ones of findings that would share an id, as two items without a region do."""
    seen: Counter[str] = Counter()
    found: list[Finding] = []
    for finding in findings:
        seen[finding.id] += 1
        times = seen[finding.id]
        found.append(finding if times == 1 else replace(finding, id=f"{finding.id}-{times}"))
    return tuple(found)


def _id(check: Check, subject: Subject, kind: str, regions: Refs, of: Of | None) -> str:
    keys = [ref.key(subject.task, subject.annotation) for ref in regions]
    return finding_id(check.rule.id(), subject.key, of or keys, check.clause, kind)
