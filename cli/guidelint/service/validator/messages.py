"""What the receiver and the validating process say to one another."""

from __future__ import annotations

import msgspec


class Question(msgspec.Struct, frozen=True):
    """Which Label Studio asks, and how many bytes follow."""

    server: str
    size: int


class Reply(msgspec.Struct, frozen=True):
    """An answer in HTTP's terms."""

    status: int
    outcome: str
    """What it counts as."""
    body: msgspec.Raw
