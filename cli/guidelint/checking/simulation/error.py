"""Why the load of a project cannot be told."""

from __future__ import annotations


class SimulationError(ValueError):
    """It cannot be told; the message says why, and what to do."""
