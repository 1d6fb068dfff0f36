"""How commands that tell people something tell it to programs."""

from __future__ import annotations

from enum import StrEnum


class TextOrJson(StrEnum):
    """How it is told."""

    TEXT = "text"
    JSON = "json"
