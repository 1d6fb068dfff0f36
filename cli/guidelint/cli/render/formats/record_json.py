"""Records as plain JSON values, under names that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.record import Judged, Shown, Unread
from guidelint.validation.judging.engine import engine_version
from guidelint.validation.judging.measurement import measurement
from guidelint.validation.rule.evidence import Evidence, Quantity

if TYPE_CHECKING:
    from guidelint.annotation.region_ref import RegionRef
    from guidelint.cli.render.renderer import Sheet
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan, Route
    from guidelint.validation.judging.verdict import Escalation

FORMAT = 1
"""Version of this shape."""

Json = dict[str, object]


def head_json(plan: Plan) -> Json:
    """Say what was judged by what."""
    return {
        "format": FORMAT,
        "guideline": {"name": plan.guideline.name, "version": plan.guideline.version, "title": plan.guideline.title},
        "plan_digest": plan.digest,
        "text_digest": plan.text_digest,
        "engine": engine_version(),
    }


def record_json(record: Shown, sheet: Sheet) -> Json:
    """Give one record."""
    if isinstance(record, Unread):
        return {"type": "unreadable", **_known({**_unread_json(record), "link": sheet.link(record)})}
    verdict = record.verdict
    subject = verdict.subject
    return {
        "type": "verdict",
        **_known(
            {
                "file": record.file,
                "record": record.record,
                "annotation_number": record.number,
                "image": record.image,
                "annotator": record.annotator or subject.annotator,
                "annotator_name": record.annotator_name,
                "link": sheet.link(record),
            }
        ),
        "subject": _known(
            {
                "kind": subject.kind,
                "series": subject.series,
                "task": subject.task,
                "annotation": subject.annotation,
                "name": subject.name,
            }
        ),
        "decision": verdict.decision,
        **_known({"decision_but_for_known": record.but_for_known}),
        "findings": [
            {**finding_json(finding), **_standing_json(record, finding)} for finding in sheet.findings(record)
        ],
        "escalations": [_escalation_json(item, sheet.plan.routes.get(item.route)) for item in verdict.escalations],
    }


def _escalation_json(item: Escalation, route: Route | None) -> Json:
    """Give one escalation with what its route asks for."""
    asked: Json = {}
    if route is not None:
        asked = {
            "who": route.who,
            "within_hours": route.within_hours,
            "readers": route.readers,
            "persons": list(route.persons),
            "hold": route.hold,
            "message": route.message,
        }
    return {"route": item.route, **asked, "findings": list(item.findings)}


def finding_json(finding: Finding) -> Json:
    """Give one finding."""
    place, numbers = finding.place, measurement(finding.evidence)
    return {
        "id": finding.id,
        "rule": finding.rule,
        "kind": finding.kind,
        "outcome": finding.outcome,
        "level": finding.level,
        "message": finding.message,
        "do": finding.advice_offline,
        "clause": finding.asked_at,
        "clause_path": finding.clause,
        "escalates_to": finding.escalates_to,
        "regions": [_region_json(region) for region in finding.regions],
        **_known({"regions_not_listed": finding.unlisted}),
        "measured": numbers.measured,
        "limit": numbers.limit,
        "unit": numbers.unit,
        "evidence": {name: _evidence_json(value) for name, value in finding.evidence.items()},
        "place": None if place is None else {"x": place.x, "y": place.y},
    }


def _standing_json(judged: Judged, finding: Finding) -> Json:
    """Say how it stands to the baseline, where the run is compared with one."""
    if judged.but_for_known is None:
        return {}
    standing = judged.standing(finding)
    if standing is None:
        return {"known": None}
    entry = standing.entry
    waiver: Json = {"who": entry.who, "reason": entry.reason, "until": str(entry.until)}
    return {
        "known": entry.by if standing.is_known else None,
        "new_because": standing.new_because or None,
        "was": {"measured": entry.measured, "limit": entry.limit, "unit": entry.unit},
        **({"waiver": waiver} if entry.by == "waiver" else {}),
    }


def _region_json(region: RegionRef) -> Json:
    named: Json = {"task": region.task, "annotation": region.annotation, "item": region.item}
    return {
        "id": region.id,
        "number": region.number,
        "class": region.class_name,
        "title": region.title,
        **_known(named),
    }


def _evidence_json(value: Evidence) -> object:
    return {"value": value.value, "unit": value.unit} if isinstance(value, Quantity) else value


def _unread_json(unread: Unread) -> Json:
    return {
        "file": unread.file,
        "record": unread.position,
        "offset": unread.offset,
        "task": unread.task,
        "annotation_number": unread.annotation,
        "reason": unread.reason,
    }


def _known(values: Json) -> Json:
    return {key: value for key, value in values.items() if value not in ("", None, 0)}
