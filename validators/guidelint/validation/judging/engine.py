"""Which engine judged."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version


@cache
def engine_version() -> str:
    """Version of the installed package."""
    return version("guidelint")
