"""Takes out what is only history and older than the settings say: little at a time, with pauses for deliveries."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from guidelint.service.clock import after
from guidelint.service.log import note
from guidelint.service.store.old_rows import old_hints, remove_hints, remove_history, tasks_with_history
from guidelint.service.store.subjects.old_rows import old_subject_verdicts, remove_subject_verdicts
from guidelint.service.worker.owner import owner_here

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import sqlalchemy as sa

Found = TypeVar("Found")

EVERY_S = 3600.0
PAUSE_S = 0.02
"""So long others may write between two transactions."""
HINTS_AT_ONCE = 500
VERDICTS_AT_ONCE = 100
"""Verdicts on projects may be large."""
MOST_AT_ONCE = 500
"""So many transactions in a row; the rest follows after the next sweep."""
DAY_S = 86400.0


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out."""

    hints: int = 0
    verdicts: int = 0
    versions: int = 0
    subject_verdicts: int = 0
    """Verdicts on tasks, series, patients, annotators and projects."""
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
        above, all_above = self._above() if self.keep_history_days else (0, True)
        removed = Removed(hints, verdicts, versions, above, all_hints and all_history and all_above)
        if replace(removed, is_all=True) != Removed():
            counts = {name: count for name, count in asdict(removed).items() if name != "is_all"}
            note("history was taken out", logging.INFO, **counts)
        return removed

    def _hints(self) -> tuple[int, bool]:
        before = after(-self.keep_inbox_days * DAY_S)
        return self._in_batches(
            lambda: old_hints(self.engine, before, HINTS_AT_ONCE),
            lambda numbers: remove_hints(self.engine, numbers, before),
        )

    def _above(self) -> tuple[int, bool]:
        """Take out verdicts on what lies above one annotation."""
        before = after(-self.keep_history_days * DAY_S)
        return self._in_batches(
            lambda: old_subject_verdicts(self.engine, before, VERDICTS_AT_ONCE),
            lambda keys: remove_subject_verdicts(self.engine, keys, before),
        )

    def _in_batches(
        self, find: Callable[[], Sequence[Found]], remove: Callable[[Sequence[Found]], int]
    ) -> tuple[int, bool]:
        """Take out what is found, some at a time; how many, and whether that is all."""
        count = 0
        for _ in range(MOST_AT_ONCE):
            found = find()
            if not found:
                return count, True
            count += remove(found)
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
