"""Which end of a range a number is, and of which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guidelint.validation.rule.parameters.meaning import Meaning

REGIONS: Final = "regions on one image"
"""What a limit on the number of regions of an image bounds."""
SHARE_OF_CLASS: Final = "share of a class"
"""What the share of a class in a delivery bounds; the shares of all make one."""
READERS: Final = "readers of one task"
"""What a limit on the number of readers of a task bounds."""


@dataclass(frozen=True, slots=True)
class Bound(Meaning):
    """One end of the range of a quantity; both ends name the same."""

    of: str
    within: str = ""
    """Quantity that this one never exceeds, e.g. the longest diameter for the short axis."""
    unmet_at: float | None = None
    """Limit that hardly anything meets, e.g. 0 for the largest area, 1 for the least Dice coefficient."""
    of_departures: bool = False
    """Whether what lies within it departs: the further in it lies, the less departs."""


class Lower(Bound):
    """The least that a quantity may be."""

    __slots__ = ()

    @property
    def other_words(self) -> tuple[str, ...]:
        """What people call it."""
        return ("minimum", "at_least", "least", "lower")


class Upper(Bound):
    """The most that a quantity may be."""

    __slots__ = ()

    @property
    def other_words(self) -> tuple[str, ...]:
        """What people call it."""
        return ("maximum", "at_most", "most", "upper")


@dataclass(frozen=True, slots=True)
class Step(Meaning):
    """The distance of allowed values of a quantity."""

    of: str
