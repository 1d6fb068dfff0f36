"""What waits in the inbox: which rows keep an annotator waiting, and figures for those who watch the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from guidelint.service.clock import now
from guidelint.service.store.database import reading
from guidelint.service.store.inbox import BULK, FAILED, HELD, INTERACTIVE, IS_PENDING, REVISIT
from guidelint.service.store.tables import inbox, projects

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Unknown:
    """A project that hints are held for, because the store does not know it."""

    server: str
    project: int
    hints: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits at one moment."""

    interactive: int = 0
    """Hints at annotators' work, due now or put off."""
    bulk: int = 0
    """Hints at what was imported or swept, due now or put off."""
    due: int = 0
    """Hints that could be dealt with now."""
    oldest_at: str = ""
    """When the oldest hint at an annotator's work came that is not dealt with; empty: there is none."""
    failed: int = 0
    """Hints that were set aside."""
    unknown: tuple[Unknown, ...] = ()


def interactive_rows(engine: sa.Engine) -> frozenset[int]:
    """Numbers of the rows that are due and keep an annotator waiting."""
    due = sa.and_(IS_PENDING, inbox.c.lane == INTERACTIVE, inbox.c.not_before <= now())
    with reading(engine) as connection:
        return frozenset(connection.execute(sa.select(inbox.c.seq).where(due)).scalars())


def waiting(engine: sa.Engine, servers: Sequence[str]) -> Waiting:
    """Count what waits; ``servers``: those whose projects must be known."""
    with reading(engine) as connection:
        lanes = {row.lane: row for row in connection.execute(_by_lane())}
        oldest_at = connection.execute(_oldest()).scalar_one()
        failed = connection.execute(_failed()).scalar_one()
        unknown = tuple(Unknown(row.server, row.project, row.hints) for row in connection.execute(_unknown(servers)))
    interactive, bulk = lanes.get(INTERACTIVE), lanes.get(BULK)
    return Waiting(
        interactive=interactive.rows if interactive else 0,
        bulk=bulk.rows if bulk else 0,
        due=sum(row.due for row in lanes.values()),
        oldest_at=oldest_at or "",
        failed=failed,
        unknown=unknown,
    )


def _by_lane() -> sa.Select[Any]:
    is_due = sa.case((inbox.c.not_before <= now(), 1), else_=0)
    counts = (sa.func.count().label("rows"), sa.func.sum(is_due).label("due"))
    return sa.select(inbox.c.lane, *counts).where(IS_PENDING).group_by(inbox.c.lane)


def _oldest() -> sa.Select[Any]:
    """Rows that we put off ourselves until a time of our choice keep nobody waiting."""
    theirs = sa.and_(IS_PENDING, inbox.c.lane == INTERACTIVE, inbox.c.action != REVISIT)
    return sa.select(sa.func.min(inbox.c.received_at)).where(theirs)


def _failed() -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(inbox).where(inbox.c.state == FAILED)


def _unknown(servers: Sequence[str]) -> sa.Select[Any]:
    """Hints that wait for a project of these servers that was never pushed to, as far as the store knows."""
    key = (inbox.c.server, inbox.c.project)
    followed = sa.exists().where(projects.c.server == inbox.c.server, projects.c.project == inbox.c.project)
    waits = sa.or_(IS_PENDING, inbox.c.state == HELD)
    hints = sa.select(*key, sa.func.count().label("hints")).where(waits, inbox.c.server.in_(servers), ~followed)
    return hints.group_by(*key).order_by(*key)
