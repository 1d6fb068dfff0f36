"""Projects that follow a guideline, each with what its last sweep noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import projects, sweeps
from guidelint.service.store.missing import Missing

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
    pushed_at: str = ""
    """When it was pushed for the first time; empty: never."""
    missing: Missing | None = None
    """Since when Label Studio says that it is not there; None: it is."""


def followed(engine: sa.Engine, servers: Sequence[str]) -> tuple[FollowedProject, ...]:
    """Projects of some servers that were pushed to, and those that a sweep has to complain of all the same."""
    first = sa.func.min(projects.c.valid_from).label("first")
    pair = (projects.c.server, projects.c.project)
    pushed = sa.select(*pair, first).group_by(*pair).subquery()
    blamed = sa.select(sweeps.c.server, sweeps.c.project).where(sweeps.c.problem != "")
    key = sa.union(sa.select(pushed.c.server, pushed.c.project), blamed).subquery()
    same = sa.and_(key.c.server == sweeps.c.server, key.c.project == sweeps.c.project)
    known = sa.and_(key.c.server == pushed.c.server, key.c.project == pushed.c.project)
    rows = (
        sa.select(
            key.c.server,
            key.c.project,
            sweeps.c.swept_at,
            sweeps.c.problem,
            sweeps.c.missing_since,
            sweeps.c.missing_proofs,
            pushed.c.first,
        )
        .select_from(key.outerjoin(sweeps, same).outerjoin(pushed, known))
        .where(key.c.server.in_(servers))
        .order_by(key.c.server, key.c.project)
    )
    with read_only(engine) as connection:
        return tuple(
            FollowedProject(
                server=row.server,
                project=row.project,
                swept_at=row.swept_at or "",
                problem=row.problem or "",
                is_known=row.first is not None,
                pushed_at=row.first or "",
                missing=Missing(row.missing_since, row.missing_proofs) if row.missing_since else None,
            )
            for row in connection.execute(rows)
        )
