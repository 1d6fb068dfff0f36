"""What a clock that was ahead, and was set back, left in the store: times that lie further ahead than any could."""

from __future__ import annotations

import sqlalchemy as sa

from guidelint.service.clock import NEVER, after, now
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import inbox, sweeps
from guidelint.service.store.hints.claims import SKEW_S
from guidelint.service.store.hints.inbox import IS_PENDING, LONGEST_WAIT_S


def put_right(engine: sa.Engine) -> int:
    """Let what waits for such a time wait no longer, and every project be looked at in full; returns how many rows."""
    with read_only(engine) as connection:
        if not any(
            connection.execute(sa.select(sa.literal(1)).where(which).limit(1)).first() for which in _far_ahead()
        ):
            return 0
    put_off, from_ahead, swept_ahead = _far_ahead()
    with engine.begin() as connection:
        changed = (
            connection.execute(sa.update(inbox).where(put_off).values(not_before=now())),
            connection.execute(sa.update(inbox).where(from_ahead).values(received_at=now(), not_before=now())),
            connection.execute(sa.update(sweeps).where(swept_ahead).values(swept_to=NEVER, full_at=NEVER)),
        )
        return sum(result.rowcount for result in changed)


def _far_ahead() -> tuple[sa.ColumnElement[bool], ...]:
    """Find waits longer than the longest, hints received later than now, and full sweeps to come."""
    soon = after(SKEW_S)
    return (
        sa.and_(IS_PENDING, inbox.c.waits > 0, inbox.c.not_before > after(LONGEST_WAIT_S + SKEW_S)),
        sa.and_(IS_PENDING, inbox.c.received_at > soon),
        sweeps.c.full_at > soon,
    )
