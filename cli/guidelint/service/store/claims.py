"""One writer per task at a time, across threads and processes: a claim with an end, renewed while the work goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import after, now
from guidelint.service.store.database import insert_or_update
from guidelint.service.store.tables import claims

if TYPE_CHECKING:
    from guidelint.service.store.inbox import TaskKey

LEASE_S = 15.0
"""A claim nobody renews ends after this; so long may a task wait after its worker was killed."""


def claim(connection: sa.Connection, key: TaskKey, owner: str) -> bool:
    """Take or renew the claim on a task; False: somebody else has it."""
    row = {"server": key.server, "project": key.project, "task": key.task, "owner": owner, "until": after(LEASE_S)}
    free = sa.or_(claims.c.owner == owner, claims.c.until < now())
    return insert_or_update(connection, claims, row, where=free)


def release(connection: sa.Connection, key: TaskKey, owner: str) -> None:
    """Give a claim back."""
    connection.execute(sa.delete(claims).where(_on(key), claims.c.owner == owner))


def renew(connection: sa.Connection, owner: str) -> None:
    """Prolong all claims of an owner."""
    connection.execute(sa.update(claims).where(claims.c.owner == owner).values(until=after(LEASE_S)))


def _on(key: TaskKey) -> sa.ColumnElement[bool]:
    return sa.and_(claims.c.server == key.server, claims.c.project == key.project, claims.c.task == key.task)
