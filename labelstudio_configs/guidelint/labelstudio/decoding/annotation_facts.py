"""What an annotation says of itself: who made it, when, and whether it was skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.parts.side_facts import (
    NO_FLAG,
    FactReader,
    flag,
    identity,
    moment,
    person,
    person_called,
    seconds,
    whole,
)

if TYPE_CHECKING:
    from datetime import datetime

    from guidelint.annotation.submission import UnreadFact
    from guidelint.labelstudio.decoding.payload import AnnotationPayload
    from guidelint.labelstudio.decoding.whole_payload import WholeAnnotation

SKIPPED = "was_cancelled"


@dataclass(frozen=True, slots=True)
class AnnotationStates:
    """All that could be read of it, and notes of what could not."""

    task: str
    annotation: str
    annotator: str | None
    annotator_name: str
    skipped: bool
    skip_problem: str
    lead_time_s: float | None
    submitted_at: datetime | None
    updated_at: datetime | None
    parent_prediction: int | None
    unread: tuple[UnreadFact, ...]


def facts_of(payload: AnnotationPayload | WholeAnnotation) -> AnnotationStates:
    """Read every fact by itself."""
    facts = FactReader()
    skip = FactReader()
    return AnnotationStates(
        task=facts.read("task", payload.task, identity) or "",
        annotation=facts.read("id", payload.id, identity) or "",
        annotator=facts.read("completed_by", payload.completed_by, person) or None,
        annotator_name=FactReader().read("completed_by", payload.completed_by, person_called) or "",
        skipped=skip.read(SKIPPED, payload.was_cancelled, flag) or False,
        skip_problem=f"{SKIPPED} cannot be read: {NO_FLAG}" if skip.unread else "",
        lead_time_s=facts.read("lead_time", payload.lead_time, seconds),
        submitted_at=facts.read("created_at", payload.created_at, moment),
        updated_at=facts.read("updated_at", payload.updated_at, moment),
        parent_prediction=facts.read("parent_prediction", payload.parent_prediction, whole),
        unread=tuple(facts.unread),
    )
