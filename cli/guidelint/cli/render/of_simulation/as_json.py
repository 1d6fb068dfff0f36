"""The load of a project to come, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from guidelint.checking.simulation.simulation import Simulation


def as_json(found: Simulation) -> str:
    """Write everything."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"
