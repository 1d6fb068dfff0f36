"""Records of a run under the names that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.plain.finding import Entry, Finding, Region
from guidelint.checking.plain.verdict import Escalation, Unreadable, Verdict
from guidelint.checking.record import Unread
from guidelint.validation.judging.measurement import measurement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.annotation.region_ref import RegionRef
    from guidelint.checking.known import Standing
    from guidelint.checking.record import Judged, Shown
    from guidelint.validation.judging import finding as judging
    from guidelint.validation.judging import verdict as judged
    from guidelint.validation.judging.plan import Route

Plain = Verdict | Unreadable


def plain(
    record: Shown, routes: Mapping[str, Route], link: str = "", findings: Iterable[judging.Finding] | None = None
) -> Plain:
    """Give a record; ``findings``: those of it that are shown, None: all."""
    if isinstance(record, Unread):
        return Unreadable(
            record.file, record.reason, record.position, record.offset, record.task, record.annotation, link
        )
    shown = record.verdict.findings if findings is None else findings
    return _verdict(record, routes, link, tuple(_finding(one, record.standing(one)) for one in shown))


def _verdict(record: Judged, routes: Mapping[str, Route], link: str, findings: tuple[Finding, ...]) -> Verdict:
    verdict, subject = record.verdict, record.verdict.subject
    guideline, _, version = verdict.guideline.rpartition(" ")
    return Verdict(
        subject=subject.kind,
        task=subject.task,
        annotation=subject.annotation,
        series=subject.series,
        name=subject.name,
        decision=verdict.decision,
        findings=findings,
        escalations=tuple(_escalation(one, routes.get(one.route)) for one in verdict.escalations),
        decision_but_for_known=record.but_for_known,
        file=record.file,
        record=record.record,
        annotation_number=record.number,
        image=record.image,
        annotator=record.annotator or subject.annotator,
        annotator_name=record.annotator_name,
        link=link,
        guideline=guideline,
        guideline_version=version,
        plan_digest=verdict.plan_digest,
    )


def _escalation(one: judged.Escalation, route: Route | None) -> Escalation:
    if route is None:
        return Escalation(one.route, one.findings)
    return Escalation(
        one.route,
        one.findings,
        who=route.who,
        within_hours=route.within_hours,
        readers=route.readers,
        persons=route.persons,
        hold=route.hold,
        message=route.message,
    )


def _finding(finding: judging.Finding, standing: Standing | None) -> Finding:
    numbers = measurement(finding.evidence)
    return Finding(
        id=finding.id,
        rule=finding.rule,
        kind=finding.kind,
        outcome=finding.outcome,
        level=finding.level,
        message=finding.message,
        do=finding.advice_offline,
        clause=finding.asked_at,
        clause_path=finding.clause,
        escalates_to=finding.escalates_to,
        regions=tuple(map(_region, finding.regions)),
        regions_not_listed=finding.unlisted,
        measured=numbers.measured,
        limit=numbers.limit,
        unit=numbers.unit,
        evidence=finding.evidence,
        place=finding.place,
        derived=finding.derived,
        known=standing.entry.by if standing and standing.is_known else None,
        new_because=standing.new_because if standing else "",
        entry=None if standing is None else _entry(standing),
    )


def _region(ref: RegionRef) -> Region:
    return Region(ref.id, ref.number, ref.class_name, ref.title, ref.task, ref.annotation, ref.item)


def _entry(standing: Standing) -> Entry:
    entry = standing.entry
    is_waiver = entry.by == "waiver"
    return Entry(
        entry.measured, entry.limit, entry.unit, entry.who, entry.reason, until=str(entry.until) if is_waiver else ""
    )
