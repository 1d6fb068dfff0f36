"""Whether a Label Studio is away, and that nothing waits for long once it is back.

What is put off waits ever longer. While a server is away, one task of those that wait is tried now and then; when that
goes well, all of them are tried at once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.service.store.hints import retries

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

SHORTEST_S = 5.0
"""What fails for a shorter time, or beside others that go well, is no outage: such tasks keep their own waits."""
LONGEST_PAUSE_S = 30.0
"""One task is tried at least so often."""


@dataclass(slots=True)
class _Outage:
    since: float
    look_at: float
    pause_s: float = SHORTEST_S


@dataclass(slots=True)
class Outages:
    """Follows how the servers answer; several threads may tell of it."""

    engine: sa.Engine
    clock: Callable[[], float] = time.monotonic
    _away: dict[str, _Outage] = field(default_factory=dict[str, _Outage])

    def resume(self) -> None:
        """Take up what an earlier process has put off."""
        for server in retries.servers_waited_for(self.engine):
            self._away.setdefault(server, _Outage(float("-inf"), self.clock()))

    def failed(self, server: str) -> None:
        """Take in that a server is away, or does not take our token."""
        began = self.clock()
        self._away.setdefault(server, _Outage(began, began + SHORTEST_S))

    def answered(self, server: str) -> bool:
        """Take in that a task was dealt with; whether that ends an outage, so that all others are to be tried."""
        outage = self._away.pop(server, None)
        return outage is not None and self.clock() - outage.since >= SHORTEST_S

    def look(self) -> bool:
        """Try one task of each server that is away, when it is time; whether there is one to try."""
        due = [(server, outage) for server, outage in list(self._away.items()) if outage.look_at <= self.clock()]
        tried = 0
        for server, outage in due:
            outage.look_at = self.clock() + outage.pause_s
            outage.pause_s = min(LONGEST_PAUSE_S, outage.pause_s * 2)
            with self.engine.begin() as connection:
                tried += retries.hurry(connection, server, tasks=1)
        return tried > 0
