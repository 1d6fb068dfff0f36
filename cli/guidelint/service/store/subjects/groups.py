"""Groups of contributions: which of them changed since they were judged, and what was found in each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from guidelint.service.store.base.conditions import has_its, of_project
from guidelint.service.store.base.database import upsert
from guidelint.service.store.base.tables import contributions, subject_groups
from guidelint.validation.judging.finding import Finding
from guidelint.validation.judging.written_contribution import TOLD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

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
    is_compared: bool = True
    """Whether it has enough to be compared, or something that cannot be told."""


def mark(connection: sa.Connection, key: TaskKey, places: Iterable[Place]) -> None:
    """Note that groups changed with a task. The caller commits."""
    _mark(connection, key.server, key.project, sorted(places), key.task)


def mark_again(connection: sa.Connection, server: str, project: int, subject: str, task: int = NOBODY) -> None:
    """Let every group of a subject be judged anew: it is judged by other rules, or of other tasks. The caller commits.

    ``task``: which one touched it.
    """
    kept, judged = (
        sa.select(table.c.check_key, table.c.group_name)
        .where(of_project(table, server, project), table.c.subject == subject)
        .distinct()
        for table in (contributions, subject_groups)
    )
    found = {(subject, *row) for statement in (kept, judged) for row in connection.execute(statement)}
    _mark(connection, server, project, sorted(found), task)


def dirty_groups(
    connection: sa.Connection, server: str, project: int, checks: Mapping[str, int], touched_by: int | None = None
) -> list[Dirty]:
    """Find groups that changed since they were judged, those that a task touched or all.

    ``checks``: key of each check → annotations or tasks that a group must have for anything to be found in it.
    """
    columns = (subject_groups.c[name] for name in ("subject", "check_key", "group_name", "mark"))
    found = sa.select(*columns, _is_compared(checks)).where(of_project(subject_groups, server, project))
    found = found.where(subject_groups.c.mark != CLEAN, subject_groups.c.check_key.in_(sorted(checks)))
    if touched_by is not None:
        found = found.where(subject_groups.c.touched_by == touched_by)
    rows = connection.execute(found.order_by(subject_groups.c.subject))
    return [Dirty((row.subject, row.check_key, row.group_name), row.mark, bool(row[-1])) for row in rows]


def subjects_that_wait(connection: sa.Connection, server: str, project: int, checks: Collection[str]) -> set[str]:
    """Subjects with groups under some checks that changed since they were judged."""
    found = sa.select(subject_groups.c.subject).where(
        of_project(subject_groups, server, project), subject_groups.c.mark != CLEAN
    )
    found = found.where(subject_groups.c.check_key.in_(sorted(checks)))
    return set(connection.execute(found.distinct()).scalars())


def settle(
    connection: sa.Connection, server: str, project: int, judged: Iterable[tuple[Dirty, Sequence[Finding]]]
) -> None:
    """Keep what was found in groups, but for those that have changed since they were read. The caller commits."""
    without: list[dict[str, object]] = []
    having: list[dict[str, object]] = []
    for group, findings in judged:
        this = {**_key(server, project, group.place, "its_"), "its_mark": group.mark}
        if findings:
            having.append({**this, "mark": CLEAN, "findings": msgspec.msgpack.encode(list(findings))})
        else:
            without.append(this)
    for statement, rows in ((NOTHING_FOUND, without), (FOUND, having)):
        if rows:
            connection.execute(statement, rows)


def findings_of(
    connection: sa.Connection, server: str, project: int, subject: str, checks: Collection[str]
) -> list[tuple[str, Finding]]:
    """Find what was found in all groups of a subject under some checks, each with the key of its check."""
    values = {"its_server": server, "its_project": project, "its_subject": subject}
    rows = sorted((check, name, bytes(content)) for check, name, content in connection.execute(FINDINGS, values))
    return [(check, one) for check, _, content in rows if check in checks for one in FINDINGS_READ.decode(content)]


def _mark(connection: sa.Connection, server: str, project: int, places: Sequence[Place], task: int) -> None:
    changed = {"mark": uuid.uuid4().hex, "touched_by": task, "findings": b""}
    rows = [{**_key(server, project, place), **changed} for place in places]
    if rows:
        connection.execute(upsert(connection.dialect.name, subject_groups, ("mark", "touched_by")), rows)


def _is_compared(checks: Mapping[str, int]) -> sa.ColumnElement[bool]:
    """Ask whether a group is large enough; a vast one is not counted to its end."""
    least = {key: sa.literal(count) for key, count in checks.items() if count > 1}
    if not least:
        return sa.true()
    its = contributions.alias()
    same = [its.c[column.name] == column for column in subject_groups.primary_key]
    source = its.c.task + 0, its.c.annotation + 0  # as sums, lest SQLite goes over the whole project in their order
    sources = sa.select(*source).where(*same).correlate(subject_groups).distinct()
    enough = sources.limit(max(checks.values())).subquery()
    size = sa.select(sa.func.count()).select_from(enough).scalar_subquery()
    untold = sa.select(sa.literal(1)).where(*same, its.c.kind != TOLD).correlate(subject_groups).exists()
    check = subject_groups.c.check_key
    return sa.or_(check.not_in(sorted(least)), size >= sa.case(least, value=check, else_=1), untold)


def _key(server: str, project: int, place: Place, prefix: str = "") -> dict[str, object]:
    values = (server, project, *place)
    return {f"{prefix}{name}": value for name, value in zip(KEY, values, strict=True)}


KEY = tuple(column.name for column in subject_groups.primary_key)
NOTHING_FOUND = sa.delete(subject_groups).where(has_its(subject_groups, *KEY, "mark"))
FOUND = (
    sa.update(subject_groups)
    .where(has_its(subject_groups, *KEY, "mark"))
    .values({"mark": sa.bindparam("mark"), "findings": sa.bindparam("findings")})
)
FINDINGS = sa.select(subject_groups.c.check_key, subject_groups.c.group_name, subject_groups.c.findings).where(
    has_its(subject_groups, "server", "project", "subject"), subject_groups.c.findings != b""
)
"""Statements are made once: making one takes longer than what it does."""
FINDINGS_READ = msgspec.msgpack.Decoder(list[Finding])
