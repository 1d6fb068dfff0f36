"""A baseline that cannot be used."""

from __future__ import annotations


class BaselineError(ValueError):
    """A baseline that cannot be used; the message says where, why, and what to do."""
