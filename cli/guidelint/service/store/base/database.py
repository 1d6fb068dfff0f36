"""The store: how it is opened, by either kind of database. SQLite by default; PostgreSQL by its URL."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError

from guidelint.service.settings import DEFAULT_STORE, SettingsError
from guidelint.service.store.base.earlier import look_for_earlier
from guidelint.service.store.base.faults import FULL, LOCKED, StoreFault, fault_of
from guidelint.service.store.base.sqlite_file import SqliteFile

PATIENCE_S = 10.0
"""Longest time in which the write lock of SQLite is waited for, unless somebody waits for an answer."""
CONNECT_S = 5
"""Longest time in which PostgreSQL has to take a connection."""
LONGEST_NAME = 255
"""Characters of the name of a file or folder, on every usual disk."""
_OF_FILES = "sqlite:///"
_NO_FILE = ("sqlite:", "postgres:", "postgresql:", "file:", ":memory:")
"""What looks like the URL of a store, and would make a file of that name."""
_WRITTEN = "It is written postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for @ and %2F for / in the password"


def store_url(place: str) -> str:
    """URL of a store given as a URL or as the path of an SQLite file.

    Raises SettingsError when it names none, the driver of PostgreSQL is not installed, or a store of an earlier version
    lies here. What is said never quotes a URL, which may hold a password.
    """
    if place == DEFAULT_STORE:
        look_for_earlier(Path(place))
    kind, is_url, _ = place.partition("://")
    if is_url and kind.lower().partition("+")[0] in {"postgresql", "postgres"}:
        return _postgresql_url(place)
    path = place.removeprefix(_OF_FILES)
    if not path or path.startswith(_NO_FILE) or "://" in path or "?" in path:
        raise SettingsError(
            "a store is named by the path of an SQLite file, without options, or by a URL"
            " postgresql://USER:PASSWORD@HOST/DATABASE"
        )
    return f"{_OF_FILES}{_whole_path(path)}"


def _postgresql_url(place: str) -> str:
    if find_spec("psycopg") is None:
        raise SettingsError(
            "a store in PostgreSQL needs the extra `postgresql`, which is not installed here."
            " Install it with: pip install 'guidelint[postgresql]'"
        )
    try:
        url = sa.make_url(place).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise SettingsError(f"the URL of the store cannot be read. {_WRITTEN}") from error
    if "@" in (url.host or "") or any("password" in name for name in url.query):
        raise SettingsError(f"the password does not stand where the URL of a store has it. {_WRITTEN}")
    return url.render_as_string(hide_password=False)


def _whole_path(path: str) -> Path:
    if any(len(name) > LONGEST_NAME for name in path.split("/")):
        raise SettingsError(f"the store cannot have that path: a name in it is longer than {LONGEST_NAME} characters")
    try:
        return Path(path).expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise SettingsError("the store cannot have that path: it is none, or names a user who is not there") from error


def file_of(url: str) -> Path | None:
    """File of a store in SQLite; None: it is in PostgreSQL."""
    return Path(url.removeprefix(_OF_FILES)) if url.startswith("sqlite") else None


def store_url_there(place: str) -> str:
    """URL of a store that is there: making one would hide that the place is wrong. Raises SettingsError."""
    url = store_url(place)
    if (file := file_of(url)) is not None and not file.is_file():
        raise SettingsError(f"there is no store at {place}: name the one that `guidelint serve` uses with --store")
    return url


def place_of(engine: sa.Engine) -> str:
    """Where a store lies, as it is named on the command line, without its password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or ""
    return engine.url.render_as_string(hide_password=True).replace("+psycopg", "", 1)


def open_store(url: str, *, durable: bool = True, patience_s: float = PATIENCE_S) -> sa.Engine:
    """Open a store that is there; what is wrong with it is raised as StoreFault, whenever it is used.

    ``durable``: a commit of SQLite waits until the disk has it (always so for PostgreSQL). Without, a power cut may
    undo the last commits, never part of one; what is lost then is judged again by the sweep.
    """
    file = file_of(url)
    if file is None:
        engine = sa.create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S})
    else:
        engine = SqliteFile(file, durable, patience_s).engine()
    event.listen(engine, "handle_error", _tell)
    return engine


def _tell(context: sa.ExceptionContext) -> None:
    """Put what the driver says into the words of whoever keeps the store. Raises StoreFault."""
    fault = fault_of(context.original_exception)
    if fault is not None and context.engine is not None:
        context.is_disconnect |= fault not in {LOCKED, FULL}  # what was opened while it was wrong stays so
        raise StoreFault(place_of(context.engine), fault) from context.original_exception


def read_only(engine: sa.Engine) -> sa.Connection:
    """Connect in a way that only reads and so waits for nobody."""
    return engine.connect().execution_options(only_reads=True)


def insert_or_update(
    connection: sa.Connection, table: sa.Table, values: dict[str, Any], where: sa.ColumnElement[bool] | None = None
) -> bool:
    """Insert a row or, when its key is there, update the other columns; whether a row was written."""
    key = [column.name for column in table.primary_key]
    others = {name: value for name, value in values.items() if name not in key}
    insert = _insert(connection, table).values(values)
    statement = insert.on_conflict_do_update(index_elements=key, set_=others, where=where)
    return connection.execute(statement.returning(table.c[key[0]])).first() is not None


def insert_if_absent(connection: sa.Connection, table: sa.Table, values: dict[str, Any]) -> bool:
    """Insert a row unless its key is there; whether it was inserted."""
    key = [column.name for column in table.primary_key]
    insert = _insert(connection, table).values(values).on_conflict_do_nothing(index_elements=key)
    return connection.execute(insert.returning(table.c[key[0]])).first() is not None


@cache
def upsert(dialect: str, table: sa.Table, others: tuple[str, ...]) -> sa.Insert:
    """Make the statement, once, that inserts rows, or updates these columns where their keys are there."""
    made = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    key = [column.name for column in table.primary_key]
    return made.on_conflict_do_update(index_elements=key, set_={name: made.excluded[name] for name in others})


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Both dialects spell the conflict clause alike."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
