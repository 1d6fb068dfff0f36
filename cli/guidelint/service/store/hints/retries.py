"""Hints that were put off because Label Studio was away, or did not take our token: which, and trying them sooner."""

from __future__ import annotations

import sqlalchemy as sa

from guidelint.service.clock import NEVER, now
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import inbox, sweeps
from guidelint.service.store.hints.inbox import IS_FAILED, IS_PENDING, PENDING

_IS_MISSING = sa.exists().where(
    sweeps.c.server == inbox.c.server, sweeps.c.project == inbox.c.project, sweeps.c.missing_since != NEVER
)
_IS_PUT_OFF = sa.and_(IS_PENDING, inbox.c.waits > 0, inbox.c.starts == 0, sa.not_(_IS_MISSING))
"""Not what failed by a fault of ours, and not what waits for proofs that its project is gone."""


def servers_waited_for(engine: sa.Engine) -> list[str]:
    """Servers that something was put off for."""
    with read_only(engine) as connection:
        return sorted(connection.execute(sa.select(inbox.c.server).where(_IS_PUT_OFF).distinct()).scalars())


def hurry(connection: sa.Connection, server: str, tasks: int | None = None) -> int:
    """Let what was put off be tried now, or only the tasks whose turn would come first; returns how many rows.

    The caller commits.
    """
    which = sa.and_(_IS_PUT_OFF, inbox.c.server == server, inbox.c.not_before > now())
    if tasks is not None:
        first = sa.select(inbox.c.project, inbox.c.task).where(which).order_by(inbox.c.not_before).limit(tasks)
        chosen = connection.execute(first).all()
        which = sa.and_(which, sa.tuple_(inbox.c.project, inbox.c.task).in_([tuple(row) for row in chosen]))
    return connection.execute(sa.update(inbox).where(which).values(not_before=now())).rowcount


def try_failed_again(connection: sa.Connection, server: str, project: int | None = None) -> None:
    """Let what was set aside on a server, or in one project, be tried anew. The caller commits."""
    which = sa.and_(IS_FAILED, inbox.c.server == server)
    if project is not None:
        which = sa.and_(which, inbox.c.project == project)
    again = {"state": PENDING, "starts": 0, "waits": 0, "not_before": NEVER}
    connection.execute(sa.update(inbox).where(which).values(**again))
