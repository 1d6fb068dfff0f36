"""Records as plain JSON values, under names that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.plain.evidence import evidence_json
from guidelint.checking.plain.from_record import plain
from guidelint.checking.plain.verdict import Unreadable
from guidelint.checking.record import Judged

if TYPE_CHECKING:
    from guidelint.checking.plain.finding import Finding, Region
    from guidelint.checking.plain.from_record import Plain
    from guidelint.checking.plain.verdict import Escalation, Verdict
    from guidelint.checking.record import Shown
    from guidelint.cli.render.renderer import Sheet
    from guidelint.validation.judging.derived_value import DerivedValue

Json = dict[str, object]


def record_json(record: Shown, sheet: Sheet) -> Json:
    """Give one record."""
    return plain_json(shown(record, sheet))


def shown(record: Shown, sheet: Sheet) -> Plain:
    """Give a record with what is shown of it."""
    findings = sheet.findings(record) if isinstance(record, Judged) else None
    return plain(record, sheet.routes(record), sheet.link(record), findings)


def plain_json(one: Plain) -> Json:
    """Give a verdict, or what could not be read; what is not known is left out."""
    if isinstance(one, Unreadable):
        return {"type": "unreadable", **_unreadable_json(one)}
    compared = one.decision_but_for_known is not None
    return {
        "type": "verdict",
        **_known(
            {
                "file": one.file,
                "record": one.record,
                "annotation_number": one.annotation_number,
                "image": one.image,
                "annotator": one.annotator,
                "annotator_name": one.annotator_name,
                "link": one.link,
            }
        ),
        "guideline": {"name": one.guideline, "version": one.guideline_version},
        "plan_digest": one.plan_digest,
        "subject": _subject_json(one),
        "decision": one.decision,
        **_known({"decision_but_for_known": one.decision_but_for_known}),
        "findings": [
            {**_finding_json(finding), **(_standing_json(finding) if compared else {})} for finding in one.findings
        ],
        "escalations": [_escalation_json(item) for item in one.escalations],
    }


def _subject_json(one: Verdict) -> Json:
    named: Json = {"series": one.series, "task": one.task, "annotation": one.annotation, "name": one.name}
    return _known({"kind": one.subject, **named})


def _escalation_json(item: Escalation) -> Json:
    """Give one escalation with what its route asks for."""
    asked: Json = {}
    if item.persons is not None:
        asked = {
            "who": item.who,
            "within_hours": item.within_hours,
            "readers": item.readers,
            "persons": list(item.persons),
            "hold": item.hold,
            "message": item.message,
        }
    return {"route": item.route, **asked, "findings": list(item.findings)}


def _finding_json(finding: Finding) -> Json:
    """Give one finding."""
    place = finding.place
    return {
        "id": finding.id,
        "rule": finding.rule,
        "kind": finding.kind,
        "outcome": finding.outcome,
        "level": finding.level,
        "message": finding.message,
        "do": finding.do,
        "clause": finding.clause,
        "clause_path": finding.clause_path,
        "escalates_to": finding.escalates_to,
        "regions": [_region_json(region) for region in finding.regions],
        **_known({"regions_not_listed": finding.regions_not_listed}),
        "measured": finding.measured,
        "limit": finding.limit,
        "unit": finding.unit,
        **_derived_json(finding.derived),
        "evidence": {name: evidence_json(value) for name, value in finding.evidence.items()},
        "place": None if place is None else {"x": place.x, "y": place.y},
    }


def _derived_json(told: DerivedValue | None) -> Json:
    """Give an answer that follows, for programs."""
    if told is None:
        return {}
    named = _known({"unit": told.unit, "image": told.image, "time_point": told.time_point})
    return {"derived": {"question": told.question, "value": told.value, **named}}


def _standing_json(finding: Finding) -> Json:
    """Say how it stands to the baseline."""
    entry = finding.entry
    if entry is None:
        return {"known": None}
    was: Json = {"measured": entry.measured, "limit": entry.limit, "unit": entry.unit}
    waiver: Json = {"who": entry.who, "reason": entry.reason, "until": entry.until}
    return {
        "known": finding.known,
        "new_because": finding.new_because or None,
        "was": was,
        **({"waiver": waiver} if entry.who else {}),
    }


def _region_json(region: Region) -> Json:
    named: Json = {"task": region.task, "annotation": region.annotation, "item": region.item}
    return {
        "id": region.id,
        "number": region.number,
        "class": region.class_name,
        "title": region.title,
        **_known(named),
    }


def _unreadable_json(one: Unreadable) -> Json:
    named: Json = {
        "file": one.file,
        "record": one.record,
        "task": one.task,
        "annotation_number": one.annotation_number,
        "reason": one.reason,
        "link": one.link,
    }
    offset = {} if one.offset_bytes is None else {"offset": one.offset_bytes}  # 0 is known, too
    return _known(named) | offset


def _known(values: Json) -> Json:
    return {key: value for key, value in values.items() if value not in ("", None, 0)}
