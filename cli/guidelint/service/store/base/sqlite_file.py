"""A store in one SQLite file: made for its owner alone, opened only where it is, watched for being replaced."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError

from guidelint.service.log import note
from guidelint.service.settings import DEFAULT_STORE
from guidelint.service.store.base.faults import GONE, IS_FOLDER, NOT_OPENED, StoreFault, fault_of, no_folder

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

LOG_PAGES = 20_000
"""So long the write-ahead log may get before a durable writer tidies it up; the judging process does it earlier."""
LOCK_STEP_S = 0.001
LOG_PATIENCE_S = 10.0
OWNER_ONLY = 0o600
"""Verdicts and what annotators drew are nobody's business but the service's."""
Identity = tuple[int, int]


def make_file(path: Path) -> bool:
    """Make an empty file for a store that only its owner may read; whether there was none.

    SQLite gives its companions the rights of the file. The folder is made only for the usual place: elsewhere it may
    belong to a disk that is not mounted. Raises StoreFault.
    """
    if str(path) == DEFAULT_STORE:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.parent.is_dir():
        raise StoreFault(str(path), no_folder(str(path.parent)))
    if path.is_dir():
        raise StoreFault(str(path), IS_FOLDER)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
    except FileExistsError:
        return False
    except OSError as error:  # a disk that is mounted read-only, a folder of somebody else
        raise StoreFault(str(path), NOT_OPENED) from error
    return True


def files_of(path: Path) -> tuple[Path, ...]:
    """Name the file and those that SQLite keeps beside it, as far as they are there."""
    return tuple(file for end in ("", "-wal", "-shm") if (file := Path(f"{path}{end}")).exists())


def close_to_others(path: Path) -> None:
    """Take the rights on a store from everybody but its owner; files that are somebody else's stay as they are."""
    for file in files_of(path):
        with contextlib.suppress(PermissionError, FileNotFoundError):
            if file.stat().st_mode & 0o077:
                file.chmod(OWNER_ONLY)


def use_log(path: Path) -> None:
    """Let a store of ours write into a log beside it, so that who reads waits for nobody. Raises StoreFault."""
    try:
        with contextlib.closing(sqlite3.connect(address_of(path), uri=True, timeout=LOG_PATIENCE_S)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise StoreFault(str(path), fault_of(error) or NOT_OPENED) from error


def address_of(path: Path) -> str:
    """Address that opens a file and never makes one."""
    return f"file:{quote(str(path))}?mode=rw"


@dataclass
class SqliteFile:
    """How connections to one file are made and used."""

    path: Path
    durable: bool
    patience_s: float
    """Longest time in which the write lock is waited for."""
    _identity: Identity | None = field(default=None)

    def engine(self) -> sa.Engine:
        """Make an engine on it."""
        engine = sa.create_engine(f"sqlite:///{self.path}", creator=self._connect)
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "checkout", self._look_whether_it_is_there)
        event.listen(engine, "begin", self._begin)
        return engine

    def _connect(self) -> sqlite3.Connection:
        """Connect; a file that is not there is never made by the way. Raises StoreFault."""
        if not self.path.parent.is_dir():
            raise StoreFault(str(self.path), no_folder(str(self.path.parent)))
        if self._now() is None:
            raise StoreFault(str(self.path), GONE)
        return sqlite3.connect(address_of(self.path), uri=True, timeout=self.patience_s, check_same_thread=False)

    def _prepare(self, connection: Any, record: ConnectionPoolEntry) -> None:
        """Set up a connection; transactions are begun by ``_begin``, not by the driver.

        A durable writer waits for the disk at every commit, and leaves the tidying up of the log to others as far as
        possible.
        """
        record.info["identity"] = self._now()
        connection.isolation_level = None
        connection.execute(f"PRAGMA synchronous={'FULL' if self.durable else 'NORMAL'}")
        if self.durable:
            connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")

    def _look_whether_it_is_there(self, _connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        """Give up a connection whose file was deleted or replaced: what it writes would be lost without a word."""
        now = self._now()
        if now == record.info["identity"]:
            return
        if now is not None and now != self._identity:
            note("the store is another file than before", logging.WARNING, place=str(self.path))
        self._identity = now
        raise DisconnectionError

    def _begin(self, connection: sa.Connection) -> None:
        """Take the write lock at once: upgrading a read lock later fails when somebody else wrote meanwhile.

        SQLite itself would wait in ever longer steps of up to 0.1 s, while others take the lock again and again.
        """
        if connection.get_execution_options().get("only_reads"):
            connection.exec_driver_sql("BEGIN")
            return
        driver: Any = connection.connection.dbapi_connection
        give_up_at = time.monotonic() + self.patience_s
        driver.execute("PRAGMA busy_timeout=0")
        try:
            while _is_busy(driver) and time.monotonic() < give_up_at:
                time.sleep(LOCK_STEP_S)
            if not driver.in_transaction:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            with contextlib.suppress(sqlite3.ProgrammingError):  # given up, and so closed
                driver.execute(f"PRAGMA busy_timeout={round(self.patience_s * 1000)}")

    def _now(self) -> Identity | None:
        """Which file lies there; None: none does."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _is_busy(driver: Any) -> bool:
    """Try to take the write lock; whether somebody else has it."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # the low byte is the primary result code
    return False
