"""How much a number changed from one time point of a patient to another, and to which option that leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.follows import Derived
from guidelint.validation.measured_in import DECIMALS
from guidelint.validation.rule.wording import both, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from guidelint.validation.derivation import ChangeBand
    from guidelint.validation.rule.condition import Between


@dataclass(frozen=True, slots=True)
class AtTime:
    """The number at one time point."""

    point: str
    """How people call it: a name, or a day."""
    value: float
    largest: Mapping[str, float] = field(default_factory=dict[str, float])
    """Class → what the largest of its objects counts."""
    lacks: str = ""
    """Why something is not known that would add to it; empty: it is all there is."""


@dataclass(frozen=True, slots=True)
class Change:
    """The number at a time point, beside those before it."""

    now: AtTime
    before: Sequence[AtTime]
    """In their order, the baseline first."""
    unit: str
    of: str
    """What people call the number."""
    shown: Callable[[float], str] | None = None
    """Shows a step of options in an order; None: it is a number."""

    @property
    def baseline(self) -> AtTime:
        """The first."""
        return self.before[0]

    @property
    def last(self) -> AtTime:
        """The one right before."""
        return self.before[-1]

    @property
    def smallest(self) -> AtTime:
        """The smallest before, the baseline among them; of several the last."""
        return min(reversed(self.before), key=lambda one: one.value)

    def derived(self, bands: Sequence[ChangeBand]) -> Derived:
        """Find the first option whose limits all hold. Raises NotMeasurable where none does."""
        because = self.told()
        for band in bands:
            if self.holds(band):
                return Derived(band.option, because)
        raise NotMeasurable(f"{because}, for which the guideline names no answer")

    def told(self) -> str:
        """Say how much it changed."""
        if self.shown is not None:
            points = dict.fromkeys((self.baseline.point, self.smallest.point, self.last.point))
            known = {one.point: self.shown(one.value) for one in self.before}
            before = both(f"{known[point]} at {point}" for point in points)
            return f"{self.of} {self.shown(self.now.value)}, after {before}"
        since = f"{self._told_since(self.baseline)} since {self.baseline.point}"
        if self.smallest is not self.baseline:
            since += f", {self._told_since(self.smallest)} since the smallest ({self.smallest.point})"
        return f"{self.of} {self._measure(self.now.value)}, {since}"

    def _told_since(self, other: AtTime) -> str:
        percent = percent_of(self.now.value, other.value)
        share = f"{percent:+.1f} %".replace("-", "−") if abs(percent) < inf else "anew"
        return f"{share} of {self._measure(other.value)}"

    def _measure(self, value: float) -> str:
        return measure(round(value, 2), self.unit)

    def surely(self, bands: Sequence[ChangeBand]) -> Derived | None:
        """Find the option that it is however much is added to the number; None: that depends on how much."""
        for band in bands:
            limits = [*self._limits(band)]
            if any(_is_beyond(limit, value) for limit, value in limits):
                continue
            if all(limit.holds(value) and limit.at_most is None and limit.below is None for limit, value in limits):
                return Derived(band.option, f"{self.told()}, which is not all: {self.now.lacks}")
            return None
        return None

    def holds(self, band: ChangeBand) -> bool:
        """Whether it keeps all limits."""
        return all(limit.holds(value) for limit, value in self._limits(band))

    def _limits(self, band: ChangeBand) -> Iterator[tuple[Between, float]]:
        """Give each limit with what it limits."""
        limits: tuple[tuple[Between | None, float], ...] = (
            (band.itself, self.now.value),
            (band.since_baseline, _difference(self.now, self.baseline)),
            (band.since_smallest, _difference(self.now, self.smallest)),
            (band.since_last, _difference(self.now, self.last)),
            (band.since_baseline_percent, percent_of(self.now.value, self.baseline.value)),
            (band.since_smallest_percent, percent_of(self.now.value, self.smallest.value)),
        )
        largest = self.now.largest
        yield from ((limit, value) for limit, value in limits if limit is not None)
        yield from ((limit, largest[name]) for name, limit in band.largest.items() if name in largest)


def _is_beyond(limit: Between, value: float) -> bool:
    """Whether a number exceeds an upper limit."""
    return (limit.at_most is not None and value > limit.at_most) or (limit.below is not None and value >= limit.below)


def _difference(now: AtTime, before: AtTime) -> float:
    return round(now.value - before.value, DECIMALS)


def percent_of(now: float, before: float) -> float:
    """By how many percent a number grew; from nothing to something without end."""
    if not before:
        return inf if now > 0 else 0.0
    return round(100 * (now - before) / before, DECIMALS)
