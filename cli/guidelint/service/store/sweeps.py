"""How far the sweep of each project has come, and what it compares with what stands in Label Studio."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from guidelint.service.clock import NEVER, now
from guidelint.service.store.base.database import insert_or_update, read_only
from guidelint.service.store.base.tables import annotation_rows, sweeps, tasks
from guidelint.service.store.known import WITHDRAWN


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the sweep of a project has come."""

    swept_to: str = NEVER
    """Changes up to here were looked at."""
    full_at: str = NEVER
    """When every task was looked at last."""


def reached(engine: sa.Engine, server: str, project: int) -> Reached:
    """Look up how far the sweep of a project has come."""
    row = sa.select(sweeps.c.swept_to, sweeps.c.full_at).where(sweeps.c.server == server, sweeps.c.project == project)
    with read_only(engine) as connection:
        found = connection.execute(row).first()
    return Reached(found.swept_to, found.full_at) if found else Reached()


def note_reached(engine: sa.Engine, server: str, project: int, reached: Reached, problem: str) -> None:
    """Note how far the sweep of a project has come, and what it found wrong with the project."""
    row = {
        "server": server,
        "project": project,
        "swept_to": reached.swept_to,
        "full_at": reached.full_at,
        "swept_at": now(),
        "problem": problem,
    }
    with engine.begin() as connection:
        insert_or_update(connection, sweeps, row)


def standing_tasks(engine: sa.Engine, server: str, project: int) -> set[int]:
    """Tasks with annotations that are not withdrawn, as far as the store knows."""
    rows = sa.select(annotation_rows.c.task).where(
        annotation_rows.c.server == server,
        annotation_rows.c.project == project,
        annotation_rows.c.state != WITHDRAWN,
    )
    with read_only(engine) as connection:
        return set(connection.execute(rows.distinct()).scalars())


def seen_states(engine: sa.Engine, server: str, project: int) -> set[tuple[int, str, str]]:
    """Tasks in the states in which they were dealt with last: id, time of creation, and of the last change."""
    rows = sa.select(tasks.c.task, tasks.c.created_at, tasks.c.seen_updated_at).where(
        tasks.c.server == server, tasks.c.project == project
    )
    with read_only(engine) as connection:
        return {(row.task, row.created_at, row.seen_updated_at) for row in connection.execute(rows)}
