"""What waits in the inbox: which rows keep an annotator waiting, and figures for those who watch the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from guidelint.service.clock import now
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import inbox
from guidelint.service.store.hints.inbox import BULK, INTERACTIVE, IS_FAILED, IS_PENDING, REVISIT


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


MOST_ROWS = 5000
"""So many rows are told of: more would make whoever asks late, and no answer waits behind so many."""


def interactive_rows(engine: sa.Engine) -> frozenset[int]:
    """Numbers of the rows that are due and keep an annotator waiting, the first ones."""
    due = sa.and_(IS_PENDING, inbox.c.lane == INTERACTIVE, inbox.c.not_before <= now())
    with read_only(engine) as connection:
        return frozenset(
            connection.execute(sa.select(inbox.c.seq).where(due).order_by(inbox.c.seq).limit(MOST_ROWS)).scalars()
        )


def waiting(engine: sa.Engine) -> Waiting:
    """Count what waits."""
    with read_only(engine) as connection:
        lanes = {row.lane: row for row in connection.execute(_by_lane())}
        oldest_at = connection.execute(_oldest()).scalar_one()
        failed = connection.execute(_failed()).scalar_one()
    interactive, bulk = lanes.get(INTERACTIVE), lanes.get(BULK)
    return Waiting(
        interactive=interactive.rows if interactive else 0,
        bulk=bulk.rows if bulk else 0,
        due=sum(row.due for row in lanes.values()),
        oldest_at=oldest_at or "",
        failed=failed,
    )


def _by_lane() -> sa.Select[*tuple[Any, ...]]:
    is_due = sa.case((inbox.c.not_before <= now(), 1), else_=0)
    counts = (sa.func.count().label("rows"), sa.func.sum(is_due).label("due"))
    return sa.select(inbox.c.lane, *counts).where(IS_PENDING).group_by(inbox.c.lane)


def _oldest() -> sa.Select[Any]:
    """Rows that we put off ourselves until a time of our choice keep nobody waiting."""
    theirs = sa.and_(IS_PENDING, inbox.c.lane == INTERACTIVE, inbox.c.action != REVISIT)
    return sa.select(sa.func.min(inbox.c.received_at)).where(theirs)


def _failed() -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(inbox).where(IS_FAILED)
