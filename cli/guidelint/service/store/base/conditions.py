"""What many statements ask of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, FromClause


def of_project(table: FromClause, server: str, project: int) -> ColumnElement[bool]:
    """Whether rows of a table are of a project."""
    return sa.and_(table.c.server == server, table.c.project == project)


def has_its(table: FromClause, *names: str) -> ColumnElement[bool]:
    """Whether rows have the values that are given as ``its_…``, for statements that are made once."""
    return sa.and_(*(table.c[name] == sa.bindparam(f"its_{name}") for name in names))


def there_is(table: FromClause, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a table has such a row; all other tables are those of the statement around it."""
    return sa.select(sa.literal_column("1")).select_from(table).where(which).correlate_except(table).exists()
