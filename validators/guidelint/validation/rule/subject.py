"""Subjects: what a verdict is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SubjectKind = Literal["submission", "task", "series", "batch", "annotator"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verdict is about."""

    kind: SubjectKind
    task: str = ""
    annotation: str = ""
    series: str = ""
    annotator: str = ""

    @property
    def key(self) -> str:
        """Text that identifies it within one project or delivery."""
        return f"{self.kind}/{self.series}/{self.task}/{self.annotation}/{self.annotator}"
