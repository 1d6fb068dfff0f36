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

    @property
    def open(self) -> int:
        """Rows that nobody has dealt with, as far as this process was told."""
        return len(self._open)

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

    def restart(self, seqs: Iterable[int]) -> None:
        """Count anew: the judging process was restarted, these rows are pending."""
        self._open = set(seqs) | set(self._waiting)

    def may_wait(self) -> bool:
        """Whether the answer to the next delivery may wait."""
        return self._longest_s > 0 and len(self._waiting) < self._at_most and self.backlog <= 0

    async def wait(self, seq: int, already_s: float = 0.0) -> bool:
        """Wait until the verdict on a row can be seen; False: it took too long. ``already_s``: time spent before."""
        event = self._waiting[seq] = asyncio.Event()
        try:
            await asyncio.wait_for(event.wait(), max(0.0, self._longest_s - already_s))
        except TimeoutError:
            return False
        finally:
            del self._waiting[seq]
        return True
