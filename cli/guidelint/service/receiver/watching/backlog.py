"""Keeping count of what is pending in step with the store, where other processes put and take rows as well."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from guidelint.service.log import Sometimes
from guidelint.service.receiver.wire.beside import Beside
from guidelint.service.store.hints.waiting import interactive_rows

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.service.receiver.hold import Hold

EVERY_S = 1.0
WITHIN_S = 5.0


class Backlog:
    """Corrects from the store which rows keep answers from waiting."""

    def __init__(self, engine: sa.Engine, hold: Hold, every_s: float = EVERY_S) -> None:
        self._hold = hold
        self._every_s = every_s
        self._beside = Beside(lambda: interactive_rows(engine), WITHIN_S)
        self._unread = Sometimes("what is pending cannot be counted", logging.WARNING)

    async def follow(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except (SQLAlchemyError, TimeoutError) as error:
                self._unread.note(reason=type(error).__name__)
            await asyncio.sleep(self._every_s)

    async def end(self) -> None:
        """Let the last look come to its end, for a moment."""
        await self._beside.end()

    async def look(self) -> None:
        """Look once. Raises what the store raises; TimeoutError."""
        before = self._hold.open
        self._hold.correct(before, await self._beside.ask())
