"""What no program can map, and somebody must do again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Redo:
    """One thing in one annotation that the later version has no name for."""

    task: str
    annotation: str
    region: str
    """Id of the region; empty: it is about the task."""
    what: str
    """What it says now."""
    choices: tuple[str, ...] = ()
    """What may have taken its place."""
