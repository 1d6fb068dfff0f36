"""The inbox: hints at tasks that were received and are not dealt with yet. Durable before anything else is done.

Every hint has a lane: what an annotator waits for goes before what comes in bulk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import after, now
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import annotation_rows, claims, inbox
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import held
from guidelint.service.store.hints.claims import is_held
from guidelint.service.store.hints.inbox_rows import (
    BULK,
    DONE,
    FAILED,
    FORGOTTEN,
    HELD,
    INTERACTIVE,
    PENDING,
    REVISIT,
    SWEPT,
    WHOLE_PROJECT,
    Row,
    hint_row,
    rows_of,
)
from guidelint.service.store.hints.job import Job

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "BULK",
    "DONE",
    "FAILED",
    "FORGOTTEN",
    "HELD",
    "INTERACTIVE",
    "PENDING",
    "REVISIT",
    "SWEPT",
    "hint_row",
    "put",
    "rows_of",
]

LONGEST_WAIT_S = 300.0
MOST_AT_ONCE = 5000
"""So many rows are dealt with together."""
IS_PENDING = inbox.c.state == sa.literal_column("'pending'")
"""Spelled out, not as a parameter: only so can SQLite use the index on pending rows."""
IS_FAILED = inbox.c.state == sa.literal_column("'failed'")
"""Spelled out for the same reason, with an index of its own."""
IS_INTERACTIVE = inbox.c.lane == sa.literal_column(str(INTERACTIVE))
"""Spelled out for the same reason."""
_AT_A_TASK = inbox.c.task > WHOLE_PROJECT
_LOOSE = sa.and_(IS_PENDING, inbox.c.task.is_(None))


def put(connection: sa.Connection, rows: Sequence[Row]) -> list[int]:
    """Store rows; their numbers in order. The caller commits."""
    statement = sa.insert(inbox).returning(inbox.c.seq, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())


def put_once(connection: sa.Connection, row: Row, *, unless_begun: bool = False) -> None:
    """Store a hint of our own unless the same one waits already: then the earlier time and the first lane count.

    ``unless_begun``: one that somebody has begun to deal with, and may have read the store for, does not count.
    """
    same = sa.and_(
        IS_PENDING,
        *(inbox.c[name] == row[name] for name in ("server", "project", "task", "action")),
        *([inbox.c.starts == 0] if unless_begun else []),
    )
    waiting = connection.execute(sa.select(inbox.c.seq, inbox.c.not_before, inbox.c.lane).where(same)).first()
    if waiting is None:
        put(connection, [row])
        return
    is_sooner, is_more_urgent = row["not_before"] < waiting.not_before, row["lane"] < waiting.lane
    if is_sooner or is_more_urgent:
        values = {"not_before": min(row["not_before"], waiting.not_before), "lane": min(row["lane"], waiting.lane)}
        connection.execute(sa.update(inbox).where(inbox.c.seq == waiting.seq).values(values))


def pending(engine: sa.Engine, lane: int | None = None) -> list[int]:
    """Numbers of all rows, or of one lane, that could be dealt with now."""
    wanted = _due() if lane is None else sa.and_(_due(), inbox.c.lane == lane)
    with read_only(engine) as connection:
        return list(connection.execute(sa.select(inbox.c.seq).where(wanted)).scalars())


def annotators_at_work(engine: sa.Engine, within_s: float) -> bool:
    """Whether anything that somebody may wait for arrived within so many seconds."""
    latest = sa.select(inbox.c.received_at).where(IS_INTERACTIVE).order_by(inbox.c.seq.desc()).limit(1)
    with read_only(engine) as connection:
        received_at = connection.execute(latest).scalar()
    return received_at is not None and received_at >= after(-within_s)


def unfinished(engine: sa.Engine) -> int:
    """How many rows are put off, held or were set aside, for reasons other than a time that we chose."""
    not_planned = sa.or_(inbox.c.action != REVISIT, inbox.c.waits > 0)
    open_rows = sa.or_(inbox.c.state.in_((FAILED, HELD)), sa.and_(IS_PENDING, not_planned))
    with read_only(engine) as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(inbox).where(open_rows)).scalar_one()


def anything_due(engine: sa.Engine, soon_s: float = 0.0) -> bool:
    """Whether there is anything to do, asked without keeping others from writing.

    ``soon_s``: so many seconds ahead, for what was put off; not for what we put off ourselves until its time.
    """
    is_soon = sa.and_(inbox.c.not_before <= after(soon_s), inbox.c.action != REVISIT)
    due = sa.and_(IS_PENDING, _AT_A_TASK, sa.or_(inbox.c.not_before <= now(), is_soon))
    with read_only(engine) as connection:
        return connection.execute(sa.select(inbox.c.seq).where(due).limit(1)).first() is not None


def anything_loose(engine: sa.Engine) -> bool:
    """Whether there are hints without a task, which ``place_deletions`` has to look at."""
    with read_only(engine) as connection:
        return connection.execute(sa.select(inbox.c.seq).where(_LOOSE).limit(1)).first() is not None


def place_deletions(connection: sa.Connection) -> list[int]:
    """Give hints that name only an annotation their task; those that lead nowhere are done. Returns the latter.

    Of a project that is not known, one is held as its sign: that nothing is stored of what it tells says nothing there.
    """
    nowhere: list[int] = []
    kept: set[int] = set()
    for row in connection.execute(sa.select(inbox).where(_LOOSE).limit(MOST_AT_ONCE)).all():
        task = _task_of(connection, row) if row.annotation is not None else None
        if task is not None:
            connection.execute(sa.update(inbox).where(inbox.c.seq == row.seq).values(task=task))
            continue
        nowhere.append(row.seq)
        if held.keep_as_sign(connection, row.seq, row.server, row.project):
            kept.add(row.seq)
    finish(connection, [seq for seq in nowhere if seq not in kept])
    return nowhere


def _task_of(connection: sa.Connection, row: sa.Row[tuple[object, ...]]) -> int | None:
    known = (
        sa.select(annotation_rows.c.task)
        .where(annotation_rows.c.server == row.server, annotation_rows.c.project == row.project)
        .where(annotation_rows.c.annotation == row.annotation)
        .order_by(annotation_rows.c.created_at.desc())
        .limit(1)
    )
    return connection.execute(known).scalar()


def next_tasks(engine: sa.Engine, limit: int, lane: int) -> list[TaskKey]:
    """Tasks with something due in one lane that nobody works on, the longest waiting first."""
    nobody = sa.not_(sa.exists().where(_same_task(), is_held()))
    keys = sa.select(inbox.c.server, inbox.c.project, inbox.c.task).where(
        _due(), inbox.c.lane == lane, _AT_A_TASK, nobody
    )
    with read_only(engine) as connection:
        found = [TaskKey(*row) for row in connection.execute(keys.order_by(inbox.c.seq).limit(limit * 10))]
    return list(dict.fromkeys(found))[:limit]


def job_for(connection: sa.Connection, key: TaskKey) -> Job | None:
    """All that is due for one task; None: nothing (any more)."""
    rows = connection.execute(
        sa.select(inbox.c.seq, inbox.c.starts, inbox.c.waits, inbox.c.lane).where(_due(), *_of(key)).limit(MOST_AT_ONCE)
    ).all()
    if not rows:
        return None
    return Job(
        key,
        seqs=tuple(row.seq for row in rows),
        starts=max(row.starts for row in rows),
        waits=max(row.waits for row in rows),
        lane=min(row.lane for row in rows),
    )


def begin(connection: sa.Connection, job: Job) -> None:
    """Note that work begins: a job that stops the program is known by this."""
    connection.execute(sa.update(inbox).where(inbox.c.seq.in_(job.seqs)).values(starts=inbox.c.starts + 1))


def take_back(connection: sa.Connection, job: Job) -> None:
    """Undo ``begin``: the work was broken off by us, and is no reason to think ill of the job."""
    these = sa.and_(inbox.c.seq.in_(job.seqs), inbox.c.starts > 0)
    connection.execute(sa.update(inbox).where(these).values(starts=inbox.c.starts - 1))


def finish(connection: sa.Connection, seqs: Sequence[int]) -> None:
    """Mark rows as dealt with."""
    if seqs:
        connection.execute(sa.update(inbox).where(inbox.c.seq.in_(seqs)).values(state=DONE, prediction=None))


def settle(connection: sa.Connection, job: Job) -> None:
    """Mark a job as dealt with, and what was set aside of the same task before: it was read as it stands now."""
    finish(connection, job.seqs)
    aside = sa.and_(IS_FAILED, inbox.c.seq < max(job.seqs), *_of(job.key))
    connection.execute(sa.update(inbox).where(aside).values(state=DONE, prediction=None))


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


def _of(key: TaskKey) -> tuple[sa.ColumnElement[bool], ...]:
    return inbox.c.server == key.server, inbox.c.project == key.project, inbox.c.task == key.task


def _same_task() -> sa.ColumnElement[bool]:
    return sa.and_(*(claims.c[name] == inbox.c[name] for name in ("server", "project", "task")))
