"""The columns of both tables: name, type, what stands there, and where it comes from. Nothing else declares them.

What is not known is null. Where a unit is always the same it stands in the name of the column.
"""

from __future__ import annotations

import json
from collections.abc import Callable  # noqa: TC003 - dataclasses look at it
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import pyarrow as pa

from guidelint.checking.plain.evidence import evidence_json
from guidelint.checking.plain.verdict import Unreadable, Verdict
from guidelint.checking.tables.nested import ESCALATION, REGION, escalation_row, region_row, text

if TYPE_CHECKING:
    from guidelint.checking.plain.finding import Finding
    from guidelint.checking.plain.from_record import Plain

T = TypeVar("T")
VERDICT = "verdict"
"""The column that joins both tables."""
TEXT, WHOLE, NUMBER = pa.string(), pa.int64(), pa.float64()


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column of a table."""

    name: str
    type: pa.DataType
    what: str
    """What stands there."""
    of: Callable[[T], object]
    """Takes it from what the row is about."""


def _of_verdict(take: Callable[[Verdict], object]) -> Callable[[Plain], object]:
    """Leave a cell empty where there is no verdict."""
    return lambda one: None if isinstance(one, Unreadable) else take(one)


def _of_unreadable(take: Callable[[Unreadable], object]) -> Callable[[Plain], object]:
    """Leave a cell empty where there is a verdict."""
    return lambda one: take(one) if isinstance(one, Unreadable) else None


def _evidence(finding: Finding) -> str:
    return json.dumps({name: evidence_json(value) for name, value in finding.evidence.items()})


VERDICTS: tuple[Column[Plain], ...] = (
    Column(
        "decision",
        TEXT,
        "returned, unverified, escalated, accepted or skipped; unreadable: it could not be read and has no verdict",
        lambda one: one.decision,
    ),
    Column(
        "decision_but_for_known",
        TEXT,
        "what would be decided without known findings; null: compared with no baseline",
        _of_verdict(lambda one: one.decision_but_for_known),
    ),
    Column(
        "subject",
        TEXT,
        "what the verdict is about: submission (one annotation), series, study, task, patient, annotator or delivery",
        _of_verdict(lambda one: one.subject),
    ),
    Column("task", TEXT, "id of the task; a task without one is named by its record", lambda one: text(one.task)),
    Column(
        "annotation",
        TEXT,
        "id of the annotation; one without an id is named by its place",
        _of_verdict(lambda one: text(one.annotation)),
    ),
    Column("series", TEXT, "Series Instance UID, for a series", _of_verdict(lambda one: text(one.series))),
    Column(
        "subject_name",
        TEXT,
        "what tells the subject from others where nothing else does: the patient",
        _of_verdict(lambda one: text(one.name)),
    ),
    Column("annotator", TEXT, "what tells the person from others", _of_verdict(lambda one: text(one.annotator))),
    Column("annotator_name", TEXT, "what the person is called", _of_verdict(lambda one: text(one.annotator_name))),
    Column(
        "image",
        TEXT,
        "the image as the task data give it, without what its address is signed with",
        _of_verdict(lambda one: text(one.image)),
    ),
    Column("file", TEXT, "the export; null for what may stand in several", lambda one: text(one.file)),
    Column("record", WHOLE, "which record (task) of the file, from 1", lambda one: one.record or None),
    Column(
        "annotation_number", WHOLE, "which annotation of the task, from 1", lambda one: one.annotation_number or None
    ),
    Column("link", TEXT, "the task in Label Studio, where its address is known", lambda one: text(one.link)),
    Column("findings", WHOLE, "how many findings it has in the other table", lambda one: len(one.findings)),
    Column(
        "escalations",
        pa.list_(ESCALATION),
        "routes that must look at it, with what the guideline asks of them and the ids of the findings that say why",
        _of_verdict(lambda one: list(map(escalation_row, one.escalations))),
    ),
    Column("reason", TEXT, "why it could not be read, and what to do", _of_unreadable(lambda one: text(one.reason))),
    Column(
        "offset_bytes",
        WHOLE,
        "where the record that could not be read begins in the unpacked text",
        _of_unreadable(lambda one: one.offset_bytes),
    ),
    Column("guideline", TEXT, "name of the guideline it is by", _of_verdict(lambda one: text(one.guideline))),
    Column("guideline_version", TEXT, "its version", _of_verdict(lambda one: text(one.guideline_version))),
    Column("plan_digest", TEXT, "SHA-256 of what it means", _of_verdict(lambda one: text(one.plan_digest))),
)
"""A row for each verdict, and for each thing that could not be read."""

FINDINGS: tuple[Column[Finding], ...] = (
    Column("id", TEXT, "stays the same when wording or measured digits change", lambda one: one.id),
    Column("rule", TEXT, "the rule", lambda one: one.rule),
    Column("kind", TEXT, "which of the departures that the rule knows", lambda one: one.kind),
    Column(
        "outcome",
        TEXT,
        "departs, cannot-evaluate or rule-failed; the last two are never a pass",
        lambda one: one.outcome,
    ),
    Column("level", TEXT, "error, warning or note; only an error returns the work", lambda one: one.level),
    Column("message", TEXT, "what was found, in the words of the guideline", lambda one: text(one.message)),
    Column("do", TEXT, "what to do next", lambda one: text(one.do)),
    Column("clause", TEXT, "where the guideline asks for it, as annotators read it", lambda one: text(one.clause)),
    Column("clause_path", TEXT, "the same as a path in the guideline", lambda one: text(one.clause_path)),
    Column(
        "escalates_to", TEXT, "route that takes it instead of returning the work", lambda one: text(one.escalates_to)
    ),
    Column("measured", NUMBER, "the number that was measured, in unit", lambda one: one.measured),
    Column("limit", NUMBER, "the limit that it was compared with, in unit", lambda one: one.limit),
    Column("unit", TEXT, "unit of measured and limit; null: a count, or no number", lambda one: text(one.unit)),
    Column("place_x_px", NUMBER, "a point in the image, from the left", lambda one: one.place and one.place.x),
    Column("place_y_px", NUMBER, "a point in the image, from the top", lambda one: one.place and one.place.y),
    Column(
        "regions",
        pa.list_(REGION),
        "what it is about: regions, or the tasks and annotations of a finding on many",
        lambda one: list(map(region_row, one.regions)),
    ),
    Column("regions_not_listed", WHOLE, "how many more it is about", lambda one: one.regions_not_listed),
    Column(
        "derived_question",
        TEXT,
        "key of the question whose answer follows and that nobody enters; null: the finding tells no such answer",
        lambda one: one.derived and one.derived.question,
    ),
    Column(
        "derived_value",
        TEXT,
        "that answer: key of an option, or a number, whose unit is in unit",
        lambda one: one.derived and one.derived.written,
    ),
    Column(
        "derived_image",
        WHOLE,
        "which image of a task with several it is about, from 1; null: all, or what regions tells",
        lambda one: one.derived and one.derived.image,
    ),
    Column(
        "derived_time_point",
        TEXT,
        "which time point of a patient it is about, by its name or its day; null: all that the verdict is on",
        lambda one: one.derived and text(one.derived.time_point),
    ),
    Column("evidence", TEXT, "everything that the sentence tells, as a JSON object", _evidence),
    Column("known", TEXT, "baseline or waiver: by what it is known; null: new, or not compared", lambda one: one.known),
    Column("new_because", TEXT, "why its entry in the baseline does not cover it", lambda one: text(one.new_because)),
    Column("was_measured", NUMBER, "what its entry says was measured", lambda one: one.entry and one.entry.measured),
    Column("was_limit", NUMBER, "the limit that its entry tells", lambda one: one.entry and one.entry.limit),
    Column("was_unit", TEXT, "unit of both", lambda one: one.entry and text(one.entry.unit)),
    Column("waived_by", TEXT, "who waives it", lambda one: one.entry and text(one.entry.who)),
    Column("waived_because", TEXT, "why it is waived", lambda one: one.entry and text(one.entry.reason)),
    Column(
        "waived_until",
        TEXT,
        "last day (UTC) of the waiver, like 2027-01-31",
        lambda one: one.entry and text(one.entry.until),
    ),
)
"""A row for each finding."""
