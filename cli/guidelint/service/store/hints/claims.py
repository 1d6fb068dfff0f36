"""One writer per task at a time, across threads and processes: a claim with an end, renewed while the work goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import after, now
from guidelint.service.store.base.database import insert_or_update, read_only
from guidelint.service.store.base.tables import claims

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.service.store.base.task_key import TaskKey

LEASE_S = 15.0
"""A claim nobody renews ends after this; so long may a task wait after its worker was killed on another machine."""
SKEW_S = 60.0
"""So much the clocks of machines that share a store may differ."""


def is_held() -> sa.ColumnElement[bool]:
    """Whether a claim holds; one that ends later than any lease could is of a clock that was set back, and does not."""
    return sa.and_(claims.c.until >= now(), claims.c.until <= after(LEASE_S + SKEW_S))


def claim(connection: sa.Connection, key: TaskKey, owner: str) -> bool:
    """Take or renew the claim on a task; False: somebody else has it."""
    row = {"server": key.server, "project": key.project, "task": key.task, "owner": owner, "until": after(LEASE_S)}
    ours = claims.c.owner.startswith(_process_of(owner), autoescape=True)
    free = sa.or_(claims.c.owner == owner, claims.c.until < now(), sa.and_(sa.not_(is_held()), sa.not_(ours)))
    return insert_or_update(connection, claims, row, where=free)


def release(connection: sa.Connection, key: TaskKey, owner: str) -> None:
    """Give a claim back."""
    connection.execute(sa.delete(claims).where(_on(key), claims.c.owner == owner))


def renew(connection: sa.Connection, owner: str) -> None:
    """Prolong all claims of an owner."""
    connection.execute(sa.update(claims).where(claims.c.owner == owner).values(until=after(LEASE_S)))


def release_dead(engine: sa.Engine, is_dead: Callable[[str], bool]) -> int:
    """Let go what is claimed by processes that have ended; returns how many owners that were."""
    with read_only(engine) as connection:
        dead = [owner for owner in connection.execute(sa.select(claims.c.owner).distinct()).scalars() if is_dead(owner)]
    if dead:
        with engine.begin() as connection:
            connection.execute(sa.delete(claims).where(claims.c.owner.in_(dead)))
    return len(dead)


def _process_of(owner: str) -> str:
    """Leave out the thread: what another thread of this process holds is held whatever the clock says."""
    return ":".join(owner.split(":")[:4])


def _on(key: TaskKey) -> sa.ColumnElement[bool]:
    return sa.and_(claims.c.server == key.server, claims.c.project == key.project, claims.c.task == key.task)
