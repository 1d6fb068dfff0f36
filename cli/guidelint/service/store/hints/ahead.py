"""Hints that are put before the work is done at once: nobody else takes them, unless it is not finished in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import NEVER, after, now
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import inbox
from guidelint.service.store.hints.inbox import BULK, IS_PENDING, SWEPT, hint_row, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.service.store.base.task_key import TaskKey

IN_TIME_S = 60.0
"""After this somebody else deals with it: whoever put it was killed, or is slow."""


def begin(engine: sa.Engine, keys: Sequence[TaskKey]) -> dict[int, int]:
    """Put a hint at each task, as one whose work has begun; task → its number. Absent: others deal with it anyway."""
    if not keys:
        return {}
    with engine.begin() as connection:
        taken = _awaited(connection, keys[0].server, keys[0].project)
        mine = [key for key in keys if key.task not in taken]
        rows = [{**hint_row(key, SWEPT, after(IN_TIME_S), BULK), "starts": 1} for key in mine]
        numbers = put(connection, rows) if rows else []
    return dict(zip([key.task for key in mine], numbers, strict=True))


def make_due(connection: sa.Connection, seqs: Sequence[int]) -> None:
    """Leave them to whoever takes them next. The caller commits."""
    connection.execute(sa.update(inbox).where(inbox.c.seq.in_(seqs)).values(starts=0, not_before=NEVER))


def awaited(engine: sa.Engine, server: str, project: int) -> set[int]:
    """Tasks that somebody deals with anyway: for a hint that is due, or one of a sweep."""
    with read_only(engine) as connection:
        return _awaited(connection, server, project)


def _awaited(connection: sa.Connection, server: str, project: int) -> set[int]:
    anyway = sa.or_(inbox.c.not_before <= now(), inbox.c.action == SWEPT)
    rows = sa.select(inbox.c.task).where(IS_PENDING, inbox.c.server == server, inbox.c.project == project, anyway)
    return {task for task in connection.execute(rows.distinct()).scalars() if task is not None}
