"""A guideline that is not released."""

from __future__ import annotations


class NotReleasedError(ValueError):
    """Every reason why a guideline is not released, each with what to do."""

    def __init__(self, guideline: str, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("\n  ".join((f"{guideline} is not released:", *reasons)))
