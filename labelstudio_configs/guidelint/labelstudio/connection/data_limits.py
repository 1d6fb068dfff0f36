"""Bounds on the data of a task: whoever may import tasks fills it, and it is built in memory before it is looked at."""

from __future__ import annotations

from typing import Any

import msgspec

LONGEST_DATA_BYTES = 16 * 1024 * 1024
MOST_PARTS = 500_000
"""Lists and objects: empty ones take 30 times the memory that they take on the wire."""


class DataTooLarge(ValueError):  # noqa: N818 - what it is
    """Data of a task that is not read; the message says how much there is of it."""


def read_data(raw: msgspec.Raw) -> dict[str, Any]:
    """Read the data of a task from its JSON. Raises DataTooLarge, or what msgspec raises."""
    text = bytes(raw)
    parts = text.count(b"[") + text.count(b"{")
    if len(text) > LONGEST_DATA_BYTES or parts > MOST_PARTS:
        raise DataTooLarge(
            f"the data of the task has {len(text)} bytes and {parts} lists and objects; at most {LONGEST_DATA_BYTES}"
            f" and {MOST_PARTS} are read"
        )
    return msgspec.json.decode(text, type=dict[str, Any])
