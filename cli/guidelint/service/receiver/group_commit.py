"""Durable storing of many deliveries with few commits: whatever arrives while one commit runs shares the next."""

from __future__ import annotations

import asyncio
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.service.store import inbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

Rows = list[dict[str, object]]
MOST_AT_ONCE = 200
ENDS_WITHIN_S = 0.5
"""A store that does not answer keeps nobody from ending: what was not acknowledged is found by the sweep."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    rows: Rows
    loop: asyncio.AbstractEventLoop
    stored: asyncio.Future[list[int]]


class GroupCommit:
    """Stores rows of the inbox from one thread; a row's numbers are given back once the disk has them."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)

    def start(self) -> None:
        """Begin to take rows."""
        self._thread.start()

    def close(self) -> None:
        """Store what was given and end."""
        self._queue.put(None)
        self._thread.join(ENDS_WITHIN_S)

    async def put(self, rows: Rows) -> list[int]:
        """Store rows; returns their numbers after the commit. Raises what the store raises."""
        loop = asyncio.get_running_loop()
        stored: asyncio.Future[list[int]] = loop.create_future()
        self._queue.put(_Waiting(rows, loop, stored))
        return await stored

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, ends = self._batch(first)
            try:
                numbers = self._store(batch)
            except Exception as error:  # noqa: BLE001 - whoever waits is told
                _settle(batch, error)
            else:
                _settle(batch, numbers)
            if ends:
                return

    def _batch(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        batch = [first]
        while len(batch) < MOST_AT_ONCE:
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                break
            if item is None:
                return batch, True
            batch.append(item)
        return batch, False

    def _store(self, batch: list[_Waiting]) -> list[list[int]]:
        with self._engine.begin() as connection:
            numbers = iter(inbox.put(connection, [row for item in batch for row in item.rows]))
        return [list(_take(numbers, len(item.rows))) for item in batch]


def _take(numbers: Iterator[int], count: int) -> Iterator[int]:
    for _ in range(count):
        yield next(numbers)


def _settle(batch: list[_Waiting], outcome: list[list[int]] | Exception) -> None:
    """Tell everybody who waits, each in the loop they wait in."""
    for position, item in enumerate(batch):
        result = outcome if isinstance(outcome, Exception) else outcome[position]
        try:
            item.loop.call_soon_threadsafe(_tell, item.stored, result)
        except RuntimeError:  # the loop was closed: nobody waits any more
            continue


def _tell(stored: asyncio.Future[list[int]], result: list[int] | Exception) -> None:
    if stored.done():
        return
    if isinstance(result, Exception):
        stored.set_exception(result)
    else:
        stored.set_result(result)
