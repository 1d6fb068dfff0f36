"""What the store knows of annotations: the versions that were handed in, and the verdicts on them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from guidelint.service.clock import NEVER, now
from guidelint.service.store.database import insert_if_absent, insert_or_update, reading
from guidelint.service.store.tables import annotation_rows, contents, inbox, tasks, verdicts
from guidelint.validation.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.service.store.inbox import TaskKey

STANDING, WITHDRAWN, REQUEUED = "standing", "withdrawn", "requeued"

Identity = tuple[int, str]
"""Annotation id and time of creation: Label Studio reuses ids."""


@dataclass(frozen=True, slots=True)
class Known:
    """One annotation of a task as the store knows it."""

    annotation: int
    created_at: str
    task_created_at: str
    annotator: int | None
    unique_id: str | None
    submitted_at: str
    version: int
    state: str
    content_digest: str
    verdict_digest: str | None
    verdict: Verdict | None
    judged_at: str

    @property
    def identity(self) -> Identity:
        """What makes it this annotation and no other."""
        return self.annotation, self.created_at


@dataclass(frozen=True, slots=True)
class Version:
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

    @property
    def identity(self) -> Identity:
        """What makes it this annotation and no other."""
        return self.annotation, self.created_at


def known_of_task(engine: sa.Engine, key: TaskKey) -> dict[Identity, Known]:
    """Annotations of a task that are not withdrawn."""
    same_version = _same(annotation_rows, contents) & (annotation_rows.c.version == contents.c.version)
    current = _same(annotation_rows, verdicts) & verdicts.c.is_current
    found = (
        sa.select(
            annotation_rows,
            contents.c.digest.label("content_digest"),
            verdicts.c.digest.label("verdict_digest"),
            verdicts.c.verdict,
            verdicts.c.judged_at,
        )
        .select_from(annotation_rows.join(contents, same_version).outerjoin(verdicts, current))
        .where(_on_task(key), annotation_rows.c.state != WITHDRAWN)
    )
    with reading(engine) as connection:
        known = [_known(row) for row in connection.execute(found)]
    return {item.identity: item for item in known}


def content_of(engine: sa.Engine, key: TaskKey, identity: Identity, version: int) -> tuple[bytes, str] | None:
    """Find a stored version and its digest; None when there is no such version."""
    wanted = sa.select(contents.c.content, contents.c.digest).where(
        _is(contents, key, identity), contents.c.version == version
    )
    with reading(engine) as connection:
        row = connection.execute(wanted).first()
    return (zlib.decompress(row.content), row.digest) if row else None


def store_versions(connection: sa.Connection, key: TaskKey, versions: Sequence[Version]) -> None:
    """Store versions with their verdicts; storing the same again changes nothing. The caller commits."""
    for item in versions:
        _store_annotation(connection, key, item)
        _store_verdict(connection, key, item)


def withdraw(connection: sa.Connection, key: TaskKey, identities: Sequence[Identity]) -> None:
    """Note that annotations are gone; their verdicts stay as history."""
    for identity in identities:
        set_state(connection, key, identity, WITHDRAWN)
        gone = _is(verdicts, key, identity)
        connection.execute(sa.update(verdicts).where(gone, verdicts.c.is_current).values(is_current=False))


def set_state(connection: sa.Connection, key: TaskKey, identity: Identity, state: str) -> None:
    """Change what became of an annotation."""
    connection.execute(sa.update(annotation_rows).where(_is(annotation_rows, key, identity)).values(state=state))


def set_unique_id(connection: sa.Connection, key: TaskKey, identity: Identity, unique_id: str | None) -> None:
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


def is_seen(engine: sa.Engine, key: TaskKey, created_at: str, updated_at: str) -> bool:
    """Whether a task was dealt with in just this state."""
    this = sa.select(tasks.c.task).where(
        _on(tasks, key), tasks.c.created_at == created_at, tasks.c.seen_updated_at == updated_at
    )
    with reading(engine) as connection:
        return connection.execute(this).first() is not None


def _store_annotation(connection: sa.Connection, key: TaskKey, item: Version) -> None:
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


def _store_verdict(connection: sa.Connection, key: TaskKey, item: Version) -> None:
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


def _known(row: sa.Row[tuple[object, ...]]) -> Known:
    return Known(
        annotation=row.annotation,
        created_at=row.created_at,
        task_created_at=row.task_created_at,
        annotator=row.annotator,
        unique_id=row.unique_id,
        submitted_at=row.submitted_at,
        version=row.version,
        state=row.state,
        content_digest=row.content_digest,
        verdict_digest=row.verdict_digest,
        verdict=msgspec.json.decode(row.verdict, type=Verdict) if row.verdict else None,
        judged_at=row.judged_at or NEVER,
    )


def _values(key: TaskKey, identity: Identity) -> dict[str, object]:
    return {"server": key.server, "project": key.project, "annotation": identity[0], "created_at": identity[1]}


def _is(table: sa.Table, key: TaskKey, identity: Identity) -> sa.ColumnElement[bool]:
    return sa.and_(*(table.c[name] == value for name, value in _values(key, identity).items()))


def _on(table: sa.Table, key: TaskKey) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.server == key.server, table.c.project == key.project, table.c.task == key.task)


def _on_task(key: TaskKey) -> sa.ColumnElement[bool]:
    return _on(annotation_rows, key)


def _same(left: sa.Table, right: sa.Table) -> sa.ColumnElement[bool]:
    names = ("server", "project", "annotation", "created_at")
    return sa.and_(*(left.c[name] == right.c[name] for name in names))
