"""Asking the store beside the loop that answers requests: bounded in time, and nothing piles up."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


class Beside(Generic[Found]):
    """Asks one blocking question in a thread that nobody has to wait for, not even the end of the program.

    Whoever asks while it is being answered gets the same answer. Belongs to one event loop.
    """

    def __init__(self, question: Callable[[], Found], within_s: float) -> None:
        self._question = question
        self._within_s = within_s
        self._answer: asyncio.Future[Found] | None = None

    async def ask(self) -> Found:
        """Give the answer. Raises what the question raises; TimeoutError when it takes too long."""
        if self._answer is None or self._answer.done():
            loop = asyncio.get_running_loop()
            self._answer = loop.create_future()
            threading.Thread(target=self._run, args=(loop, self._answer), daemon=True).start()
        return await asyncio.wait_for(asyncio.shield(self._answer), self._within_s)

    def _run(self, loop: asyncio.AbstractEventLoop, answer: asyncio.Future[Found]) -> None:
        try:
            found: Found | Exception = self._question()
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            found = error
        try:
            loop.call_soon_threadsafe(_settle, answer, found)
        except RuntimeError:  # the loop was closed: nobody waits any more
            return


def _settle(answer: asyncio.Future[Found], found: Found | Exception) -> None:
    if answer.done():
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
        answer.exception()  # whoever asked may have given up: nobody need be told then
    else:
        answer.set_result(found)
