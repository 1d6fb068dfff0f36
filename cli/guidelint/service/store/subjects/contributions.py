"""What annotations contribute to the subjects above them: kept by its source, found by what it is compared with.

An annotation's new contributions take the place of its old ones; what did not change touches no group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from guidelint.service.store.base.conditions import has_its, of_project
from guidelint.service.store.base.database import read_only, upsert
from guidelint.service.store.base.tables import contributions, gathered
from guidelint.service.store.subjects.groups import mark
from guidelint.validation.judging.written_contribution import written
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.validation.judging.contributions import Row

OF_TASK = 0
"""Stands for the annotation where the task itself contributes."""

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
    it = subject
    return msgspec.json.encode((it.kind, it.task, it.annotation, it.series, it.annotator, it.name)).decode()


def subject_of(text: str) -> Subject:
    """Read a subject."""
    return Subject(*msgspec.json.decode(text, type=tuple[str, str, str, str, str, str]))


def gathered_of_tasks(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int]
) -> dict[int, dict[Source, GatheredFrom]]:
    """Task → its sources, each with what its contributions were gathered from."""
    found = sa.select(gathered).where(of_project(gathered, server, project), gathered.c.task.in_(wanted))
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
        of_project(gathered, server, project), gathered.c.annotation == OF_TASK
    )
    with read_only(engine) as connection:
        rows = connection.execute(found).all()
    kept = (row for row in rows if row.inputs.startswith(inputs) and set(checks) <= set(row.check_keys.split()))
    return {(row.task, row.created_at) for row in kept}


def put(connection: sa.Connection, key: TaskKey, gathering: Gathering) -> None:
    """Keep what a source contributes in place of what it did, and mark the groups that changed. The caller commits."""
    own = _source_key(key, gathering.source)
    kept = connection.execute(OWN, own).all()
    before = [row for row in kept if _goes(row, gathering)]
    wanted = [row_of(key, gathering.source, row) for row in gathering.rows]
    old, new = set(map(_content, before)), {_said(row) for row in wanted}
    if old != new or len(before) != len(wanted):
        if before:
            connection.execute(TAKE_OUT, [{**own, "its_number": row.number} for row in before])
        begin = max((row.number + 1 for row in kept), default=0)
        numbered = [{**row, "number": begin + number} for number, row in enumerate(wanted)]
        if numbered:
            connection.execute(ADD, numbered)
        changed = old ^ new or old | new
        mark(connection, key, {(said[0], said[1], said[2]) for said in changed})
    _note(connection, key, gathering)


def drop(connection: sa.Connection, key: TaskKey, sources: Iterable[Source]) -> None:
    """Let what no longer stands contribute nothing. The caller commits."""
    for source in sources:
        put(connection, key, Gathering(source, GatheredFrom("", frozenset()), frozenset(), ()))
        connection.execute(FORGET, _source_key(key, source))


def tasks_of(connection: sa.Connection, server: str, project: int, subject: str) -> set[int]:
    """Tasks that contribute to a subject."""
    found = sa.select(contributions.c.task).where(
        of_project(contributions, server, project), contributions.c.subject == subject
    )
    return set(connection.execute(found.distinct()).scalars())


def contributes(connection: sa.Connection, server: str, project: int, subject: str, checks: Iterable[str]) -> bool:
    """Whether anything contributes to a subject under some checks."""
    values = {"its_server": server, "its_project": project, "its_subject": subject, "its_checks": list(checks)}
    return connection.execute(ANY, values).first() is not None


def _goes(row: sa.Row[Any], gathering: Gathering) -> bool:
    """Whether a kept row is of a check that was gathered anew, or that no longer holds."""
    return row.check_key in gathering.checks or row.check_key not in gathering.start.checks


def _note(connection: sa.Connection, key: TaskKey, gathering: Gathering) -> None:
    start = {"inputs": gathering.start.inputs, "check_keys": " ".join(sorted(gathering.start.checks))}
    row = {name.removeprefix("its_"): value for name, value in _source_key(key, gathering.source).items()}
    connection.execute(upsert(connection.dialect.name, gathered, tuple(start)), {**row, **start})


def row_of(key: TaskKey, source: Source, row: Row) -> dict[str, object]:
    """Write one contribution, but for its number among those of its source."""
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


def _source_key(key: TaskKey, source: Source) -> dict[str, object]:
    annotation, created_at = source
    of_task = {"its_server": key.server, "its_project": key.project, "its_task": key.task}
    return {**of_task, "its_annotation": annotation, "its_created_at": created_at}


SOURCE_KEY = ("server", "project", "task", "annotation", "created_at")
OWN = sa.select(contributions).where(has_its(contributions, *SOURCE_KEY))
TAKE_OUT = sa.delete(contributions).where(
    has_its(contributions, *SOURCE_KEY), contributions.c.number == sa.bindparam("its_number")
)
FORGET = sa.delete(gathered).where(has_its(gathered, *SOURCE_KEY))
ADD = sa.insert(contributions)
ANY = (
    sa.select(sa.literal(1))
    .where(has_its(contributions, "server", "project", "subject"))
    .where(contributions.c.check_key.in_(sa.bindparam("its_checks", expanding=True)))
    .limit(1)
)
"""Statements are made once: making one takes longer than what it does."""
