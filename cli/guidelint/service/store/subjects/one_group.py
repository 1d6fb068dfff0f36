"""One group of contributions, read as rules judge it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from guidelint.service.store.base.tables import contributions
from guidelint.service.store.subjects.contributions import OF_TASK, subject_of
from guidelint.service.store.subjects.unhindered import unhindered
from guidelint.validation.judging.contributions import Group, Row, RuleFault, group_of
from guidelint.validation.judging.written_contribution import TOLD, ContributionReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.service.store.subjects.groups import Place
    from guidelint.validation.judging.written_contribution import WrittenRow
    from guidelint.validation.rule.gathering import GatheringRule
    from guidelint.validation.rule.subject import Subject

UNREADABLE = "what another guidelint kept of it cannot be read by this one; `guidelint sweep --full` gathers it anew"
OF_GROUP = ("server", "project", "subject", "check_key", "group_name")
IN_GROUP = [contributions.c[name] == sa.bindparam(name) for name in OF_GROUP]
_WHAT = (contributions.c.kind, contributions.c.content)
ALIKE = sa.select(*_WHAT, sa.func.count()).where(*IN_GROUP).group_by(*_WHAT).order_by(*_WHAT)
"""Made once: making a statement takes longer than what it does."""


def group_at(connection: sa.Connection, server: str, project: int, place: Place, rule: GatheringRule[Any]) -> Group:
    """Read one group as a rule judges it: its contributions by task and annotation, or how many are alike."""
    subject, check, name = place
    values: dict[str, object] = dict(zip(OF_GROUP, (server, project, *place), strict=True))
    here, reader = (subject_of(subject), check, name), _reader(check, rule.contribution)
    with unhindered():
        if rule.counts_alike and (counted := _counted(connection, values, here, reader)) is not None:
            return counted
        rows = [*map(tuple, connection.execute(_written_rows(connection.dialect.name), values).all())]
        try:
            return reader.group(here, rows)
        except msgspec.MsgspecError:
            return group_of(here, _one_by_one(here, rows, reader))


def _counted(
    connection: sa.Connection, values: Mapping[str, object], place: tuple[Subject, str, str], reader: ContributionReader
) -> Group | None:
    """Read how many contributions are alike; None: some cannot be told, and whose they are must be said."""
    rows = connection.execute(ALIKE, values).all()
    if any(row[0] != TOLD for row in rows):
        return None
    try:
        return Group(*place, tuple(reader.counted(place[1], ((bytes(row[1]), row[2]) for row in rows))))
    except msgspec.MsgspecError:
        return None


def _one_by_one(
    place: tuple[Subject, str, str], rows: Sequence[WrittenRow], reader: ContributionReader
) -> Iterator[Row]:
    subject, check, name = place
    for task, annotation, annotator, kind, content in rows:
        try:
            read = reader.read(check, name, kind, content)
        except msgspec.MsgspecError:
            read = RuleFault(UNREADABLE, name)
        yield Row(subject, check, task, annotation, annotator, read)


@cache
def _reader(check: str, contribution: type) -> ContributionReader:
    return ContributionReader({check: contribution})


@cache
def _written_rows(dialect: str) -> sa.Select[*tuple[Any, ...]]:
    """Sort as text, as the names of tasks in a delivery do, whatever a database makes of text."""
    task, number = sa.cast(contributions.c.task, sa.Text), contributions.c.annotation
    annotation = sa.case((number == OF_TASK, ""), else_=sa.cast(number, sa.Text))
    in_order = [part.collate("C") if dialect == "postgresql" else part for part in (task, annotation)]
    return (
        sa.select(task, annotation, contributions.c.annotator, contributions.c.kind, contributions.c.content)
        .where(*IN_GROUP)
        .order_by(*in_order, contributions.c.number)
    )
