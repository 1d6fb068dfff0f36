"""Hints at whole projects: which sweeps deliveries asked for, because they told of more than was taken."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from guidelint.service.clock import now
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import inbox as inbox_rows
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import held, inbox
from guidelint.service.store.hints.inbox import IS_PENDING
from guidelint.service.store.hints.inbox_rows import EVERY_PROJECT, SWEEP_ALL, WHOLE_PROJECT
from guidelint.service.store.hints.job import Job


@dataclass(frozen=True, slots=True)
class AskedSweep:
    """One hint at a whole project."""

    seq: int
    server: str
    project: int
    is_full: bool
    """Every task is to be looked at, not only what changed."""
    waits: int

    def covers(self, server: str, project: int) -> bool:
        """Whether it asks for a sweep of this project."""
        return self.server == server and self.project in {project, EVERY_PROJECT}


def asked_sweeps(engine: sa.Engine) -> list[AskedSweep]:
    """Sweeps that are asked for and due."""
    due = sa.select(inbox_rows).where(IS_PENDING, inbox_rows.c.task == WHOLE_PROJECT, inbox_rows.c.not_before <= now())
    with read_only(engine) as connection:
        return [
            AskedSweep(row.seq, row.server, row.project, row.action == SWEEP_ALL, row.waits)
            for row in connection.execute(due.order_by(inbox_rows.c.seq).limit(inbox.MOST_AT_ONCE))
        ]


def keep(connection: sa.Connection, asked: AskedSweep, reason: str) -> None:
    """Keep it until the project is known."""
    held.hold(connection, _job(asked), reason)


def put_off(connection: sa.Connection, asked: AskedSweep, reason: str) -> None:
    """Ask again later, each time after a longer while."""
    inbox.wait(connection, _job(asked), reason)


def _job(asked: AskedSweep) -> Job:
    return Job(TaskKey(asked.server, asked.project, WHOLE_PROJECT), (asked.seq,), 0, asked.waits)
