"""That somebody has passed the exam of a guideline."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Qualification(msgspec.Struct, frozen=True, kw_only=True):
    """Who passed which exam, and what they may mark until when."""

    guideline: str
    """Name of the guideline."""
    version: str
    """Its version, under which it was passed."""
    role: str
    """Whose exam it was."""
    annotator: str
    """Who passed, as what they hand in tells it: the number of a user, or an address."""
    annotator_name: str = ""
    """What the annotator was called then; empty: not told."""
    classes: tuple[str, ...] = ()
    """Classes that the role may mark; none: all."""
    not_for: tuple[str, ...] = ()
    """Classes of these whose own pass mark was not reached."""
    passed_at: datetime
    valid_until: datetime | None = None
    """None: without an end."""
    exam: str = ""
    """Which exam it was; empty: not told."""

    def holds_for(self, class_name: str) -> bool:
        """Whether it is a qualification for a class."""
        return class_name not in self.not_for and (not self.classes or class_name in self.classes)

    def holds_at(self, time: datetime) -> bool:
        """Whether it is one at a time."""
        return self.passed_at <= time and (self.valid_until is None or time < self.valid_until)
