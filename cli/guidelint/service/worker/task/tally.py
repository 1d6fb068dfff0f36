"""Counting what is judged, in this process."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.service.store.handed_in import HandedIn


class Tally:
    """Counts verdicts by decision."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()
        self._lock = threading.Lock()

    def judged(self, versions: Iterable[HandedIn]) -> None:
        """Count the verdicts on what was judged just now."""
        with self._lock:
            self._count.update(version.verdict.decision for version in versions)

    def taken(self) -> dict[str, int]:
        """Give what was counted since this was last asked for."""
        with self._lock:
            count, self._count = self._count, Counter()
        return dict(count)


tally = Tally()
"""That of this process."""
