"""How a comparison is written: for people, for programs, for a pull request."""

from __future__ import annotations

from enum import StrEnum


class ComparedFormat(StrEnum):
    """How it is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
