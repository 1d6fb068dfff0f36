"""Times as the store keeps them: ISO 8601 text in UTC with microseconds, which sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NEVER = ""
"""Sorts before every time."""


def as_text(time: datetime) -> str:
    """Write a time as text; one without zone is taken as UTC."""
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def as_time(text: str) -> datetime:
    """Read a text that ``as_text`` made."""
    return datetime.fromisoformat(text)


def now() -> str:
    """Tell the present moment."""
    return as_text(datetime.now(UTC))


def after(seconds: float, start: str | None = None) -> str:
    """So many seconds after a moment, by default the present one."""
    return as_text(as_time(start or now()) + timedelta(seconds=seconds))
