"""Which answers wait for the verdict. Waiting is a courtesy to the annotator; a delivery never depends on it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Hold:
    """Lets a few answers wait while nothing else is pending; belongs to one event loop."""

    def __init__(self, longest_s: float, at_most: int) -> None:
        self._longest_s = longest_s
        self._at_most = at_most
        self._open: set[int] = set()
        self._waiting: dict[int, asyncio.Event] = {}
        self._over = False

    @property
    def open(self) -> frozenset[int]:
        """Rows that nobody has dealt with, as far as this process knows."""
        return frozenset(self._open)

    @property
    def backlog(self) -> int:
        """Rows that nobody has dealt with and nobody waits for."""
        return len(self._open) - len(self._waiting)

    def opened(self, seqs: Iterable[int]) -> None:
        """Rows were stored."""
        self._open.update(seqs)

    def shown(self, seqs: Iterable[int]) -> None:
        """Their verdicts can be seen: nobody needs to wait for them any more."""
        for seq in seqs:
            if waiting := self._waiting.get(seq):
                waiting.set()

    def closed(self, seqs: Iterable[int]) -> None:
        """Rows were dealt with or put off."""
        numbers = list(seqs)
        self.shown(numbers)
        self._open.difference_update(numbers)

    def correct(self, before: frozenset[int], pending: frozenset[int]) -> None:
        """Follow the store, where others deal with rows too.

        ``before``: what was open here when the store was asked for what is ``pending``.
        """
        self.closed(before - pending)
        self._open |= pending - before

    def let_go(self) -> None:
        """Let nobody wait any more."""
        self._over = True
        for waiting in self._waiting.values():
            waiting.set()

    def may_wait(self) -> bool:
        """Whether the answer to the next delivery may wait."""
        few = len(self._waiting) < self._at_most
        return self._longest_s > 0 and not self._over and few and self.backlog <= 0

    async def wait(self, seq: int, already_s: float = 0.0) -> bool:
        """Wait until the verdict on a row can be seen; False: it took too long. ``already_s``: time spent before."""
        event = self._waiting[seq] = asyncio.Event()
        try:
            await asyncio.wait_for(event.wait(), max(0.0, self._longest_s - already_s))
        except TimeoutError:
            return False
        finally:
            del self._waiting[seq]
        return not self._over
