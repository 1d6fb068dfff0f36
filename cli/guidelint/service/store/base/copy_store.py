"""Copying a store into an empty one of either kind: to move to PostgreSQL, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.base.database import open_store, place_of, read_only
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import claims, inbox, metadata, services

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS_AT_ONCE = 500
OF_THE_MOMENT = (claims, services)
"""Who works on the store now: nobody does on a copy."""


class NotEmpty(Exception):  # noqa: N818 - what is wrong
    """What should become the copy holds something already."""


def copy_store(source_url: str, target_url: str) -> int:
    """Copy everything; returns how many rows.

    The source is brought to this version's schema, may be in use, and is copied as it is at one moment. The target
    gets all or nothing. Raises NotEmpty, StoreFault.
    """
    migrate(source_url)
    migrate(target_url)
    source, target = open_store(source_url), open_store(target_url)
    try:
        with _at_one_moment(source) as read, target.begin() as write:
            _refuse_unless_empty(write, place_of(target))
            count = sum(_copy(read, write, table) for table in _copied())
            _go_on_counting(write)
        return count
    finally:
        source.dispose()
        target.dispose()


def _copied() -> Iterator[sa.Table]:
    return (table for table in metadata.sorted_tables if table not in OF_THE_MOMENT)


def _at_one_moment(engine: sa.Engine) -> sa.Connection:
    """Connect so that everything is read as it is at one moment; a transaction of SQLite always does so."""
    connection = read_only(engine)
    if engine.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def _refuse_unless_empty(connection: sa.Connection, place: str) -> None:
    for table in _copied():
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None:
            raise NotEmpty(f"the store {place} is not empty (table {table.name}): name an empty one")


def _copy(read: sa.Connection, write: sa.Connection, table: sa.Table) -> int:
    count = 0
    rows = read.execution_options(yield_per=ROWS_AT_ONCE).execute(sa.select(table))
    for part in rows.mappings().partitions(ROWS_AT_ONCE):
        write.execute(sa.insert(table), [dict(row) for row in part])
        count += len(part)
    return count


def _go_on_counting(connection: sa.Connection) -> None:
    """Let the numbers of the inbox go on where they were; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        counter = sa.func.pg_get_serial_sequence(inbox.name, inbox.c.seq.name)
        last = sa.select(sa.func.coalesce(sa.func.max(inbox.c.seq), 0) + 1).scalar_subquery()
        connection.execute(sa.select(sa.func.setval(counter, last, sa.false())))
