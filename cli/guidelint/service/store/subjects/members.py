"""Which tasks a series or a patient has, and how many of them a reader has read: all are in, or some are awaited.

A place is a subject without its reader: the series that every reader reads.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.base.conditions import has_its, of_project
from guidelint.service.store.base.database import insert_if_absent, read_only
from guidelint.service.store.base.tables import absences, annotation_rows, subject_tasks
from guidelint.service.store.known import WITHDRAWN
from guidelint.service.store.subjects.contributions import subject_text
from guidelint.service.store.subjects.groups import mark_again
from guidelint.validation.judging.verdict import Awaited

if TYPE_CHECKING:
    from collections.abc import Collection

    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.subjects.contributions import Source
    from guidelint.validation.rule.subject import Subject

NOWHERE = frozenset({""})
"""Kept of a task that is of no series and no patient, so that it is known to have been looked at."""


def place_of_subject(subject: Subject) -> str:
    """Write a subject without its reader."""
    return subject_text(replace(subject, annotator=""))


def members_of_tasks(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int]
) -> dict[Source, frozenset[str]]:
    """Task, with the time of its creation → the places that it is known to be of."""
    found = sa.select(subject_tasks).where(of_project(subject_tasks, server, project), subject_tasks.c.task.in_(wanted))
    by_task: dict[Source, frozenset[str]] = {}
    for row in connection.execute(found):
        source = row.task, row.created_at
        by_task[source] = by_task.get(source, frozenset()) | {row.place}
    return by_task


def tasks_with_places(engine: sa.Engine, server: str, project: int) -> set[Source]:
    """Tasks, with the times of their creation, of which it is known what they are of."""
    found = sa.select(subject_tasks.c.task, subject_tasks.c.created_at).where(
        of_project(subject_tasks, server, project)
    )
    with read_only(engine) as connection:
        return {(row.task, row.created_at) for row in connection.execute(found.distinct())}


def put_members(connection: sa.Connection, key: TaskKey, created_at: str, places: Collection[str]) -> None:
    """Keep what a task is of in place of what it was, or of another task with its number. The caller commits."""
    drop_members(connection, key)
    own = {"server": key.server, "project": key.project, "task": key.task, "created_at": created_at}
    connection.execute(sa.insert(subject_tasks), [{**own, "place": place} for place in sorted(places)])


def drop_members(connection: sa.Connection, key: TaskKey) -> None:
    """Let a task be of nothing: it is gone. What waited for it is judged anew. The caller commits."""
    for subject in lacking_with(connection, key):
        mark_again(connection, key.server, key.project, subject, key.task)
    own = sa.and_(of_project(subject_tasks, key.server, key.project), subject_tasks.c.task == key.task)
    connection.execute(sa.delete(subject_tasks).where(own))


def awaited_by(connection: sa.Connection, server: str, project: int, subject: Subject) -> Awaited:
    """Count the tasks of a subject, and those that its reader has neither read nor skipped."""
    there = sa.select(subject_tasks.c.task, subject_tasks.c.created_at).where(
        of_project(subject_tasks, server, project), subject_tasks.c.place == place_of_subject(subject)
    )
    read = sa.select(annotation_rows.c.task, annotation_rows.c.task_created_at).where(
        of_project(annotation_rows, server, project),
        annotation_rows.c.state != WITHDRAWN,
        annotation_rows.c.annotator == int(subject.annotator),
    )
    read = read.where(annotation_rows.c.task.in_(there.with_only_columns(subject_tasks.c.task)))
    tasks, by_reader = ({(row[0], row[1]) for row in connection.execute(found)} for found in (there, read))
    return Awaited(len(tasks), len(tasks - by_reader))


def note_absence(connection: sa.Connection, server: str, project: int, subject: Subject, *, lacks: bool) -> None:
    """Note whether something is lacking in a subject that another task may have. The caller commits."""
    text = subject_text(subject)
    row = {"server": server, "project": project, "subject": text, "place": place_of_subject(subject)}
    if lacks:
        insert_if_absent(connection, absences, row)
    else:
        connection.execute(sa.delete(absences).where(of_project(absences, server, project), absences.c.subject == text))


def lacking_with(connection: sa.Connection, key: TaskKey) -> list[str]:
    """Find subjects in which something is lacking and of which a task is, as they are written."""
    values = {"its_server": key.server, "its_project": key.project, "its_task": key.task}
    return sorted(connection.execute(LACKING, values).scalars())


LACKING = sa.select(absences.c.subject).where(
    has_its(absences, "server", "project"),
    absences.c.place.in_(sa.select(subject_tasks.c.place).where(has_its(subject_tasks, "server", "project", "task"))),
)
"""Made once: it is asked after each submission."""
