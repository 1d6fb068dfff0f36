"""What is known of a task, whether anybody annotated it or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.imaging.facts import ImageFacts


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One task of a delivery."""

    task: str
    images: tuple[str, ...] = ()
    """Its images as the task data give them, unsigned, each once; empty: not told, or not of all."""
    annotations: int = 0
    """Annotations that were handed in and not skipped."""
    skipped: int = 0
    unread: int = 0
    """Annotations that could not be read."""
    undelivered: int = 0
    """Annotations that the tool counts on the task, beyond those that were delivered."""
    drafted: bool = False
    """Somebody has begun, and not handed in."""
    predicted: bool = False
    """A model has made a proposal."""
    facts: tuple[ImageFacts, ...] = ()
    """What is known of each of its images; none: nothing is."""
