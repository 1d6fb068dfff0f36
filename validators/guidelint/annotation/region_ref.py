"""Which region something is about, where the region itself is not at hand."""

from __future__ import annotations

from dataclasses import dataclass

RegionKey = tuple[str, str, str]
"""Task, annotation and region: what tells a region from every other one that was handed in."""


@dataclass(frozen=True, slots=True)
class RegionRef:
    """Which region a finding is about, and how people name it."""

    id: str
    title: str
    class_name: str | None = None
    number: int = 0
    task: str = ""
    """Task it stands on, where the subject spans several."""
    annotation: str = ""
    """Annotation it stands in, where the subject spans several."""
    item: int = 0
    """Which item of the delivered result draws it, from 1; 0: not told."""

    def key(self, task: str = "", annotation: str = "") -> RegionKey:
        """Tell it from every other region; ``task``, ``annotation``: where it stands, if it does not say so itself.

        A region without an id is told by its number.
        """
        return self.task or task, self.annotation or annotation, self.id or f"#{self.number}"
