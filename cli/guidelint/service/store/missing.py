"""Projects that Label Studio says are not there: since when, how often that was proved, and what ends with them.

A project counts as gone after several proofs over some time, for a database that is being restored, or a token of
another account, answers as if it were gone. Until then all that stands stays; and should it come back later all the
same, nothing is counted as seen, so that a full sweep finds everything again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import NEVER, after, now
from guidelint.service.store.base.conditions import of_project
from guidelint.service.store.base.database import insert_or_update, read_only
from guidelint.service.store.base.tables import annotation_rows, escalations, inbox, requeues, sweeps, tasks, verdicts
from guidelint.service.store.hints.inbox import DONE, FAILED, PENDING
from guidelint.service.store.known import WITHDRAWN
from guidelint.service.store.requeues import DROPPED, MAKING, PREFILLED, WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROOFS = 3
"""So often it must have been proved that a project is not there."""
OVER_S = 600.0
"""Over so long a time; proofs that follow each other faster count once."""
THE_PROJECT_IS_GONE = "the project is gone"


@dataclass(frozen=True, slots=True)
class Missing:
    """One project that was not there when it was last asked for."""

    since: str
    proofs: int

    @property
    def is_gone(self) -> bool:
        """Whether that was proved often enough."""
        return self.proofs >= PROOFS


def missing(engine: sa.Engine, server: str, project: int) -> Missing | None:
    """Find what is noted of a project; None: it was there."""
    with read_only(engine) as connection:
        return _noted(connection, server, project)


def missing_projects(engine: sa.Engine, server: str) -> set[int]:
    """Projects of a server that were not there when they were last asked for."""
    rows = sa.select(sweeps.c.project).where(sweeps.c.server == server, sweeps.c.missing_since != NEVER)
    with read_only(engine) as connection:
        return set(connection.execute(rows).scalars())


def note_missing(connection: sa.Connection, server: str, project: int) -> Missing:
    """Count one more proof, and end what is left of a project that is gone. The caller commits."""
    before = _noted(connection, server, project)
    if before is None or before.since > now():  # the clock was set back: what it said is worth nothing
        before = Missing(now(), 0)
    is_later = after(before.proofs * OVER_S / (PROOFS - 1), before.since) <= now()
    found = Missing(before.since, before.proofs + is_later)
    _update(connection, server, project, {"missing_since": found.since, "missing_proofs": found.proofs})
    if found.is_gone:
        _end(connection, server, project)
    return found


def note_there(connection: sa.Connection, server: str, project: int) -> None:
    """Forget that a project was missing, and that it was ever swept in full. The caller commits."""
    _update(connection, server, project, {"missing_since": NEVER, "missing_proofs": 0, "full_at": NEVER})


def _noted(connection: sa.Connection, server: str, project: int) -> Missing | None:
    row = connection.execute(sa.select(sweeps).where(of_project(sweeps, server, project))).first()
    return Missing(row.missing_since, row.missing_proofs) if row is not None and row.missing_since else None


def _update(connection: sa.Connection, server: str, project: int, values: Mapping[str, object]) -> None:
    """Change a row of the sweeps, which the first sweep of a project may not have made yet."""
    this = sa.update(sweeps).where(of_project(sweeps, server, project)).values(dict(values))
    if connection.execute(this.returning(sweeps.c.project)).first() is None:
        key = {"server": server, "project": project}
        insert_or_update(connection, sweeps, {**key, "swept_to": NEVER, "full_at": NEVER, "problem": "", **values})


def _end(connection: sa.Connection, server: str, project: int) -> None:
    """Withdraw what stood, forget what was seen, let nothing of it wait any more. Verdicts stay as history."""
    changes: Sequence[tuple[sa.Table, sa.ColumnElement[bool], dict[str, object]]] = (
        (annotation_rows, annotation_rows.c.state != WITHDRAWN, {"state": WITHDRAWN}),
        (verdicts, verdicts.c.is_current, {"is_current": False}),
        (tasks, tasks.c.seen_updated_at != NEVER, {"seen_updated_at": NEVER}),
        (requeues, requeues.c.state.in_((WAITING, MAKING, PREFILLED)), {"state": DROPPED, "changed_at": now()}),
        (escalations, escalations.c.state != WITHDRAWN, {"state": WITHDRAWN}),
        (
            inbox,
            inbox.c.state.in_((PENDING, FAILED)),
            {"state": DONE, "reason": THE_PROJECT_IS_GONE, "prediction": None},
        ),
    )
    for table, which, values in changes:
        connection.execute(sa.update(table).where(of_project(table, server, project), which).values(values))
