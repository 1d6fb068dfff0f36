"""The inbox: hints at tasks that were received and are not dealt with yet. Durable before anything else is done."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.labelstudio.event import Event, Hint
from guidelint.service.clock import NEVER, after, as_text, now
from guidelint.service.store.database import reading
from guidelint.service.store.tables import annotation_rows, claims, inbox

if TYPE_CHECKING:
    from collections.abc import Sequence

PENDING, HELD, DONE, FAILED, FORGOTTEN = "pending", "held", "done", "failed", "forgotten"
"""``held``: its project is not known here. ``forgotten``: an operator said that it need not be dealt with."""
REVISIT = "REVISIT"
"""Action of a hint that we give ourselves: look at this task again, not before a certain time."""
SWEPT = "SWEPT"
"""Action of a hint that the sweep gives."""
LONGEST_WAIT_S = 300.0
MOST_AT_ONCE = 5000
"""So many rows are dealt with together."""
IS_PENDING = inbox.c.state == sa.literal_column("'pending'")
"""Spelled out, not as a parameter: only so can SQLite use the index on pending rows."""
_LOOSE = sa.and_(IS_PENDING, inbox.c.task.is_(None))


@dataclass(frozen=True, slots=True, order=True)
class TaskKey:
    """One task of one project on one server."""

    server: str
    project: int
    task: int


@dataclass(frozen=True, slots=True)
class Job:
    """All that is pending for one task."""

    key: TaskKey
    seqs: tuple[int, ...]
    """Rows of the inbox that are dealt with together."""
    starts: int
    """How often work on one of them began without ending."""
    waits: int
    """How often Label Studio was away when it was tried."""


def rows_of(server: str, event: Event) -> list[dict[str, object]]:
    """Rows for one delivery: one for each hint, and one for an event without."""
    received = now()
    return [
        {
            "server": server,
            "project": event.project or 0,
            "action": event.action,
            "task": hint.task,
            "annotation": hint.annotation,
            "created_at": as_text(hint.created_at) if hint.created_at else None,
            "updated_at": as_text(hint.updated_at) if hint.updated_at else None,
            "unique_id": hint.unique_id,
            "prediction": zlib.compress(hint.prediction) if hint.prediction else None,
            "digest": event.digest,
            "received_at": received,
            "state": PENDING,
            "starts": 0,
            "waits": 0,
            "not_before": NEVER,
            "reason": "",
        }
        for hint in (event.hints or (Hint(),))
    ]


def hint_row(key: TaskKey, action: str, not_before: str = NEVER) -> dict[str, object]:
    """Make a row that we give ourselves."""
    event = Event(action="ANNOTATION_UPDATED", project=key.project, hints=(Hint(task=key.task),), digest="")
    return {**rows_of(key.server, event)[0], "action": action, "not_before": not_before}


def put(connection: sa.Connection, rows: Sequence[dict[str, object]]) -> list[int]:
    """Store rows; their numbers in order. The caller commits."""
    statement = sa.insert(inbox).returning(inbox.c.seq, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())


def put_once(connection: sa.Connection, row: dict[str, object]) -> None:
    """Store a hint of our own unless the same one waits already."""
    same = sa.and_(
        IS_PENDING,
        *(inbox.c[name] == row[name] for name in ("server", "project", "task", "action")),
    )
    waiting = connection.execute(sa.select(inbox.c.seq, inbox.c.not_before).where(same)).first()
    if waiting is None:
        put(connection, [row])
    elif str(row["not_before"]) < waiting.not_before:
        connection.execute(sa.update(inbox).where(inbox.c.seq == waiting.seq).values(not_before=row["not_before"]))


def pending(engine: sa.Engine) -> list[int]:
    """Numbers of all rows that could be dealt with now."""
    with reading(engine) as connection:
        return list(connection.execute(sa.select(inbox.c.seq).where(_due())).scalars())


def unfinished(engine: sa.Engine) -> int:
    """How many rows are put off, held or were set aside, for reasons other than a time that we chose."""
    open_rows = sa.or_(inbox.c.state.in_((FAILED, HELD)), sa.and_(IS_PENDING, inbox.c.action != REVISIT))
    with reading(engine) as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(inbox).where(open_rows)).scalar_one()


def anything_due(engine: sa.Engine, soon_s: float = 0.0) -> bool:
    """Whether there is anything to do, asked without keeping others from writing.

    ``soon_s``: so many seconds ahead, for what was put off; not for what we put off ourselves until its time.
    """
    is_soon = sa.and_(inbox.c.not_before <= after(soon_s), inbox.c.action != REVISIT)
    due = sa.and_(IS_PENDING, sa.or_(inbox.c.not_before <= now(), is_soon))
    with reading(engine) as connection:
        return connection.execute(sa.select(inbox.c.seq).where(due).limit(1)).first() is not None


def anything_loose(engine: sa.Engine) -> bool:
    """Whether there are hints without a task, which ``place_deletions`` has to look at."""
    with reading(engine) as connection:
        return connection.execute(sa.select(inbox.c.seq).where(_LOOSE).limit(1)).first() is not None


def place_deletions(connection: sa.Connection) -> list[int]:
    """Give hints that name only an annotation their task; those that lead nowhere are done. Returns the latter."""
    done: list[int] = []
    for row in connection.execute(sa.select(inbox).where(_LOOSE).limit(MOST_AT_ONCE)).all():
        task = _task_of(connection, row) if row.annotation is not None else None
        if task is None:
            done.append(row.seq)
        else:
            connection.execute(sa.update(inbox).where(inbox.c.seq == row.seq).values(task=task))
    finish(connection, done)
    return done


def _task_of(connection: sa.Connection, row: sa.Row[tuple[object, ...]]) -> int | None:
    known = (
        sa.select(annotation_rows.c.task)
        .where(annotation_rows.c.server == row.server, annotation_rows.c.project == row.project)
        .where(annotation_rows.c.annotation == row.annotation)
        .order_by(annotation_rows.c.created_at.desc())
        .limit(1)
    )
    return connection.execute(known).scalar()


def next_tasks(engine: sa.Engine, limit: int) -> list[TaskKey]:
    """Tasks with something due that nobody works on, the longest waiting first."""
    nobody = sa.not_(sa.exists().where(_same_task(), claims.c.until >= now()))
    keys = sa.select(inbox.c.server, inbox.c.project, inbox.c.task).where(_due(), inbox.c.task.is_not(None), nobody)
    with reading(engine) as connection:
        found = [TaskKey(*row) for row in connection.execute(keys.order_by(inbox.c.seq).limit(limit * 10))]
    return list(dict.fromkeys(found))[:limit]


def job_for(connection: sa.Connection, key: TaskKey) -> Job | None:
    """All that is due for one task; None: nothing (any more)."""
    rows = connection.execute(
        sa.select(inbox.c.seq, inbox.c.starts, inbox.c.waits)
        .where(_due(), inbox.c.server == key.server, inbox.c.project == key.project, inbox.c.task == key.task)
        .limit(MOST_AT_ONCE)
    ).all()
    if not rows:
        return None
    return Job(key, tuple(row.seq for row in rows), max(row.starts for row in rows), max(row.waits for row in rows))


def begin(connection: sa.Connection, job: Job) -> None:
    """Note that work begins: a job that stops the program is known by this."""
    connection.execute(sa.update(inbox).where(inbox.c.seq.in_(job.seqs)).values(starts=inbox.c.starts + 1))


def finish(connection: sa.Connection, seqs: Sequence[int]) -> None:
    """Mark rows as dealt with."""
    if seqs:
        connection.execute(sa.update(inbox).where(inbox.c.seq.in_(seqs)).values(state=DONE, prediction=None))


def fail(connection: sa.Connection, job: Job, reason: str) -> None:
    """Mark rows as hopeless, with the reason; not those that were forgotten meanwhile."""
    connection.execute(
        sa.update(inbox).where(inbox.c.seq.in_(job.seqs), IS_PENDING).values(state=FAILED, reason=reason)
    )


def wait(connection: sa.Connection, job: Job, reason: str, *, keep_starts: bool = False) -> None:
    """Put a job off, for instance because Label Studio is away; each time it waits twice as long.

    What was forgotten meanwhile stays so.
    """
    seconds = min(LONGEST_WAIT_S, 0.5 * 2 ** min(job.waits, 20))
    connection.execute(
        sa.update(inbox)
        .where(inbox.c.seq.in_(job.seqs), IS_PENDING)
        .values(
            starts=inbox.c.starts if keep_starts else 0,
            waits=inbox.c.waits + 1,
            not_before=after(seconds),
            reason=reason,
        )
    )


def _due() -> sa.ColumnElement[bool]:
    return sa.and_(IS_PENDING, inbox.c.not_before <= now())


def _same_task() -> sa.ColumnElement[bool]:
    return sa.and_(*(claims.c[name] == inbox.c[name] for name in ("server", "project", "task")))
