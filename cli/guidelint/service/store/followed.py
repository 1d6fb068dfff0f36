"""Projects that follow a guideline, each with what its last sweep noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.database import reading
from guidelint.service.store.tables import projects, sweeps

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class FollowedProject:
    """One project."""

    server: str
    project: int
    swept_at: str
    """When its last sweep came to its end; empty: none has."""
    problem: str
    """What is wrong with it, as that sweep saw it; empty: nothing."""


def followed(engine: sa.Engine, servers: Sequence[str]) -> tuple[FollowedProject, ...]:
    """Projects of some servers that were pushed to, and those that a sweep has to complain of all the same."""
    pushed = sa.select(projects.c.server, projects.c.project)
    blamed = sa.select(sweeps.c.server, sweeps.c.project).where(sweeps.c.problem != "")
    key = sa.union(pushed, blamed).subquery()
    same = sa.and_(key.c.server == sweeps.c.server, key.c.project == sweeps.c.project)
    rows = (
        sa.select(key.c.server, key.c.project, sweeps.c.swept_at, sweeps.c.problem)
        .select_from(key.outerjoin(sweeps, same))
        .where(key.c.server.in_(servers))
        .order_by(key.c.server, key.c.project)
    )
    with reading(engine) as connection:
        return tuple(
            FollowedProject(row.server, row.project, row.swept_at or "", row.problem or "")
            for row in connection.execute(rows)
        )
