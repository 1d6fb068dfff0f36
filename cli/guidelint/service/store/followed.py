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
    is_known: bool
    """Whether it was pushed with this store; otherwise a sweep came upon it."""


def followed(engine: sa.Engine, servers: Sequence[str]) -> tuple[FollowedProject, ...]:
    """Projects of some servers that were pushed to, and those that a sweep has to complain of all the same."""
    pushed = sa.select(projects.c.server, projects.c.project).distinct().subquery()
    blamed = sa.select(sweeps.c.server, sweeps.c.project).where(sweeps.c.problem != "")
    key = sa.union(sa.select(pushed), blamed).subquery()
    same = sa.and_(key.c.server == sweeps.c.server, key.c.project == sweeps.c.project)
    known = sa.and_(key.c.server == pushed.c.server, key.c.project == pushed.c.project)
    is_known = pushed.c.project.is_not(None).label("is_known")
    rows = (
        sa.select(key.c.server, key.c.project, sweeps.c.swept_at, sweeps.c.problem, is_known)
        .select_from(key.outerjoin(sweeps, same).outerjoin(pushed, known))
        .where(key.c.server.in_(servers))
        .order_by(key.c.server, key.c.project)
    )
    with reading(engine) as connection:
        return tuple(
            FollowedProject(row.server, row.project, row.swept_at or "", row.problem or "", bool(row.is_known))
            for row in connection.execute(rows)
        )
