"""Hints of projects that the store does not know, or of servers without a token: kept until somebody makes them known.

So many are kept of each project; instead of those beyond, one is kept that asks for a sweep of the whole project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import NEVER
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import inbox, projects
from guidelint.service.store.hints.inbox_rows import DONE, EVERY_PROJECT, HELD, PENDING, SWEEP_ALL, sweep_row

if TYPE_CHECKING:
    from collections.abc import Collection

    from guidelint.service.store.hints.job import Job

MOST_HELD = 1000
"""Hints that are kept of one project."""
MOST_PROJECTS = 100
"""Projects that are told of: whoever knows the secret can name any number."""
BEYOND = f"more than {MOST_HELD} hints of this project are held: the sweep after the push finds what they told"

NOT_PUSHED = "its project was never pushed with this store: push its guideline (guidelint push)"


@dataclass(frozen=True, slots=True)
class Held:
    """What waits because a project is not known."""

    server: str
    project: int
    count: int
    oldest: str
    """When the longest waiting of them was received."""


def hold(connection: sa.Connection, job: Job, reason: str) -> None:
    """Keep the rows of a job until the project is known; beyond the bound, a sweep is asked for instead."""
    room = MOST_HELD - _count(connection, job.key.server, job.key.project)
    kept, beyond = job.seqs[: max(room, 0)], job.seqs[max(room, 0) :]
    rows = sa.update(inbox)
    if kept:
        connection.execute(rows.where(inbox.c.seq.in_(kept), _is_pending()).values(state=HELD, starts=0, reason=reason))
    if beyond:
        values = {"state": DONE, "prediction": None, "reason": BEYOND}
        connection.execute(rows.where(inbox.c.seq.in_(beyond), _is_pending()).values(values))
        _ask_for_sweep(connection, job.key.server, job.key.project)


def keep_as_sign(connection: sa.Connection, seq: int, server: str, project: int) -> bool:
    """Keep a hint without a task as the first sign of a project that is not known; whether it is kept."""
    pushed = sa.select(projects.c.position).where(projects.c.server == server, projects.c.project == project)
    if project == EVERY_PROJECT or connection.execute(pushed.limit(1)).first() is not None:
        return False
    if _count(connection, server, project):
        return False
    connection.execute(sa.update(inbox).where(inbox.c.seq == seq).values(state=HELD, reason=NOT_PUSHED))
    return True


def release(connection: sa.Connection, server: str, project: int) -> None:
    """Let the hints of a project be dealt with: it is known now."""
    connection.execute(sa.update(inbox).where(_is_held(), *_of(server, project)).values(**_AGAIN))


def release_known(connection: sa.Connection, servers: Collection[str]) -> int:
    """Let the hints of all known projects on some servers be dealt with; returns how many."""
    rows = sa.update(inbox).where(_is_held(), inbox.c.server.in_(servers), _is_known()).values(**_AGAIN)
    return len(connection.execute(rows.returning(inbox.c.seq)).all())


def anything_known(engine: sa.Engine, servers: Collection[str]) -> bool:
    """Whether there are hints of known projects to be let go, asked without keeping others from writing."""
    rows = sa.select(inbox.c.seq).where(_is_held(), inbox.c.server.in_(servers), _is_known())
    with read_only(engine) as connection:
        return connection.execute(rows.limit(1)).first() is not None


def held(engine: sa.Engine, most: int = MOST_PROJECTS) -> list[Held]:
    """Count what waits because a project is not known, by project; so many projects at most."""
    columns = (inbox.c.server, inbox.c.project, sa.func.count(), sa.func.min(inbox.c.received_at))
    key = (inbox.c.server, inbox.c.project)
    rows = sa.select(*columns).where(_is_held()).group_by(*key).order_by(*key).limit(most)
    with read_only(engine) as connection:
        return [Held(*row) for row in connection.execute(rows)]


def _is_known() -> sa.ColumnElement[bool]:
    return sa.exists().where(projects.c.server == inbox.c.server, projects.c.project == inbox.c.project)


def _ask_for_sweep(connection: sa.Connection, server: str, project: int) -> None:
    asked = sa.select(inbox.c.seq).where(_is_held(), *_of(server, project), inbox.c.action == SWEEP_ALL)
    if connection.execute(asked.limit(1)).first() is None:
        row = {**sweep_row(server, project, SWEEP_ALL, BEYOND), "state": HELD}
        connection.execute(sa.insert(inbox).values(row))


_AGAIN = {"state": PENDING, "starts": 0, "waits": 0, "not_before": NEVER, "reason": ""}


def _count(connection: sa.Connection, server: str, project: int) -> int:
    rows = sa.select(sa.func.count()).select_from(inbox).where(_is_held(), *_of(server, project))
    return connection.execute(rows).scalar_one()


def _is_pending() -> sa.ColumnElement[bool]:
    """Not what an operator has told to be forgotten meanwhile."""
    return inbox.c.state == PENDING


def _is_held() -> sa.ColumnElement[bool]:
    """Spelled out, not as a parameter: only so can SQLite use the index on held rows."""
    return inbox.c.state == sa.literal_column("'held'")


def _of(server: str, project: int) -> tuple[sa.ColumnElement[bool], ...]:
    return inbox.c.server == server, inbox.c.project == project
