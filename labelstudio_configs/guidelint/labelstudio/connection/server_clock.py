"""The clock of a server, as its answers tell it: two machines seldom agree on what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING

from guidelint.labelstudio.connection.webhook_rows import EARLIEST

if TYPE_CHECKING:
    import httpx


LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""No clock is that far ahead, and times can still be reckoned with."""


class ServerClock:
    """Goes by the header ``Date`` (RFC 9110) of the last answer; before there is one, by the clock of this machine."""

    def __init__(self) -> None:
        self._told: tuple[datetime, float] | None = None

    @property
    def has_heard(self) -> bool:
        """Whether an answer told the time."""
        return self._told is not None

    def hear(self, response: httpx.Response) -> None:
        """Take in what an answer says; a header that is none, or tells no time that can be now, costs nothing."""
        try:
            told = parsedate_to_datetime(response.headers.get("Date", ""))
            told = (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError, TypeError):
            return
        if EARLIEST <= told < LATEST:
            self._told = (told, monotonic())

    def moment(self) -> datetime:
        """Tell the present moment."""
        if self._told is None:
            return datetime.now(UTC)
        told, at = self._told
        return told + timedelta(seconds=monotonic() - at)


def check_moments(*moments: datetime) -> None:
    """Raise ValueError when one is none that there can be, and that could not be reckoned with."""
    for moment in moments:
        if not EARLIEST <= (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) < LATEST:
            raise ValueError(f"{moment.isoformat()} is no time at which anything was handed in")
