"""Which region something is about, where the region itself is not at hand."""

from __future__ import annotations

from dataclasses import dataclass


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
