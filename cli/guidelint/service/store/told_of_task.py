"""All that the store can tell of one task: every reading with its verdict, whatever Label Studio shows of it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import annotation_rows
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.escalations import WITHDRAWN, escalations_of_task
from guidelint.service.store.hints.open_hints import Choice, Kind, overview
from guidelint.service.store.known import known_of_tasks
from guidelint.service.store.subjects.verdicts import subjects_of_task
from guidelint.validation.judging.verdict import DECISIONS

if TYPE_CHECKING:
    from guidelint.service.store.escalations import Escalated
    from guidelint.service.store.known import Known
    from guidelint.service.store.subjects.verdicts import SubjectJudged
    from guidelint.validation.judging.verdict import Decision


@dataclass(frozen=True, slots=True)
class TaskTold:
    """One task."""

    key: TaskKey
    readings: tuple[Known, ...]
    """Those that count, in the order in which they were handed in."""
    withdrawn: int
    """Readings that somebody has taken out."""
    escalations: tuple[Escalated, ...]
    """Those that are not withdrawn."""
    waiting: int
    """Hints at this task that are not dealt with yet."""
    subjects: tuple[SubjectJudged, ...] = ()
    """Verdicts on what lies above its readings: the task with all of them, a series, a patient."""

    @property
    def decision(self) -> Decision | None:
        """The gravest decision; None: nothing that counts was judged."""
        found = {item.verdict.decision for item in self.readings if item.verdict is not None}
        if found:
            found |= {item.verdict.decision for item in self.subjects}
        return next((decision for decision in DECISIONS if decision in found), None)


def places_of_task(engine: sa.Engine, task: int, server: str = "", project: int | None = None) -> tuple[TaskKey, ...]:
    """Find where the store knows a task of that number. ``server``, ``project``: only there."""
    pair = (annotation_rows.c.server, annotation_rows.c.project)
    found = sa.select(*pair).distinct().where(annotation_rows.c.task == task).order_by(*pair)
    if server:
        found = found.where(annotation_rows.c.server == server)
    if project is not None:
        found = found.where(annotation_rows.c.project == project)
    with read_only(engine) as connection:
        return tuple(TaskKey(row.server, row.project, task) for row in connection.execute(found))


def waiting_at(engine: sa.Engine, choice: Choice) -> int:
    """Count hints that are not dealt with; what we planned ourselves is no news."""
    counts = overview(engine, choice, 0, 0).counts
    return sum(count for kind, count in counts.items() if kind != Kind.PLANNED)


def told_of_task(engine: sa.Engine, key: TaskKey) -> TaskTold:
    """Gather what is known of one task."""
    with read_only(engine) as connection:
        counted = known_of_tasks(connection, key.server, key.project, [key.task]).get(key.task, {})
        others = known_of_tasks(connection, key.server, key.project, [key.task], withdrawn=True).get(key.task, {})
        escalated = escalations_of_task(connection, key)
        subjects = subjects_of_task(connection, key)
    return TaskTold(
        key=key,
        readings=tuple(sorted(counted.values(), key=lambda item: (item.submitted_at, item.annotation))),
        withdrawn=len(others),
        escalations=tuple(item for item in escalated if item.state != WITHDRAWN),
        waiting=waiting_at(engine, Choice(key.server, key.project, key.task)),
        subjects=tuple(subjects),
    )
