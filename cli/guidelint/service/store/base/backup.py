"""A copy of a store in SQLite, made while others write to it: whole, as it stood at one moment."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from guidelint.service.store.base.faults import DAMAGED, NOT_OPENED, StoreFault, fault_of
from guidelint.service.store.base.sqlite_file import OWNER_ONLY, address_of

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE_S = 30.0


def back_up(store: Path, copy: Path) -> int:
    """Copy a store into a new file that only its owner may read; returns its size in bytes.

    The copy has its name only once it is whole and was read through. Raises StoreFault, FileExistsError, OSError.
    """
    if copy.exists():
        raise FileExistsError(str(copy))
    growing = copy.with_name(f"{copy.name}.part")
    os.close(os.open(growing, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, OWNER_ONLY))
    try:
        _copy(store, growing)
        with growing.open("rb") as stream:
            os.fsync(stream.fileno())
        growing.rename(copy)
    finally:
        growing.unlink(missing_ok=True)
    return copy.stat().st_size


def _copy(store: Path, copy: Path) -> None:
    try:
        with (
            contextlib.closing(sqlite3.connect(address_of(store), uri=True, timeout=PATIENCE_S)) as original,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            original.backup(target)
            target.execute(
                "PRAGMA journal_mode=DELETE"
            )  # the copy is one file; a service that uses it keeps a log again
            sound = target.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreFault(str(store), fault_of(error) or NOT_OPENED) from error
    if sound != "ok":
        raise StoreFault(str(store), DAMAGED)
