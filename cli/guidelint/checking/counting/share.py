"""A part of a whole: how many of how many, and what range that leaves for the true share."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""Standard normal quantile of 97.5 %: both tails together leave 5 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % score interval of Wilson (J. Am. Stat. Assoc. 22, 1927, 209–212); None of nothing."""
        return wilson(self.count, self.of)

    def as_json(self) -> dict[str, object]:
        """Give count, whole, share and interval; share and interval are null of nothing."""
        low, high = self.interval or (None, None)
        return {"count": self.count, "of": self.of, "share": self.value, "low": low, "high": high}


def wilson(count: float, of: float) -> tuple[float, float] | None:
    """Give the 95 % score interval of a share; parts of cases count as such. None of nothing."""
    if not of:
        return None
    share, weight = count / of, _Z * _Z / of
    middle, half = share + weight / 2, _Z * sqrt((share * (1 - share) + weight / 4) / of)
    low, high = (middle - half) / (1 + weight), (middle + half) / (1 + weight)
    return 0.0 if count == 0 else low, 1.0 if count == of else high
