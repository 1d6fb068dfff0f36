"""In how many cases something holds, and in which share of them it surely does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.checking.counting.share import Share, wilson

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_SHARE: Final = 0.97
"""Proposed is only what surely holds in more than this: the lower end of the 95 % interval lies above it."""
ALIKE: Final = 0.02
"""How alike cases of one group are at least taken to be (the correlation within groups); a choice of this project."""
_FEWEST_GROUPS: Final = 2


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


class Cases:
    """Cases in which something could hold, each by the group that it belongs to, and those that depart.

    Only groups with departures are looked at again when one more departs: there are few of them.
    """

    def __init__(self, groups: Iterable[str]) -> None:
        self._sizes = Counter(groups)
        self._count = self._sizes.total()
        self._squares = sum(size * size for size in self._sizes.values())
        self._departing = Counter[str]()

    def depart(self, group: str) -> None:
        """Note that it does not hold in a case."""
        self._departing[group] += 1

    def held(self) -> Held:
        """Bound the share in which it holds by the score interval of Wilson.

        Cases of one group are alike: where departures stand together in few groups, so many cases tell no more than
        fewer that hang together with nothing (Rao and Scott, Biometrics 48, 1992, 577-585: counts divided by the design
        effect).
        """
        share, effect = Share(self._count - self._departing.total(), self._count), self._design_effect()
        interval = wilson(share.count / effect, share.of / effect)
        return Held(share, interval[0] if interval else 0.0)

    def _design_effect(self) -> float:
        """How many times the share varies more over groups than it would over cases that hang together with nothing.

        Where next to nothing departs, that cannot be seen in the cases; then no less is taken than ``ALIKE`` makes of
        it.
        """
        if not self._count:
            return 1.0
        least = 1.0 + ALIKE * (self._squares / self._count - 1.0)
        departing, groups = self._departing.total(), len(self._sizes)
        if departing in {0, self._count} or groups < _FEWEST_GROUPS:
            return least
        return max(self._spread() * groups / ((groups - 1) * departing * (self._count - departing)), least)

    def _spread(self) -> float:
        """Sum over groups the squares of how many more depart than would in equal shares, times all cases."""
        departing = self._departing.total()
        both = sum(count * self._sizes[group] for group, count in self._departing.items())
        squares = sum(count * count for count in self._departing.values())
        return squares * self._count - 2 * departing * both + departing * departing * self._squares / self._count
