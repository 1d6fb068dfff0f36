"""Structured log lines: one JSON object each, with ids and counts, never with secrets, names or what was drawn."""

from __future__ import annotations

import logging
import sys
import threading
import time
from dataclasses import dataclass, field

import msgspec

from guidelint.service.clock import now

logger = logging.getLogger("guidelint")
PAUSE_S = 60.0
"""What happens again and again is said once in so long."""


LONGEST_FACT = 2000
"""Characters of one fact: some quote what others send."""


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, event, and the facts given with it."""
        facts = {name: _bounded(value) for name, value in getattr(record, "facts", {}).items()}
        line = {"time": now(), "level": record.levelname.lower(), "event": record.getMessage(), **facts}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return msgspec.json.encode(line).decode()


def _bounded(value: object) -> object:
    return f"{value[:LONGEST_FACT]}…" if isinstance(value, str) and len(value) > LONGEST_FACT else value


def start_logging(level: int = logging.INFO) -> None:
    """Send the lines to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False
    of_web_server = logging.getLogger("uvicorn.error")
    of_web_server.handlers = [handler]
    of_web_server.setLevel(logging.ERROR)  # what it warns of, outsiders could make it say without end
    of_web_server.propagate = False


def note(event: str, level: int = logging.INFO, **facts: str | float | list[str] | None) -> None:
    """Write one line."""
    logger.log(level, event, extra={"facts": facts})


@dataclass
class Sometimes:
    """A line that others could make us write without end: said at once, then once in a while with a count."""

    event: str
    level: int
    pause_s: float = PAUSE_S
    _unsaid: int = 0
    _said_at: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, **facts: str | float | list[str] | None) -> None:
        """Say that it happened once more; ``times``: how often since it was last said."""
        with self._lock:
            self._unsaid += 1
            if time.monotonic() - self._said_at < self.pause_s:
                return
            times, self._unsaid, self._said_at = self._unsaid, 0, time.monotonic()
        note(self.event, self.level, times=times, **facts)
