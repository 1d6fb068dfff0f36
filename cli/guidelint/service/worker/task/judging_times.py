"""Since when each thread has been judging. That is bounded by us; what Label Studio takes is bounded by time-outs."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


@dataclass(slots=True)
class JudgingTimes:
    """Follows the threads of one process."""

    _since: dict[int, float] = field(default_factory=dict[int, float])

    @contextmanager
    def one(self) -> Generator[None]:
        """Judge."""
        thread = threading.get_ident()
        self._since[thread] = time.monotonic()
        try:
            yield
        finally:
            del self._since[thread]

    def anew(self) -> None:
        """Reckon from now what this thread judges, if it does: it has waited for something else."""
        thread = threading.get_ident()
        if thread in self._since:
            self._since[thread] = time.monotonic()

    @property
    def longest_s(self) -> float:
        """So long what is judged now has taken at most; 0: nothing is."""
        return max((time.monotonic() - since for since in list(self._since.values())), default=0.0)
