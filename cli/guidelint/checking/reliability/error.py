"""Why the reliability of a guideline cannot be told."""

from __future__ import annotations


class ReliabilityError(ValueError):
    """It cannot be told; the message says why, and what to do."""
