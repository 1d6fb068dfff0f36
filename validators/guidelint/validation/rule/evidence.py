"""Evidence: what a departure shows, numbers with their units, and where."""

from __future__ import annotations

from dataclasses import dataclass

from guidelint.validation.rule.wording import times

LIMITS = frozenset({"limit", "tolerance", "step", "least", "before"})
"""Names under which rules give what they compare with."""
WRITTEN = LIMITS | {"answer"}
"""Names of numbers that somebody wrote and nobody measured."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as measured or as a limit."""

    value: float
    unit: str = ""


def in_percent(share: float) -> Quantity:
    """Give a share of a whole: 0.9 is 90 %."""
    return Quantity(times(100, share), "%")


Evidence = Quantity | str | int | tuple[str, ...]
"""A tuple names annotators, by the ids under which they are known."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point in the image, in pixels."""

    x: float
    y: float
