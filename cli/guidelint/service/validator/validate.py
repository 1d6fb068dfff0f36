"""One question, one answer: judged by the version in force, as a submission would be, and nothing stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.labelstudio.connection.task_client import annotation_of
from guidelint.service.clock import as_text
from guidelint.service.given import nothing_given
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.faults import in_words
from guidelint.service.store.known import versions_of
from guidelint.service.store.projects import Plans
from guidelint.service.validator.answer import answer_of
from guidelint.service.validator.asked import Inquiry, NotAsked, asked
from guidelint.service.validator.messages import Reply
from guidelint.service.worker.task.judge_annotation import JudgedInputs, content_digest, judge_subject
from guidelint.validation.judging.plan import PlanError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.service.given import GivenOf
    from guidelint.validation.judging.plan import Plan


LONGEST_ID = 19
"""Digits of an id that a database can hold."""


class Validator:
    """Judges what is asked about."""

    def __init__(self, engine: sa.Engine, given_of: GivenOf = nothing_given) -> None:
        self._engine = engine
        self._given_of = given_of
        self._plans = Plans(engine)

    def reply(self, server: str, body: bytes) -> Reply:
        """Judge the annotation in a body."""
        try:
            return self._judged(server, asked(body))
        except NotAsked as error:
            return refused(400, "not_asked", str(error))
        except SQLAlchemyError as error:
            return refused(503, "no_store", in_words(error))
        except PlanError as error:
            return refused(503, "no_plan", str(error))

    def _judged(self, server: str, item: Inquiry) -> Reply:
        plan = self._plans.newest(server, item.project)
        if plan is None:
            return refused(404, "unknown_project", f"project {item.project} follows no guideline in this store")
        # who may do it is asked once it is handed in
        answer = answer_of(judge_subject(self._subject(server, item, plan), plan.of_work))
        return Reply(200, "valid" if answer.valid else "invalid", msgspec.Raw(msgspec.json.encode(answer)))

    def _subject(self, server: str, item: Inquiry, plan: Plan) -> JudgedInputs:
        image = TaskImage(item.data, plan.vocabulary.image, self._given_of(server, item.project))
        return JudgedInputs(
            annotation=0,
            task=int(item.task) if item.task.isdecimal() and len(item.task) <= LONGEST_ID else 0,
            content=item.annotation,
            content_digest="",
            previous=previous_version(self._engine, server, item),
            previous_digest="",
            data=item.data,
            image_of=lambda _: image,
        )


def previous_version(engine: sa.Engine, server: str, item: Inquiry) -> bytes | None:
    """Find what was handed in before, for an annotation that stands already; None: it is the first version."""
    try:
        read = annotation_of(msgspec.Raw(item.annotation))
        digest = content_digest(read)
    except (LabelStudioError, msgspec.DecodeError):  # it was never handed in, and has neither id nor time
        return None
    with read_only(engine) as connection:
        stored = versions_of(connection, server, item.project, (read.id, as_text(read.created_at)))
    return next((version.json for version in reversed(stored) if version.digest != digest), None)


def refused(status: int, outcome: str, detail: str) -> Reply:
    """Say why nothing was judged."""
    return Reply(status, outcome, msgspec.Raw(msgspec.json.encode({"detail": detail})))
