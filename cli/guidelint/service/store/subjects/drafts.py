"""Tasks on which somebody has begun and not handed in, as they were when that was contributed last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.base.conditions import of_project
from guidelint.service.store.base.database import insert_if_absent
from guidelint.service.store.base.tables import drafts

if TYPE_CHECKING:
    from collections.abc import Collection

    from guidelint.service.store.base.task_key import TaskKey


def drafted(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int] | None = None
) -> frozenset[int]:
    """Find which tasks of a project have drafts; ``wanted``: only among these."""
    found = sa.select(drafts.c.task).where(of_project(drafts, server, project))
    if wanted is not None:
        found = found.where(drafts.c.task.in_(wanted))
    return frozenset(connection.execute(found).scalars())


def note_draft(connection: sa.Connection, key: TaskKey, *, is_drafted: bool) -> None:
    """Note whether a task has a draft. The caller commits."""
    row = {"server": key.server, "project": key.project, "task": key.task}
    if is_drafted:
        insert_if_absent(connection, drafts, row)
    else:
        own = (drafts.c[name] == value for name, value in row.items())
        connection.execute(sa.delete(drafts).where(*own))
