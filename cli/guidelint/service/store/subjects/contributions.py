"""What annotations contribute to the subjects above them: kept by its source, found by what it is compared with.

An annotation's new contributions take the place of its old ones; what did not change touches no group.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from guidelint.service.store.base.database import insert_or_update, read_only
from guidelint.service.store.base.tables import contributions, gathered
from guidelint.service.store.subjects.groups import mark
from guidelint.validation.judging.contributions import Group, Row, RuleFault, group_of
from guidelint.validation.judging.written_contribution import ContributionReader, written
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.subjects.groups import Place

OF_TASK = 0
"""Stands for the annotation where the task itself contributes."""

UNREADABLE = "what another guidelint kept of it cannot be read by this one; `guidelint sweep --full` gathers it anew"

Source = tuple[int, str]
"""Annotation and time of its creation; of the task itself where the annotation is ``OF_TASK``."""


@dataclass(frozen=True, slots=True)
class GatheredFrom:
    """From what, and under which checks, contributions were gathered."""

    inputs: str
    """Digest of all that they follow from, but for the checks."""
    checks: frozenset[str]
    """Keys of the checks."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """What was gathered just now from one source."""

    source: Source
    start: GatheredFrom
    """What holds from now on."""
    checks: frozenset[str]
    """Keys of the checks of which these are all contributions; those of checks that no longer hold go."""
    rows: tuple[Row, ...]


def subject_text(subject: Subject) -> str:
    """Write a subject so that it can be read back and compared."""
    return msgspec.json.encode(astuple(subject)).decode()


def subject_of(text: str) -> Subject:
    """Read a subject."""
    return Subject(*msgspec.json.decode(text, type=tuple[str, str, str, str, str, str]))


def gathered_of_tasks(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int]
) -> dict[int, dict[Source, GatheredFrom]]:
    """Task → its sources, each with what its contributions were gathered from."""
    found = sa.select(gathered).where(
        gathered.c.server == server, gathered.c.project == project, gathered.c.task.in_(wanted)
    )
    by_task: dict[int, dict[Source, GatheredFrom]] = {}
    for row in connection.execute(found):
        start = GatheredFrom(row.inputs, frozenset(row.check_keys.split()))
        by_task.setdefault(row.task, {})[row.annotation, row.created_at] = start
    return by_task


def tasks_gathered(engine: sa.Engine, server: str, project: int, checks: Collection[str], inputs: str) -> set[Source]:
    """Tasks, with the times of their creation, of which is kept what they themselves contribute under some checks.

    ``inputs``: what the digest of that from which it was gathered begins with.
    """
    found = sa.select(gathered.c.task, gathered.c.created_at, gathered.c.inputs, gathered.c.check_keys).where(
        gathered.c.server == server, gathered.c.project == project, gathered.c.annotation == OF_TASK
    )
    with read_only(engine) as connection:
        rows = connection.execute(found).all()
    kept = (row for row in rows if row.inputs.startswith(inputs) and set(checks) <= set(row.check_keys.split()))
    return {(row.task, row.created_at) for row in kept}


def put(connection: sa.Connection, key: TaskKey, gathering: Gathering) -> None:
    """Keep what a source contributes in place of what it did, and mark the groups that changed. The caller commits."""
    own = _own(key, gathering.source)
    before = [row for row in connection.execute(sa.select(contributions).where(own)) if _goes(row, gathering)]
    kept_to = connection.execute(sa.select(sa.func.max(contributions.c.number)).where(own)).scalar()
    wanted = [_row(key, gathering.source, row) for row in gathering.rows]
    old, new = set(map(_content, before)), {_said(row) for row in wanted}
    if old != new or len(before) != len(wanted):
        _take_out(connection, own, [row.number for row in before])
        begin = 0 if kept_to is None else kept_to + 1
        numbered = [{**row, "number": begin + number} for number, row in enumerate(wanted)]
        if numbered:
            connection.execute(sa.insert(contributions), numbered)
        changed = old ^ new or old | new
        mark(connection, key, {(said[0], said[1], said[2]) for said in changed})
    _note(connection, key, gathering)


def drop(connection: sa.Connection, key: TaskKey, sources: Iterable[Source]) -> None:
    """Let what no longer stands contribute nothing. The caller commits."""
    for source in sources:
        put(connection, key, Gathering(source, GatheredFrom("", frozenset()), frozenset(), ()))
        connection.execute(sa.delete(gathered).where(_own(key, source, gathered)))


def group_at(connection: sa.Connection, server: str, project: int, place: Place, contribution: type) -> Group:
    """Read one group as rules judge it: its contributions by task and annotation."""
    subject, check, name = place
    columns = ("task", "annotation", "number", "annotator", "kind", "content")
    found = sa.select(*(contributions.c[column] for column in columns)).where(
        contributions.c.server == server,
        contributions.c.project == project,
        contributions.c.subject == subject,
        contributions.c.check_key == check,
        contributions.c.group_name == name,
    )
    rows: list[Sequence[Any]] = sorted(connection.execute(found).all(), key=_order)
    about, reader = subject_of(subject), ContributionReader({check: contribution})
    return group_of((about, check, name), (_read(about, check, name, row, reader) for row in rows))


def _read(about: Subject, check: str, group: str, row: Sequence[Any], reader: ContributionReader) -> Row:
    task, annotation, _, annotator, kind, content = row
    try:
        read = reader.read(check, group, kind, content)
    except msgspec.MsgspecError:
        read = RuleFault(UNREADABLE, group)
    return Row(about, check, str(task), _annotation(annotation), annotator, read)


def tasks_of(connection: sa.Connection, server: str, project: int, subject: str) -> set[int]:
    """Tasks that contribute to a subject."""
    found = sa.select(contributions.c.task).where(
        contributions.c.server == server, contributions.c.project == project, contributions.c.subject == subject
    )
    return set(connection.execute(found.distinct()).scalars())


def contributes(connection: sa.Connection, server: str, project: int, subject: str, checks: Iterable[str]) -> bool:
    """Whether anything contributes to a subject under some checks."""
    found = sa.select(sa.literal(1)).where(
        contributions.c.server == server,
        contributions.c.project == project,
        contributions.c.subject == subject,
        contributions.c.check_key.in_(list(checks)),
    )
    return connection.execute(found.limit(1)).first() is not None


def _order(row: Sequence[Any]) -> tuple[str, str, int]:
    """Sort as text, as the names of tasks in a delivery do, whatever a database makes of text."""
    return str(row[0]), _annotation(row[1]), row[2]


def _annotation(number: int) -> str:
    return "" if number == OF_TASK else str(number)


def _goes(row: sa.Row[Any], gathering: Gathering) -> bool:
    """Whether a kept row is of a check that was gathered anew, or that no longer holds."""
    return row.check_key in gathering.checks or row.check_key not in gathering.start.checks


def _take_out(connection: sa.Connection, own: sa.ColumnElement[bool], numbers: Sequence[int]) -> None:
    at_once = 500
    for begin in range(0, len(numbers), at_once):
        these = contributions.c.number.in_(numbers[begin : begin + at_once])
        connection.execute(sa.delete(contributions).where(own, these))


def _note(connection: sa.Connection, key: TaskKey, gathering: Gathering) -> None:
    annotation, created_at = gathering.source
    row = {
        "server": key.server,
        "project": key.project,
        "task": key.task,
        "annotation": annotation,
        "created_at": created_at,
        "inputs": gathering.start.inputs,
        "check_keys": " ".join(sorted(gathering.start.checks)),
    }
    insert_or_update(connection, gathered, row)


def _row(key: TaskKey, source: Source, row: Row) -> dict[str, object]:
    kind, content = written(row.content)
    return {
        "server": key.server,
        "project": key.project,
        "task": key.task,
        "annotation": source[0],
        "created_at": source[1],
        "subject": subject_text(row.subject),
        "check_key": row.check,
        "group_name": row.content.group,
        "annotator": row.annotator,
        "kind": kind,
        "content": content,
    }


def _content(row: sa.Row[Any]) -> tuple[Any, ...]:
    return row.subject, row.check_key, row.group_name, row.annotator, row.kind, bytes(row.content)


def _said(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("subject", "check_key", "group_name", "annotator", "kind", "content"))


def _own(key: TaskKey, source: Source, table: sa.Table = contributions) -> sa.ColumnElement[bool]:
    return sa.and_(
        table.c.server == key.server,
        table.c.project == key.project,
        table.c.task == key.task,
        table.c.annotation == source[0],
        table.c.created_at == source[1],
    )
