"""A proposal: what a guideline could ask, and which work does what it asks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from guidelint.checking.counting.share import Share, wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from guidelint.checking.observed.facts import Observed

LEAST_SHARE: Final = 0.97
"""Proposed is only what surely holds in more than this: the lower end of the 95 % interval lies above it."""
ALIKE: Final = 0.02
"""How alike cases of one group are at least taken to be (the correlation within groups); a choice of this project."""
_FEWEST_GROUPS: Final = 2
MOST_SHOWN: Final = 5
"""So many counter-examples are named."""


class Outcome(NamedTuple):
    """One case in which a proposal could hold."""

    place: str
    holds: bool
    group: str
    """What it hangs together with."""


@dataclass(frozen=True, slots=True)
class Held:
    """In how many cases a proposal holds, and in which share surely."""

    share: Share
    low: float
    """Lower end of the 95 % interval; 0 of nothing."""

    @property
    def is_sure(self) -> bool:
        """Whether it is more than ``LEAST_SHARE`` with 95 % confidence."""
        return self.low > LEAST_SHARE

    def __str__(self) -> str:
        percent = 100 * (self.share.value or 0.0)
        return f"({percent:.1f} %, with 95 % confidence over {100 * self.low:.1f} %)"


def held(outcomes: Iterable[Outcome]) -> Held:
    """Count the cases, and bound their share by the score interval of Wilson.

    Cases of one group are alike: where departures stand together in few groups, so many cases tell no more than fewer
    that hang together with nothing (Rao and Scott, Biometrics 48, 1992, 577-585: counts divided by the design effect).
    """
    by_group: dict[str, list[bool]] = defaultdict(list)
    for one in outcomes:
        by_group[one.group].append(one.holds)
    counts = [(sum(found), len(found)) for found in by_group.values()]
    share = Share(sum(holding for holding, _ in counts), sum(of for _, of in counts))
    return Held(share, _low(share, _design_effect(counts, share)))


def _low(share: Share, design_effect: float) -> float:
    """Give the lower end of the 95 % interval of a share; 0 of nothing."""
    interval = wilson(share.count / design_effect, share.of / design_effect)
    return interval[0] if interval else 0.0


def _design_effect(counts: Sequence[tuple[int, int]], share: Share) -> float:
    """How many times the share varies more over groups than it would over cases that hang together with nothing.

    Where next to nothing departs, that cannot be seen in the cases; then no less is taken than ``ALIKE`` makes of it.
    """
    if not share.of:
        return 1.0
    size = sum(of * of for _, of in counts) / share.of
    least, value = 1.0 + ALIKE * (size - 1.0), share.count / share.of
    if value in {0.0, 1.0} or len(counts) < _FEWEST_GROUPS:
        return least
    spread = sum((holding - value * of) ** 2 for holding, of in counts) * len(counts) / (len(counts) - 1)
    return max(spread / (share.of * value * (1 - value)), least)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be asked, where in a guideline it would stand, and in which cases it holds."""

    path: tuple[str, ...]
    value: object
    says: str
    """What holds, in words that read on from the number of cases: "drawn with a polygon"."""
    of: str
    """What the cases are: "regions"."""
    outcomes: Callable[[Observed], Iterator[Outcome]]

    def held(self, observed: Observed) -> Held:
        """Count in how many cases it holds."""
        return held(self.outcomes(observed))

    def surely_holds(self, observed: Observed) -> bool:
        """Whether it surely holds in more than ``LEAST_SHARE``."""
        return self.held(observed).is_sure

    def comment(self, observed: Observed) -> list[str]:
        """Say that it is observed, in which share, and where it is not so."""
        outcomes = tuple(self.outcomes(observed))
        found = held(outcomes)
        lines = [f"observed: {found.share.count} of {found.share.of} {self.of} {self.says} {found}"]
        others = [one.place for one in outcomes if not one.holds]
        more = f"; and {len(others) - MOST_SHOWN} more" if len(others) > MOST_SHOWN else ""
        return [*lines, f"not so: {'; '.join(others[:MOST_SHOWN])}{more}"] if others else lines
