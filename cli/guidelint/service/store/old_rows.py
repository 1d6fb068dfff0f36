"""Rows that are only history, taken out once they are old: hints that were dealt with, verdicts and versions replaced.

What always stays: of every annotation, standing or withdrawn, the newest verdict, the newest version and the one before
it, which rules on corrections look at; of one that was returned, the newest verdict that returned it, with its version;
everything of an annotation that we took out to requeue it, for the store has the only copy.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.base.conditions import there_is
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import (
    ANNOTATION_KEY,
    annotation_rows,
    contents,
    inbox,
    same_annotation,
    verdicts,
)
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import claims
from guidelint.service.store.hints.inbox import DONE
from guidelint.service.store.known import REQUEUED

if TYPE_CHECKING:
    from collections.abc import Sequence


def old_hints(engine: sa.Engine, before: str, most: int) -> list[int]:
    """Numbers of hints that were dealt with and received before a moment; those that were forgotten stay."""
    old = sa.select(inbox.c.seq).where(_is_old_hint(before)).order_by(inbox.c.seq).limit(most)
    with read_only(engine) as connection:
        return list(connection.execute(old).scalars())


def remove_hints(engine: sa.Engine, numbers: Sequence[int], before: str) -> int:
    """Take hints out; how many were."""
    with engine.begin() as connection:
        return connection.execute(sa.delete(inbox).where(inbox.c.seq.in_(numbers), _is_old_hint(before))).rowcount


def tasks_with_history(engine: sa.Engine, before: str, most: int) -> list[TaskKey]:
    """Tasks with verdicts or versions that may be taken out."""
    key = (annotation_rows.c.server, annotation_rows.c.project, annotation_rows.c.task)
    newest = annotation_rows.c.version
    found = [
        sa.select(*key)
        .join(table, same_annotation(annotation_rows, table))
        .where(annotation_rows.c.state != REQUEUED, removable)
        .distinct()
        .limit(most)
        for table, removable in ((verdicts, _is_old_verdict(before)), (contents, _is_old_version(before, newest)))
    ]
    with read_only(engine) as connection:
        keys = [TaskKey(*row) for statement in found for row in connection.execute(statement)]
    return list(dict.fromkeys(keys))[:most]


def remove_history(engine: sa.Engine, key: TaskKey, before: str, owner: str) -> tuple[int, int] | None:
    """Take out old verdicts of a task, then versions without any; how many. None: somebody works on the task."""
    on_task = (annotation_rows.c[name] == getattr(key, name) for name in ("server", "project", "task"))
    ours = sa.select(annotation_rows).where(*on_task, annotation_rows.c.state != REQUEUED)
    old_verdict, counts = _is_old_verdict(before), Counter[str]()
    with engine.begin() as connection:
        if not claims.claim(connection, key, owner):
            return None
        for row in connection.execute(ours).all():
            for table, removable in (
                (verdicts, old_verdict),
                (contents, _is_old_version(before, sa.literal(row.version))),
            ):
                this = (table.c[name] == getattr(row, name) for name in ANNOTATION_KEY)
                counts[table.name] += connection.execute(sa.delete(table).where(*this, removable)).rowcount
        claims.release(connection, key, owner)
    return counts[verdicts.name], counts[contents.name]


def _is_old_hint(before: str) -> sa.ColumnElement[bool]:
    return sa.and_(inbox.c.state == DONE, inbox.c.received_at < before)


def say_all(table: sa.FromClause, later: sa.FromClause, is_later: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether later verdicts say all that has to be known beside one that is current no more."""
    returned = "returned"
    return sa.and_(
        sa.not_(table.c.is_current),
        there_is(later, is_later),
        sa.or_(
            table.c.decision != returned,
            there_is(later, sa.and_(is_later, later.c.decision == returned)),
        ),
    )


def _is_old_verdict(before: str) -> sa.ColumnElement[bool]:
    """Whether a verdict is old, and newer ones say all that has to be known."""
    later = verdicts.alias("later")
    is_later = sa.and_(
        same_annotation(verdicts, later),
        sa.or_(
            later.c.version > verdicts.c.version,
            sa.and_(later.c.version == verdicts.c.version, later.c.judged_at > verdicts.c.judged_at),
        ),
    )
    return sa.and_(verdicts.c.judged_at < before, say_all(verdicts, later, is_later))


def _is_old_version(before: str, newest: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether a version is old, not needed to judge again, and no verdict on it is left."""
    judged = sa.and_(same_annotation(contents, verdicts), verdicts.c.version == contents.c.version)
    return sa.and_(
        contents.c.stored_at < before,
        contents.c.version < newest - 1,
        sa.not_(there_is(verdicts, judged)),
    )
