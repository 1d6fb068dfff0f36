"""What can be wrong with a store, in the words of whoever keeps it running."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What a fault asks for."""

    WAIT = "wait"
    """Somebody has to put it right; then it goes on by itself."""
    MAKE = "make"
    """There is no store, or an empty one: it can be made anew."""
    OTHER = "other"
    """Something else lies there: it must not be touched."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what is seen and what to do."""

    kind: Kind
    said: str
    """Reads on from the name of the store."""
    remedy: str


class StoreFault(SQLAlchemyError):  # noqa: N818 - what it is
    """The store cannot be used; the message says which, why, and what to do."""

    def __init__(self, place: str, fault: Fault) -> None:
        super().__init__(f"the store {place} {fault.said}. {fault.remedy}")
        self.fault = fault


_GOES_ON = "The service goes on by itself then; the sweep finds what could not be delivered."
_RIGHTS = "Give the user who runs guidelint the right to read and write that file, its -wal and -shm, and the folder."
_CONNECT = "Is PostgreSQL running there, and does the URL name the right host and port?"
_URL = "Put it right in the URL given as --store or GUIDELINT_STORE."

LOCKED = Fault(
    Kind.WAIT,
    "is locked: another program keeps it from being written",
    f"End what holds it, such as a database browser or a copy that is being made. {_GOES_ON}",
)
FULL = Fault(Kind.WAIT, "cannot grow: the disk is full", f"Make room on that disk. {_GOES_ON}")
READ_ONLY = Fault(Kind.WAIT, "is read-only", f"{_RIGHTS} Is its disk mounted read-only? {_GOES_ON}")
NOT_OPENED = Fault(Kind.WAIT, "cannot be opened by this user", f"{_RIGHTS} {_GOES_ON}")
DISK_FAILS = Fault(
    Kind.WAIT, "cannot be read or written: the disk fails", "Look into the system's log, and check that disk."
)
DAMAGED = Fault(
    Kind.OTHER,
    "is damaged",
    "Stop guidelint, put the file aside, and restore the last backup: the sweep finds what came after it.",
)
NO_DATABASE = Fault(
    Kind.OTHER, "is no store: the file is not a database", "Name another file with --store, or move this one away."
)
IS_FOLDER = Fault(Kind.OTHER, "cannot be opened: it is a folder", "Name a file in it with --store.")
FOREIGN = Fault(
    Kind.OTHER, "belongs to another program", "Name another file or database with --store: this one is left alone."
)
GONE = Fault(
    Kind.MAKE,
    "is not there",
    "Was it moved, or is another one meant? `guidelint push` makes a new, empty one.",
)
EMPTY = Fault(
    Kind.MAKE,
    "holds nothing of guidelint's: it is new, or was replaced",
    "Restore a backup, or push each guideline again with this store.",
)
OLDER = Fault(
    Kind.MAKE,
    "was made by an older guidelint",
    "Start `guidelint serve` of this version, which brings it to the new schema.",
)
NOT_ANSWERING = Fault(Kind.WAIT, "does not answer", f"{_CONNECT} {_GOES_ON}")
SLOW = Fault(
    Kind.WAIT, "has not answered in time", f"Is its disk or the database server overloaded or stuck? {_GOES_ON}"
)
CROWDED = Fault(
    Kind.WAIT, "takes no more connections", f"Raise max_connections in PostgreSQL, or end what holds them. {_GOES_ON}"
)
WRONG_PASSWORD = Fault(Kind.WAIT, "does not accept user or password", _URL)
NO_SUCH_DATABASE = Fault(
    Kind.WAIT, "does not exist on that server", f"Make it with createdb, or: {_URL[0].lower()}{_URL[1:]}"
)
NOT_ALLOWED = Fault(
    Kind.WAIT, "does not let this user do it", "Make the user the owner of the database (ALTER DATABASE … OWNER TO …)."
)


def no_folder(folder: str) -> Fault:
    """Say that there is no folder for a store."""
    return Fault(
        Kind.WAIT, f"cannot be used: there is no folder {folder}", "Make the folder, or mount the disk that it lies on."
    )


def newer(revision: str, newest: str) -> Fault:
    """Say that a store has a schema that is not known here."""
    return Fault(
        Kind.OTHER,
        f"was made by a newer guidelint (schema {revision}; this one knows {newest})",
        "Install that version again, or restore the backup made before the upgrade.",
    )


_OF_SQLITE: Mapping[int, Fault] = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: LOCKED,
        sqlite3.SQLITE_LOCKED: LOCKED,
        sqlite3.SQLITE_FULL: FULL,
        sqlite3.SQLITE_READONLY: READ_ONLY,
        sqlite3.SQLITE_PERM: READ_ONLY,
        sqlite3.SQLITE_CANTOPEN: NOT_OPENED,
        sqlite3.SQLITE_IOERR: DISK_FAILS,
        sqlite3.SQLITE_CORRUPT: DAMAGED,
        sqlite3.SQLITE_NOTADB: NO_DATABASE,
    }
)
_OF_POSTGRESQL: Mapping[str, Fault] = MappingProxyType(
    {
        "25006": READ_ONLY,
        "28000": WRONG_PASSWORD,
        "28P01": WRONG_PASSWORD,
        "3D000": NO_SUCH_DATABASE,
        "42501": NOT_ALLOWED,
        "42703": OLDER,
        "42P01": EMPTY,
        "53100": FULL,
        "53300": CROWDED,
        "55P03": LOCKED,
        "57P01": NOT_ANSWERING,
        "57P02": NOT_ANSWERING,
        "57P03": NOT_ANSWERING,
    }
)
_IN_WORDS: tuple[tuple[str, Fault], ...] = (
    ("password", WRONG_PASSWORD),
    ("role", WRONG_PASSWORD),
    ("pg_hba", WRONG_PASSWORD),
    ("too many", CROWDED),
    ("connection slots", CROWDED),
    ("does not exist", NO_SUCH_DATABASE),
)
"""A refused connection has no code; what the server said is all there is."""


def in_words(error: SQLAlchemyError) -> str:
    """Say what is wrong; statements and what was to be stored stay out of the log."""
    return str(error) if isinstance(error, StoreFault) else type(error).__name__


def fault_of(error: BaseException) -> Fault | None:
    """Tell which fault of the store an error of its driver means; None: it is no fault of the store."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if type(error).__module__.partition(".")[0] == "psycopg":
        return _of_postgresql(error)
    return None


def _of_sqlite(error: sqlite3.Error) -> Fault | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the low byte is the primary result code
    if code == sqlite3.SQLITE_ERROR:
        said = str(error)
        return (
            EMPTY if said.startswith("no such table") else OLDER if "no column" in said.replace("such ", "") else None
        )
    return _OF_SQLITE.get(code)


def _of_postgresql(error: BaseException) -> Fault | None:
    code: str | None = getattr(error, "sqlstate", None)
    if code is not None:
        return NOT_ANSWERING if code.startswith("08") else _OF_POSTGRESQL.get(code)
    if type(error).__name__ not in {"OperationalError", "ConnectionTimeout"}:
        return None
    said = str(error)
    return next((fault for words, fault in _IN_WORDS if words in said), NOT_ANSWERING)
