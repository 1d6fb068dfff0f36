"""Anything as JSON that people can read, too."""

from __future__ import annotations

import msgspec


def json_text(told: object) -> str:
    """Write it indented, with a line end."""
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"
