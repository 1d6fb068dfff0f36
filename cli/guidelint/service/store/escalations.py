"""Escalations as the store keeps them: who is asked, until when, and whether another reader has read the task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import after
from guidelint.service.store.base.database import insert_if_absent, read_only
from guidelint.service.store.base.tables import escalations

if TYPE_CHECKING:
    from guidelint.labelstudio.writeback.judged import Judged
    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.validation.judging.plan import Route

WAITING, OPENED, READ, WITHDRAWN = "waiting", "opened", "read", "withdrawn"
ASKED, HELD = "asked", "held"
"""Of routes to persons by name, who have not dealt with the task yet."""


@dataclass(frozen=True, slots=True)
class Escalated:
    """One escalation of a task."""

    route: str
    readers: int
    """Readings that the task needs."""
    since: str
    due: str | None
    state: str


def record_escalations(
    connection: sa.Connection, key: TaskKey, created_at: str, judged: Judged, *, opened: bool
) -> None:
    """Bring the rows of one task in step with the verdicts on it. ``created_at``: of the task."""
    since = _since(judged)
    on_task = _on_task(key, created_at)
    gone = sa.and_(on_task, escalations.c.route.not_in(list(since)))
    connection.execute(sa.update(escalations).where(gone).values(state=WITHDRAWN))
    for name, moment in since.items():
        route = judged.routes.get(name)
        readers = route.readers if route else 0
        state = _state(judged, name, route, opened=opened)
        due = after(route.within_hours * 3600, moment) if route and route.within_hours else None
        row = {
            "server": key.server,
            "project": key.project,
            "task": key.task,
            "created_at": created_at,
            "route": name,
            "readers": readers,
            "since": moment,
            "due": due,
            "state": state,
        }
        if not insert_if_absent(connection, escalations, row):
            this = sa.and_(on_task, escalations.c.route == name)
            connection.execute(sa.update(escalations).where(this).values(state=state, readers=readers))


def escalations_of_task(connection: sa.Connection, key: TaskKey) -> tuple[Escalated, ...]:
    """Escalations of a task, in the order in which they were asked for."""
    columns = (escalations.c[name] for name in ("route", "readers", "since", "due", "state"))
    found = (
        sa.select(*columns)
        .where(escalations.c.server == key.server, escalations.c.project == key.project)
        .where(escalations.c.task == key.task)
        .order_by(escalations.c.since, escalations.c.route)
    )
    return tuple(Escalated(*row) for row in connection.execute(found))


def open_escalations(engine: sa.Engine, server: str, project: int) -> dict[int, int]:
    """Task → readers it needs, for tasks opened to another reader who has not read them yet."""
    opened = sa.select(escalations.c.task, sa.func.max(escalations.c.readers)).where(
        escalations.c.server == server, escalations.c.project == project, escalations.c.state == OPENED
    )
    with read_only(engine) as connection:
        rows = connection.execute(opened.group_by(escalations.c.task)).all()
    return {row[0]: row[1] for row in rows}


def _since(judged: Judged) -> dict[str, str]:
    """Route → when it was first asked for; by a subject: when the last of its readings here was handed in."""
    asked: dict[str, str] = {}
    completed = sorted((item for item in judged.readings if item.completed), key=lambda item: item.submitted_at)
    for item in completed:
        for escalation in item.verdict.escalations:
            asked.setdefault(escalation.route, item.submitted_at)
    for escalation in (one for verdict in judged.subjects for one in verdict.escalations):
        if completed:
            asked.setdefault(escalation.route, completed[-1].submitted_at)
    return asked


def _state(judged: Judged, name: str, route: Route | None, *, opened: bool) -> str:
    """Say how far a route is: who is asked by name is waited for, also when all readings are in."""
    if route is None:
        return READ
    if judged.is_unanswered(name) and (route.hold or judged.completed >= route.readers):
        return HELD if route.hold else ASKED
    if route.persons and name not in judged.routes_asked():
        return WAITING
    if judged.completed >= route.readers:
        return READ
    return OPENED if opened else WAITING


def _on_task(key: TaskKey, created_at: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        escalations.c.server == key.server,
        escalations.c.project == key.project,
        escalations.c.task == key.task,
        escalations.c.created_at == created_at,
    )
