"""How often Label Studio was asked for what: it is the bottleneck, so every request is counted."""

from __future__ import annotations

import threading
from collections import Counter


class RequestCount:
    """Counts requests by their kind, e.g. ``GET tasks``: method and sort of thing, never which one."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()
        self._lock = threading.Lock()

    def one(self, method: str, path: str) -> None:
        """Count one request. ``path``: below the address of Label Studio, e.g. ``/api/tasks/5/``."""
        parts = path.split("/")
        kind = next((part for part in parts[2:] if part.replace("-", "").isalpha()), "other")
        with self._lock:
            self._count[f"{method} {kind}"] += 1

    def taken(self) -> dict[str, int]:
        """Give what was counted since this was last asked for."""
        with self._lock:
            count, self._count = self._count, Counter()
        return dict(count)
