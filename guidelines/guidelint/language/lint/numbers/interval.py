"""Stretches of numbers, as the limits of a condition leave them."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.validation.rule.condition import Between


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two ends, each of which belongs to it or not."""

    low: float = -inf
    high: float = inf
    without_low: bool = False
    without_high: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high or (self.low == self.high and (self.without_low or self.without_high))

    def meet(self, other: Interval) -> Interval:
        """Leave the numbers that lie in both."""
        low, without_low = max((self.low, self.without_low), (other.low, other.without_low))
        high, is_in = min((self.high, not self.without_high), (other.high, not other.without_high))
        return Interval(low, high, without_low, not is_in)

    @property
    def beyond(self) -> tuple[Interval, ...]:
        """The numbers below it and those above it, where there are any."""
        below = Interval(high=self.low, without_high=not self.without_low)
        above = Interval(low=self.high, without_low=not self.without_high)
        return (*([below] if self.low > -inf else ()), *([above] if self.high < inf else ()))

    def covers(self, other: Interval) -> bool:
        """Whether all numbers of the other lie in it."""
        return other.is_empty or self.meet(other) == other


POSITIVE = Interval(low=0.0, without_low=True)


def interval_between(low: float | None, high: float | None) -> Interval:
    """Give the numbers between two ends, both of which belong to it; None: it is open there."""
    return Interval(-inf if low is None else low, inf if high is None else high)


def interval_of(limits: Between) -> Interval:
    """Give the numbers that lie within limits."""
    found = Interval()
    if limits.at_least is not None:
        found = found.meet(Interval(low=limits.at_least))
    if limits.above is not None:
        found = found.meet(Interval(low=limits.above, without_low=True))
    if limits.at_most is not None:
        found = found.meet(Interval(high=limits.at_most))
    if limits.below is not None:
        found = found.meet(Interval(high=limits.below, without_high=True))
    return found
