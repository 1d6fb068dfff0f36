"""Which schema a store has, and whether it is one of ours at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.store.base.database import open_store, place_of, read_only
from guidelint.service.store.base.faults import FOREIGN, StoreFault, newer

if TYPE_CHECKING:
    from collections.abc import Collection

MIGRATIONS = Path(__file__).parents[1] / "migrations"
_VERSIONS, _OURS = "alembic_version", "inbox"


def newest_revision() -> str:
    """Revision of the newest migration; their file names begin with it and sort by it."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision_of(url: str) -> str | None:
    """Revision of a store's schema; None: it is empty.

    Raises StoreFault when it cannot be opened, belongs to another program or was made by a newer guidelint.
    """
    engine = open_store(url)
    try:
        with read_only(engine) as connection:
            tables = sa.inspect(connection).get_table_names()
            if _VERSIONS not in tables:
                _refuse_others(engine, tables)
                return None
            found = connection.execute(sa.text(f"SELECT version_num FROM {_VERSIONS}")).scalar()  # noqa: S608 - ours
        return None if found is None else _known(engine, str(found), tables)
    finally:
        engine.dispose()


def _refuse_others(engine: sa.Engine, tables: Collection[str]) -> None:
    """Refuse a file with the tables of others; a database of PostgreSQL may hold some beside ours."""
    if tables and (engine.dialect.name == "sqlite" or _OURS in tables):
        raise StoreFault(place_of(engine), FOREIGN)


def _known(engine: sa.Engine, revision: str, tables: Collection[str]) -> str:
    if not re.fullmatch(r"\d{4}", revision) or _OURS not in tables:
        raise StoreFault(place_of(engine), FOREIGN)
    if revision > newest_revision():
        raise StoreFault(place_of(engine), newer(revision, newest_revision()))
    return revision
