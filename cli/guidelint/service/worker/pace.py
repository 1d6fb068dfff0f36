"""The pace of bulk work: while annotators are at work it takes one worker, and no more than half of that one's time.

Label Studio answers everybody from one process, so bulk is not begun while something urgent is in hand, either: but for
now and then, so that it never stands still.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

AT_WORK_S = 60.0
"""So long after a delivery that somebody may wait for, annotators count as at work."""
MOMENT_S = 0.1
"""Shortest pause: one that is told while another worker is on bulk, or on something urgent."""
STANDS_STILL_S = 5.0
"""So long at most bulk is kept from going on by what is urgent."""


@dataclass
class BulkPace:
    """Says when a task of the bulk lane may be begun."""

    at_work: Callable[[], bool]
    """Whether annotators are at work."""
    urgent_in_hand: Callable[[], bool]
    """Whether something that an annotator may wait for is being dealt with."""
    clock_s: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _running: int = 0
    _rests_until_s: float = float("-inf")
    _ended_s: float = float("-inf")

    def pause_s(self) -> float:
        """So long no bulk task may be begun; 0: one may be begun now."""
        with self._lock:
            now_s = self.clock_s()
            rest_s = self._rests_until_s - now_s
            keeps_off = self._running > 0 or rest_s > 0 or self._gives_way(now_s)
        return max(rest_s, MOMENT_S) if keeps_off and self.at_work() else 0.0

    def _gives_way(self, now_s: float) -> bool:
        return now_s - self._ended_s < STANDS_STILL_S and self.urgent_in_hand()

    def begin(self) -> None:
        """Note that a bulk task is begun."""
        with self._lock:
            self._running += 1

    def end(self, took_s: float) -> None:
        """Note that a bulk task is ended; the next one waits as long as this one took."""
        with self._lock:
            self._running -= 1
            self._ended_s = self.clock_s()
            self._rests_until_s = self._ended_s + took_s
