"""Takes out what is only history and older than the settings say: little at a time, with pauses for deliveries."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.service.clock import after
from guidelint.service.log import note
from guidelint.service.store.old_rows import old_hints, remove_hints, remove_history, tasks_with_history
from guidelint.service.worker.owner import owner_here

if TYPE_CHECKING:
    import sqlalchemy as sa

EVERY_S = 3600.0
PAUSE_S = 0.02
"""So long others may write between two transactions."""
HINTS_AT_ONCE = 500
MOST_AT_ONCE = 500
"""So many transactions in a row; the rest follows after the next sweep."""
DAY_S = 86400.0


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out."""

    hints: int = 0
    verdicts: int = 0
    versions: int = 0
    is_all: bool = True
    """Nothing old is left, but for what somebody works on."""


@dataclass(slots=True)
class Retention:
    """Keeps history for as long as the settings say; 0 days: for ever."""

    engine: sa.Engine
    keep_inbox_days: float = 0.0
    keep_history_days: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    _due_at: float = 0.0
    _owner: str = field(default_factory=lambda: f"{owner_here()}:r")

    def when_due(self) -> None:
        """Take out what is old, at most once an hour unless something was left. Raises what the store raises."""
        if (self.keep_inbox_days or self.keep_history_days) and time.monotonic() >= self._due_at:
            removed = self.run()
            self._due_at = time.monotonic() + EVERY_S if removed.is_all else 0.0

    def run(self) -> Removed:
        """Take out what is old."""
        hints, all_hints = self._hints() if self.keep_inbox_days else (0, True)
        verdicts, versions, all_history = self._history() if self.keep_history_days else (0, 0, True)
        if hints or verdicts or versions:
            note("history was taken out", logging.INFO, hints=hints, verdicts=verdicts, versions=versions)
        return Removed(hints, verdicts, versions, all_hints and all_history)

    def _hints(self) -> tuple[int, bool]:
        before, count = after(-self.keep_inbox_days * DAY_S), 0
        for _ in range(MOST_AT_ONCE):
            numbers = old_hints(self.engine, before, HINTS_AT_ONCE)
            if not numbers:
                return count, True
            count += remove_hints(self.engine, numbers, before)
            if self.stop.wait(PAUSE_S):
                break
        return count, False

    def _history(self) -> tuple[int, int, bool]:
        before, verdicts, versions = after(-self.keep_history_days * DAY_S), 0, 0
        tasks = tasks_with_history(self.engine, before, MOST_AT_ONCE)
        for key in tasks:
            found = remove_history(self.engine, key, before, self._owner)
            if found is not None:
                verdicts, versions = verdicts + found[0], versions + found[1]
            if self.stop.wait(PAUSE_S):
                return verdicts, versions, False
        return verdicts, versions, len(tasks) < MOST_AT_ONCE
