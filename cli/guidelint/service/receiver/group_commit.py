"""Durable storing of many deliveries with few commits: whatever arrives while one commit runs shares the next.

A row that the store cannot hold costs no other: then each delivery is stored by itself, and in the one that has it each
row; a hint to sweep the project makes up for what is left out. What was refused because the store could not be used is
stored all the same once it can.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from guidelint.service.log import note
from guidelint.service.receiver.wire.settle import settle
from guidelint.service.store.base.database import place_of
from guidelint.service.store.base.faults import SLOW, StoreFault
from guidelint.service.store.hints import inbox
from guidelint.service.store.hints.inbox_rows import SWEEP_ALL, Row, sweep_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

Rows = list[Row]
MOST_AT_ONCE = 200
"""So many deliveries share a commit at most."""
MOST_ROWS = 2000
"""A commit with so many rows takes no further delivery."""
MOST_WAITING = 2000
"""So many deliveries wait for a store that does not answer; those beyond are refused at once."""
STORED_WITHIN_S = 0.8
"""Label Studio waits 1 s for an answer. What is stored later than this is refused, and may be stored all the same."""
MOST_OWED = 500
"""So many rows that were refused because of the store are stored when it is back; the sweep finds the others."""
OWED_EVERY_S = 0.5
ENDS_WITHIN_S = 0.5
"""A store that does not answer keeps nobody from ending: what was not acknowledged is found by the sweep."""
_UNUSABLE = (OperationalError, StoreFault)


@dataclass(frozen=True, slots=True)
class _Waiting:
    rows: Rows
    stored: asyncio.Future[list[int]]


class GroupCommit:
    """Stores rows of the inbox from one thread; a row's numbers are given back once the disk has them."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._owed: Rows = []
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)

    def start(self) -> None:
        """Begin to take rows."""
        self._thread.start()

    def close(self) -> None:
        """Store what was given and end."""
        self._queue.put(None)
        self._thread.join(ENDS_WITHIN_S)

    async def put(self, rows: Rows) -> list[int]:
        """Store rows; returns their numbers after the commit. Raises what the store raises, or StoreFault."""
        if self._queue.qsize() >= MOST_WAITING:
            raise StoreFault(place_of(self._engine), SLOW)
        stored: asyncio.Future[list[int]] = asyncio.get_running_loop().create_future()
        self._queue.put(_Waiting(rows, stored))
        try:
            return await asyncio.wait_for(stored, STORED_WITHIN_S)
        except TimeoutError as error:
            raise StoreFault(place_of(self._engine), SLOW) from error

    def _run(self) -> None:
        ends = False
        while not ends:
            try:
                first = self._queue.get(timeout=OWED_EVERY_S if self._owed else None)
            except queue.Empty:
                self._settle([])
                continue
            batch, ends = self._batch(first) if first is not None else ([], True)
            if batch or self._owed:
                self._settle(batch)

    def _batch(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        batch, rows = [first], len(first.rows)
        while len(batch) < MOST_AT_ONCE and rows < MOST_ROWS:
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                break
            if item is None:
                return batch, True
            batch.append(item)
            rows += len(item.rows)
        return batch, False

    def _settle(self, batch: list[_Waiting]) -> None:
        """Store a batch and what is owed, and tell everybody who waits, each in the loop they wait in."""
        try:
            numbers = self._store(batch)
        except _UNUSABLE as error:  # the store does not answer: no delivery would fare better by itself
            self._owe([row for item in batch for row in item.rows])
            for item in batch:
                settle(item.stored, error)
        except Exception:  # noqa: BLE001 - one row is at fault, and costs no other
            owed, self._owed = self._owed, []
            if owed:
                self._by_itself(owed)
            for item in batch:
                settle(item.stored, self._by_itself(item.rows))
        else:
            self._owed = []
            for item, stored in zip(batch, numbers, strict=True):
                settle(item.stored, stored)

    def _owe(self, rows: Rows) -> None:
        """Keep what could not be stored, as far as there is room."""
        self._owed += rows[: MOST_OWED - len(self._owed)]

    def _store(self, batch: list[_Waiting]) -> list[list[int]]:
        rows = [*self._owed, *(row for item in batch for row in item.rows)]
        with self._engine.begin() as connection:
            numbers = iter(inbox.put(connection, rows)[len(self._owed) :])
        return [list(_take(numbers, len(item.rows))) for item in batch]

    def _by_itself(self, rows: Rows) -> list[int] | Exception:
        """Store one delivery, without the rows that cannot be stored; returns what the store raises otherwise."""
        try:
            with self._engine.begin() as connection:
                numbers = [number for row in rows for number in _put_or_leave_out(connection, row)]
                if len(numbers) < len(rows):
                    inbox.put(connection, [_instead(rows, len(rows) - len(numbers))])
        except Exception as error:  # noqa: BLE001 - whoever waits is told
            return error
        return numbers


def _put_or_leave_out(connection: sa.Connection, row: Row) -> list[int]:
    try:
        with connection.begin_nested():
            return inbox.put(connection, [row])
    except _UNUSABLE:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the store says about this row, the others go on
        note("a row of a delivery cannot be stored", logging.ERROR, server=row["server"], reason=type(error).__name__)
        return []


def _instead(rows: Rows, left_out: int) -> Row:
    """Make the hint that makes up for rows that are left out."""
    first = rows[0]
    reason = f"{left_out} of {len(rows)} rows of a delivery could not be stored"
    return sweep_row(first["server"], first["project"], SWEEP_ALL, reason)


def _take(numbers: Iterator[int], count: int) -> Iterator[int]:
    for _ in range(count):
        yield next(numbers)
