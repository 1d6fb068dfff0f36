"""Structured log lines: one JSON object each, with ids and counts, never with secrets, names or what was drawn."""

from __future__ import annotations

import logging
import sys

import msgspec

from guidelint.service.clock import now

logger = logging.getLogger("guidelint")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, event, and the facts given with it."""
        facts = getattr(record, "facts", {})
        line = {"time": now(), "level": record.levelname.lower(), "event": record.getMessage(), **facts}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return msgspec.json.encode(line).decode()


def start_logging(level: int = logging.INFO) -> None:
    """Send the lines to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False


def note(event: str, level: int = logging.INFO, **facts: str | float | list[str] | None) -> None:
    """Write one line."""
    logger.log(level, event, extra={"facts": facts})
