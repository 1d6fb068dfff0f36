"""What the store knows of tasks and their annotations: reading only, one question for any number of tasks."""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from guidelint.service.clock import NEVER
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import annotation_rows, contents, same_annotation, tasks, verdicts
from guidelint.validation.judging.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection

    from guidelint.service.store.base.task_key import TaskKey

STANDING, WITHDRAWN, REQUEUED = "standing", "withdrawn", "requeued"

AnnotationIdentity = tuple[int, str]
"""Annotation id and time of creation: Label Studio reuses ids."""
VersionKey = tuple[int, str, int]
"""Annotation id, time of creation, and number of the version."""


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
    def identity(self) -> AnnotationIdentity:
        """What makes it this annotation and no other."""
        return self.annotation, self.created_at


@dataclass(frozen=True, slots=True)
class Content:
    """One stored version of an annotation."""

    json: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The state in which a task was dealt with last."""

    created_at: str
    updated_at: str


def known_of_task(engine: sa.Engine, key: TaskKey) -> dict[AnnotationIdentity, Known]:
    """Annotations of a task that are not withdrawn."""
    with read_only(engine) as connection:
        return known_of_tasks(connection, key.server, key.project, [key.task]).get(key.task, {})


def known_of_tasks(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int], *, withdrawn: bool = False
) -> dict[int, dict[AnnotationIdentity, Known]]:
    """Task → its annotations that stand for the store, or just those that do not: withdrawn, or without content."""
    if not wanted:
        return {}
    same_version = same_annotation(annotation_rows, contents) & (annotation_rows.c.version == contents.c.version)
    current = same_annotation(annotation_rows, verdicts) & verdicts.c.is_current
    is_whole = contents.c.digest.is_not(None)
    stands = sa.and_(annotation_rows.c.state != WITHDRAWN, is_whole)
    found = (
        sa.select(
            annotation_rows,
            sa.func.coalesce(contents.c.digest, "").label("content_digest"),
            verdicts.c.digest.label("verdict_digest"),
            verdicts.c.verdict,
            verdicts.c.judged_at,
        )
        .select_from(annotation_rows.outerjoin(contents, same_version).outerjoin(verdicts, current))
        .where(annotation_rows.c.server == server, annotation_rows.c.project == project)
        .where(annotation_rows.c.task.in_(wanted), sa.not_(stands) if withdrawn else stands)
    )
    by_task = defaultdict[int, dict[AnnotationIdentity, Known]](dict)
    for row in connection.execute(found):
        known = _known(row)
        by_task[row.task][known.identity] = known
    return dict(by_task)


def contents_of(
    connection: sa.Connection, server: str, project: int, wanted: Collection[VersionKey]
) -> dict[VersionKey, Content]:
    """Find stored versions; those that were never stored are absent."""
    if not wanted:
        return {}
    columns = (contents.c.annotation, contents.c.created_at, contents.c.version)
    found = (
        sa.select(*columns, contents.c.content, contents.c.digest)
        .where(contents.c.server == server, contents.c.project == project)
        .where(sa.tuple_(*columns).in_(list(wanted)))
    )
    return {
        (row.annotation, row.created_at, row.version): Content(zlib.decompress(row.content), row.digest)
        for row in connection.execute(found)
    }


def versions_of(connection: sa.Connection, server: str, project: int, identity: AnnotationIdentity) -> list[Content]:
    """Find every stored version of one annotation, in order."""
    found = (
        sa.select(contents.c.content, contents.c.digest)
        .where(contents.c.server == server, contents.c.project == project)
        .where(contents.c.annotation == identity[0], contents.c.created_at == identity[1])
        .order_by(contents.c.version)
    )
    return [Content(zlib.decompress(row.content), row.digest) for row in connection.execute(found)]


def seen_of_tasks(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int]
) -> dict[int, set[Seen]]:
    """Task → the states in which it was dealt with last; its id may have been given to several tasks."""
    found = sa.select(tasks.c.task, tasks.c.created_at, tasks.c.seen_updated_at).where(
        tasks.c.server == server, tasks.c.project == project, tasks.c.task.in_(wanted)
    )
    by_task = defaultdict[int, set[Seen]](set)
    for row in connection.execute(found):
        by_task[row.task].add(Seen(row.created_at, row.seen_updated_at))
    return dict(by_task)


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
