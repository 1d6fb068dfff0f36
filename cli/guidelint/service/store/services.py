"""Which services work on this store; writing that down shows that the store can be written."""

from __future__ import annotations

import sqlalchemy as sa

from guidelint.service.clock import after, now
from guidelint.service.store.base.database import insert_or_update
from guidelint.service.store.base.tables import services

AT_WORK_S = 60.0
"""A service that showed itself within this is at work."""
FORGOTTEN_S = 3600.0


def show_up(engine: sa.Engine, service: str) -> int:
    """Write that a service is at work; returns how many are. Raises what the store raises."""
    with engine.begin() as connection:
        insert_or_update(connection, services, {"service": service, "seen_at": now()})
        connection.execute(sa.delete(services).where(services.c.seen_at < after(-FORGOTTEN_S)))
        at_work = sa.select(sa.func.count()).where(services.c.seen_at >= after(-AT_WORK_S))
        return int(connection.execute(at_work).scalar_one())
