"""The store: where it lies, how it is opened, and which schema it has. SQLite by default; PostgreSQL by its URL."""

from __future__ import annotations

import sqlite3
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError, ProgrammingError

from guidelint.service.settings import SettingsError

LOG_PAGES = 20_000
"""So long the write-ahead log may get before a durable writer tidies it up; the judging process does it earlier."""
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 10_000
LOCK_STEP_S = 0.001


def store_url(place: str) -> str:
    """URL of a store given as a URL or as the path of an SQLite file.

    Raises SettingsError when the driver of PostgreSQL is not installed.
    """
    if place.startswith("postgresql") and find_spec("psycopg") is None:
        raise SettingsError(
            "a store in PostgreSQL needs the extra `postgresql`, which is not installed here."
            " Install it with: pip install 'guidelint[postgresql]'"
        )
    if "://" in place:
        return place.replace("postgresql://", "postgresql+psycopg://", 1)
    return f"sqlite:///{Path(place).expanduser().resolve()}"


def place_of(engine: sa.Engine) -> str:
    """Where a store lies, as it is named on the command line, without its password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or ""
    return engine.url.render_as_string(hide_password=True).replace("+psycopg", "", 1)


def open_store(url: str, *, durable: bool = True) -> sa.Engine:
    """Open a store.

    ``durable``: a commit of SQLite waits until the disk has it (always so for PostgreSQL). Without, a power cut may
    undo the last commits, never part of one; what is lost then is judged again by the sweep.
    """
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True)
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_durable if durable else _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set up a connection to SQLite; transactions are begun by ``_begin``, not by the driver."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _prepare_durable(connection: Any, record: object) -> None:
    """Wait for the disk at every commit, and leave the tidying up of the log to others as far as possible."""
    _prepare(connection, record)
    connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
    connection.execute("PRAGMA synchronous=FULL")


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once: upgrading a read lock later fails when somebody else wrote meanwhile.

    SQLite itself would wait in ever longer steps of up to 0.1 s, while others take the lock again and again.
    """
    if connection.get_execution_options().get("only_reads"):
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.dbapi_connection
    give_up_at = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while _is_busy(driver):
            if time.monotonic() > give_up_at:
                break
            time.sleep(LOCK_STEP_S)
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _is_busy(driver: Any) -> bool:
    """Try to take the write lock; whether somebody else has it."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # the low byte is the primary result code
    return False


def reading(engine: sa.Engine) -> sa.Connection:
    """Connect in a way that only reads and so waits for nobody."""
    return engine.connect().execution_options(only_reads=True)


def migrate(url: str) -> None:
    """Bring the schema of a store to the newest version. The migrations lie in the package."""
    if _version_of(url) == _newest_version():
        return
    from alembic import command  # noqa: PLC0415 - half a second that only a starting service spends
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")


def _newest_version() -> str:
    """Revision of the newest migration; their file names begin with it and sort by it."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _version_of(url: str) -> str | None:
    """Revision of a store's schema; None: it has none yet."""
    engine = open_store(url)
    try:
        with reading(engine) as connection:
            return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    except (OperationalError, ProgrammingError):
        return None
    finally:
        engine.dispose()


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


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Both dialects spell the conflict clause alike."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
