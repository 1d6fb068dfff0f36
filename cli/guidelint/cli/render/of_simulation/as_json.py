"""The load of a project to come, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.json_text import json_text

if TYPE_CHECKING:
    from guidelint.checking.simulation.simulation import Simulation


def as_json(found: Simulation) -> str:
    """Write everything."""
    return json_text(found)
