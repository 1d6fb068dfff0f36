"""Work that cannot be read."""

from __future__ import annotations


class WorkError(ValueError):
    """A file cannot be read as work at all; the message names it."""
