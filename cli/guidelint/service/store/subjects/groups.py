"""Groups of contributions: which of them changed since they were judged, and what was found in each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from guidelint.service.store.base.database import insert_if_absent
from guidelint.service.store.base.tables import contributions, subject_groups
from guidelint.validation.judging.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from guidelint.service.store.base.task_key import TaskKey

Place = tuple[str, str, str]
"""Subject as it is written, key of the check, name of the group."""
NOBODY = 0
"""Stands for the task where none touched a group."""
CLEAN = ""


@dataclass(frozen=True, slots=True)
class Dirty:
    """A group that changed since it was judged."""

    place: Place
    mark: str
    """Another one each time the group changes."""


def mark(connection: sa.Connection, key: TaskKey, places: Iterable[Place]) -> None:
    """Note that groups changed with a task. The caller commits."""
    for place in sorted(places):
        _mark(connection, key.server, key.project, place, key.task)


def mark_again(connection: sa.Connection, server: str, project: int, subject: str, task: int = NOBODY) -> None:
    """Let every group of a subject be judged anew: it is judged by other rules, or of other tasks. The caller commits.

    ``task``: which one touched it.
    """
    kept, judged = (
        sa.select(table.c.check_key, table.c.group_name)
        .where(table.c.server == server, table.c.project == project, table.c.subject == subject)
        .distinct()
        for table in (contributions, subject_groups)
    )
    for check, name in {(*row,) for statement in (kept, judged) for row in connection.execute(statement)}:
        _mark(connection, server, project, (subject, check, name), task)


def dirty_groups(
    connection: sa.Connection, server: str, project: int, checks: Collection[str], touched_by: int | None = None
) -> list[Dirty]:
    """Find groups under some checks that changed since they were judged, those that a task touched or all."""
    found = sa.select(subject_groups).where(_of_project(server, project), subject_groups.c.mark != CLEAN)
    found = found.where(subject_groups.c.check_key.in_(sorted(checks)))
    if touched_by is not None:
        found = found.where(subject_groups.c.touched_by == touched_by)
    rows = connection.execute(found.order_by(subject_groups.c.subject))
    return [Dirty((row.subject, row.check_key, row.group_name), row.mark) for row in rows]


def subjects_that_wait(connection: sa.Connection, server: str, project: int, checks: Collection[str]) -> set[str]:
    """Subjects with groups under some checks that changed since they were judged."""
    found = sa.select(subject_groups.c.subject).where(_of_project(server, project), subject_groups.c.mark != CLEAN)
    found = found.where(subject_groups.c.check_key.in_(sorted(checks)))
    return set(connection.execute(found.distinct()).scalars())


def settle(connection: sa.Connection, server: str, project: int, group: Dirty, findings: Sequence[Finding]) -> bool:
    """Keep what was found in a group, unless it has changed since it was read; whether it was kept."""
    this = sa.and_(_at(server, project, group.place), subject_groups.c.mark == group.mark)
    if not findings:
        return connection.execute(sa.delete(subject_groups).where(this)).rowcount > 0
    values = {"mark": CLEAN, "findings": msgspec.msgpack.encode(list(findings))}
    return connection.execute(sa.update(subject_groups).where(this).values(values)).rowcount > 0


def findings_of(
    connection: sa.Connection, server: str, project: int, subject: str, checks: Collection[str]
) -> list[tuple[str, Finding]]:
    """Find what was found in all groups of a subject under some checks, each with the key of its check."""
    columns = (subject_groups.c.check_key, subject_groups.c.group_name, subject_groups.c.findings)
    found = sa.select(*columns).where(_of_project(server, project), subject_groups.c.subject == subject)
    rows = sorted((row.check_key, row.group_name, bytes(row.findings)) for row in connection.execute(found))
    read = msgspec.msgpack.Decoder(list[Finding]).decode
    return [(check, one) for check, _, content in rows if check in checks and content for one in read(content)]


def _mark(connection: sa.Connection, server: str, project: int, place: Place, task: int) -> None:
    subject, check, name = place
    changed: dict[str, Any] = {"mark": uuid.uuid4().hex, "touched_by": task}
    row = {"server": server, "project": project, "subject": subject, "check_key": check, "group_name": name}
    if not insert_if_absent(connection, subject_groups, {**row, **changed, "findings": b""}):
        connection.execute(sa.update(subject_groups).where(_at(server, project, place)).values(changed))


def _of_project(server: str, project: int) -> sa.ColumnElement[bool]:
    return sa.and_(subject_groups.c.server == server, subject_groups.c.project == project)


def _at(server: str, project: int, place: Place) -> sa.ColumnElement[bool]:
    subject, check, name = place
    return sa.and_(
        _of_project(server, project),
        subject_groups.c.subject == subject,
        subject_groups.c.check_key == check,
        subject_groups.c.group_name == name,
    )
