"""Keeping what was handed in: the versions of annotations, and the verdicts on them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from guidelint.service.clock import NEVER, now
from guidelint.service.store.base.database import insert_if_absent, insert_or_update
from guidelint.service.store.base.tables import annotation_rows, contents, inbox, tasks, verdicts
from guidelint.service.store.known import STANDING, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.labelstudio.migrating.redo import Redo
    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.known import AnnotationIdentity
    from guidelint.service.store.subjects.contributions import Gathering
    from guidelint.validation.judging.verdict import Verdict


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One version of an annotation, to be stored together with the verdict on it."""

    annotation: int
    created_at: str
    task_created_at: str
    annotator: int | None
    parent_prediction: int | None
    submitted_at: str
    version: int
    content: bytes
    content_digest: str
    verdict: Verdict
    verdict_digest: str
    is_new: bool = True
    """The verdict was given just now."""
    is_new_content: bool = True
    """The content was handed in since the task was last looked at."""
    annotator_name: str = ""
    """As Label Studio tells it now; it is not stored."""
    annotator_address: str = ""
    """The same of the e-mail address."""
    gathering: Gathering | None = None
    """What it contributes to the subjects above it, if that is news."""
    lacks_images: bool = False
    """Its verdict rests on images that could not be read, and perhaps can another time."""
    redo: tuple[Redo, ...] = ()
    """What must be done again since it was moved to another version; kept with the move."""

    @property
    def identity(self) -> AnnotationIdentity:
        """What makes it this annotation and no other."""
        return self.annotation, self.created_at


def store_versions(connection: sa.Connection, key: TaskKey, versions: Sequence[HandedIn]) -> None:
    """Store versions with their verdicts; storing the same again changes nothing. The caller commits."""
    for item in versions:
        _store_annotation(connection, key, item)
        _store_verdict(connection, key, item)


def withdraw(connection: sa.Connection, key: TaskKey, identities: Sequence[AnnotationIdentity]) -> None:
    """Note that annotations are gone; their verdicts stay as history."""
    for identity in identities:
        set_state(connection, key, identity, WITHDRAWN)
        gone = _is(verdicts, key, identity)
        connection.execute(sa.update(verdicts).where(gone, verdicts.c.is_current).values(is_current=False))


def set_state(connection: sa.Connection, key: TaskKey, identity: AnnotationIdentity, state: str) -> None:
    """Change what became of an annotation."""
    connection.execute(sa.update(annotation_rows).where(_is(annotation_rows, key, identity)).values(state=state))


def set_unique_id(connection: sa.Connection, key: TaskKey, identity: AnnotationIdentity, unique_id: str | None) -> None:
    """Note the unique_id of an annotation."""
    connection.execute(
        sa.update(annotation_rows).where(_is(annotation_rows, key, identity)).values(unique_id=unique_id)
    )


def keep_what_hooks_told(connection: sa.Connection, key: TaskKey, seqs: Sequence[int]) -> None:
    """Move unique_id and prediction, which only webhooks have, from the inbox to the annotations."""
    told = sa.select(inbox).where(inbox.c.seq.in_(seqs), inbox.c.unique_id.is_not(None))
    for row in connection.execute(told).all():
        identity = (row.annotation, row.created_at)
        values = {"unique_id": row.unique_id}
        if row.prediction is not None:
            values["prediction"] = row.prediction
        connection.execute(sa.update(annotation_rows).where(_is(annotation_rows, key, identity)).values(values))


def seen(connection: sa.Connection, key: TaskKey, created_at: str, updated_at: str, written: str | None = None) -> None:
    """Note the state of a task that was dealt with, and what was written to it."""
    row = {
        "server": key.server,
        "project": key.project,
        "task": key.task,
        "created_at": created_at,
        "seen_updated_at": updated_at,
        "written_digest": "",
        "written_at": NEVER,
        "writes": 0,
    }
    insert_if_absent(connection, tasks, row)
    values: dict[str, object] = {"seen_updated_at": updated_at}
    if written is not None:
        values |= {"written_digest": written, "written_at": now(), "writes": tasks.c.writes + 1}
    connection.execute(sa.update(tasks).where(_on(tasks, key), tasks.c.created_at == created_at).values(values))


def forget_seen(connection: sa.Connection, key: TaskKey) -> None:
    """Count nothing of a task as seen, so that a sweep finds it should it be there again."""
    connection.execute(sa.update(tasks).where(_on(tasks, key)).values(seen_updated_at=NEVER))


def _store_annotation(connection: sa.Connection, key: TaskKey, item: HandedIn) -> None:
    identity = _values(key, (item.annotation, item.created_at))
    insert_or_update(
        connection,
        annotation_rows,
        {
            **identity,
            "task": key.task,
            "task_created_at": item.task_created_at,
            "annotator": item.annotator,
            "parent_prediction": item.parent_prediction,
            "submitted_at": item.submitted_at,
            "version": item.version,
            "state": STANDING,
        },
    )
    insert_if_absent(
        connection,
        contents,
        {
            **identity,
            "version": item.version,
            "digest": item.content_digest,
            "content": zlib.compress(item.content),
            "stored_at": now(),
        },
    )


def _store_verdict(connection: sa.Connection, key: TaskKey, item: HandedIn) -> None:
    identity = (item.annotation, item.created_at)
    this = sa.and_(
        _is(verdicts, key, identity), verdicts.c.version == item.version, verdicts.c.digest == item.verdict_digest
    )
    others = sa.and_(_is(verdicts, key, identity), verdicts.c.is_current, sa.not_(this))
    connection.execute(sa.update(verdicts).where(others).values(is_current=False))
    row = {
        **_values(key, identity),
        "version": item.version,
        "digest": item.verdict_digest,
        "decision": item.verdict.decision,
        "verdict": msgspec.json.encode(item.verdict).decode(),
        "plan_digest": item.verdict.plan_digest,
        "engine": item.verdict.engine,
        "judged_at": now(),
        "is_current": True,
    }
    if not insert_if_absent(connection, verdicts, row):
        connection.execute(sa.update(verdicts).where(this).values(is_current=True))


def _values(key: TaskKey, identity: AnnotationIdentity) -> dict[str, object]:
    return {"server": key.server, "project": key.project, "annotation": identity[0], "created_at": identity[1]}


def _is(table: sa.Table, key: TaskKey, identity: AnnotationIdentity) -> sa.ColumnElement[bool]:
    return sa.and_(*(table.c[name] == value for name, value in _values(key, identity).items()))


def _on(table: sa.Table, key: TaskKey) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.server == key.server, table.c.project == key.project, table.c.task == key.task)
