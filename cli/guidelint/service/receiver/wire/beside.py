"""Asking the store beside the loop that answers requests: bounded in time, and nothing piles up."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from guidelint.service.receiver.wire.settle import settle

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")
ENDS_WITHIN_S = 0.2
"""So long at most the end of the program lets a question come to its end."""


class Beside(Generic[Found]):
    """Asks one blocking question in a thread that nobody has to wait for, but the end of the program for a moment.

    Whoever asks while it is being answered gets the same answer. Belongs to one event loop.
    """

    def __init__(self, question: Callable[[], Found], within_s: float) -> None:
        self._question = question
        self._within_s = within_s
        self._answer: asyncio.Future[Found] | None = None

    async def ask(self) -> Found:
        """Give the answer. Raises what the question raises; TimeoutError when it takes too long."""
        if self._answer is None or self._answer.done():
            self._answer = asyncio.get_running_loop().create_future()
            threading.Thread(target=self._run, args=(self._answer,), daemon=True).start()
        return await asyncio.wait_for(asyncio.shield(self._answer), self._within_s)

    async def end(self) -> None:
        """Let what is being answered come to its end, for a moment: it may hold a connection."""
        if self._answer is not None:
            await asyncio.wait([self._answer], timeout=ENDS_WITHIN_S)

    def _run(self, answer: asyncio.Future[Found]) -> None:
        try:
            found: Found | Exception = self._question()
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            found = error
        settle(answer, found)
