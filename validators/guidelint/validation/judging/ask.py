"""What a check replied, as findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from guidelint.annotation.region import Region
from guidelint.annotation.region_ref import RegionRef
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.judging.finding import Finding, Of, finding_id
from guidelint.validation.judging.spacing_source import spacing_from
from guidelint.validation.rule.evidence import LIMITS, Quantity
from guidelint.validation.rule.limit import OfImage
from guidelint.validation.rule.reply import Departure
from guidelint.validation.rule.says import MessagePart, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from guidelint.validation.judging.finding import Outcome
    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.evidence import Evidence
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.subject import Subject

Refs = tuple[RegionRef, ...]
MOST_FINDINGS = 10_000
"""So many are made on one submission: each costs some hundred microseconds, and nobody reads more."""
UNCHECKED = "this could not be checked: "
"""Stands before the reason why something could not be told."""


def replies(
    check: Check,
    subject: Subject,
    ask: Callable[[], Iterable[Reply]],
    about: Sequence[Region] = (),
    group: str | None = None,
) -> list[Finding]:
    """Turn what a check replies into findings about the regions it names, else about ``about``.

    ``group``: of contributions, if they were asked. A check that raises is reported, never passed over; what it replied
    before stands.
    """
    found: list[Finding] = []
    try:
        for reply in ask() if group is not None else islice(ask(), MOST_FINDINGS + 1):
            refs = _references(reply.regions or about)
            if isinstance(reply, Departure):
                departs = finding_of(check, subject, reply, refs, group)
                source = spacing_from(reply.evidence, reply.regions or about)
                found.append(replace(departs, evidence={**departs.evidence, **source}) if source else departs)
            else:
                untold = cannot_tell(check, subject, reply.reason, refs, _of(group, refs))
                found.append(replace(untold, of_absence=reply.of_absence))
    except NotMeasurable as error:
        refs = _references(about)
        found.append(cannot_tell(check, subject, str(error), refs, _of(group, refs)))
    except Exception as error:  # noqa: BLE001 - a rule that raises is reported, never passed over
        refs = _references(about)
        found.append(rule_failed(check, subject, in_words(error), refs, _of(group, refs)))
    return found


def finding_of(
    check: Check, subject: Subject, departure: Departure, regions: Refs, group: str | None = None
) -> Finding:
    """Make a finding of a departure. Raises KeyError when the rule has no words for it.

    A region with nothing to measure is returned, whatever level or route the rule was given: nobody else judges it.
    Where somebody else takes it, the annotator has nothing to change, but for what the author asks.
    """
    says = check.rule.says[departure.kind]
    to = None if says.leaves_nothing else check.escalates_to
    own_words = bool(check.note or to)
    of_some = check.when is not None and check.when.of_region
    parts = render(says.sentence(of_some=of_some), departure.evidence)
    blank = _blank(check, subject, departure.kind, "departs", regions, _of(group, regions, departure.about))
    return replace(
        blank,
        parts=parts,
        do=check.note if own_words else _advice(says.do, departure),
        do_offline="" if own_words else _advice(says.do_offline, departure),
        evidence=dict(_plain(departure.evidence)),
        level="error" if says.leaves_nothing else check.level,
        escalates_to=to,
        of_first=says.of_first,
        names_all=says.names_all,
        beyond_reach=says.beyond_reach,
        of_absence=says.of_absence or any(map(_is_limit_of_image, departure.evidence.items())),
        place=departure.place,
        count=departure.count,
        members=departure.members,
    )


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


def _advice(text: str, departure: Departure) -> str:
    return "".join(part.text for part in render(text, departure.evidence))


def cannot_tell(check: Check, subject: Subject, reason: str, regions: Refs, of: Of | None = None) -> Finding:
    """Make a finding of a question without an answer; ``of``: what it is about, if its regions do not tell."""
    blank = _blank(check, subject, "cannot-evaluate", "cannot-evaluate", regions, of)
    return replace(blank, parts=(MessagePart(UNCHECKED), MessagePart(reason)), evidence={"reason": reason})


def in_words(error: Exception) -> str:
    """Say what was raised."""
    return f"{type(error).__name__}: {error}"


def rule_failed(check: Check, subject: Subject, reason: str, regions: Refs, of: Of | None = None) -> Finding:
    """Make a finding of a rule that raised; ``of``: what it is about, if its regions do not tell."""
    blank = _blank(check, subject, "rule-failed", "rule-failed", regions, of)
    return replace(
        blank,
        parts=(MessagePart("the rule itself failed: "), MessagePart(reason)),
        do="Please report this: it is a fault of the rule, not of the annotation.",
        evidence={"reason": reason},
    )


def _references(regions: Sequence[Region | RegionRef]) -> Refs:
    return tuple(map(reference, regions))


def reference(region: Region | RegionRef) -> RegionRef:
    """How a finding names a region, or a region on one slice of a series."""
    if isinstance(region, Region):
        return RegionRef(region.id, region.title, region.class_name, region.number, item=region.item)
    it = region
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


def _blank(  # noqa: PLR0917 - what a finding is told by
    check: Check, subject: Subject, kind: str, outcome: Outcome, regions: Refs, of: Of | None = None
) -> Finding:
    keys = tuple(ref.key(subject.task, subject.annotation) for ref in regions)
    return Finding(
        id=finding_id(check.rule.id(), subject.key, of or keys, check.clause, kind),
        rule=check.rule.id(),
        kind=kind,
        outcome=outcome,
        level=check.level,
        parts=(),
        do="",
        regions=regions,
        evidence={},
        clause=check.clause,
        heading=check.heading,
    )
