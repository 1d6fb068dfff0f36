"""Whether readers come to the same verdict on the same object: yes or no, in pairs of readers.

Chance-corrected agreement is Scott's pi (Scott, Public Opinion Quarterly 19, 1955, 321-325): chance is what two draws
from the verdicts of all readers together would give. Intervals resample objects (percentile bootstrap): pairs of
readers of one object hang together, and count as often as there are of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guidelint.statistics.intervals import FEWEST, RESAMPLES, seeded

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

_SHARE = 0.95
_DRAWN_AT_ONCE = 2**18


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """One object as two readers judged it."""

    unit: str
    """The object: what is resampled."""
    one: bool
    other: bool


@dataclass(frozen=True, slots=True)
class Ranged:
    """A statistic with its 95 % interval."""

    value: float
    low: float | None = None
    """None: too few objects for an interval that says anything."""
    high: float | None = None


@dataclass(frozen=True, slots=True)
class SameVerdict:
    """How alike readers judge."""

    pairs: int
    units: int
    """Objects that the pairs are of."""
    yes: float
    """Share of all verdicts in the pairs that say yes, 0 to 1."""
    pi: Ranged | None
    """Scott's pi, up to 1; None where all say the same: chance would, too."""
    other_too: Ranged | None
    """If one reader says yes, the share in which the other does; None where nobody says yes."""


def same_verdict(pairs: Iterable[ReadTwice]) -> SameVerdict | None:
    """Tell how alike readers judge; None of no pairs."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for pair in pairs:
        of_unit = counted[pair.unit]
        of_unit[0] += 1
        of_unit[1] += pair.one + pair.other
        of_unit[2] += pair.one and pair.other
    if not counted:
        return None
    sums = np.array([counted[unit] for unit in sorted(counted)], np.float64)
    count, yes, both = (float(one) for one in sums.sum(axis=0))
    drawn = _resampled(sums)
    return SameVerdict(
        pairs=int(count),
        units=len(sums),
        yes=yes / (2 * count),
        pi=_ranged(_pi(np.array([[count, yes, both]])), _pi(drawn)),
        other_too=_ranged(_other_too(np.array([[count, yes, both]])), _other_too(drawn)),
    )


def flips(pairs: Iterable[ReadTwice]) -> Ranged | None:
    """Tell in which share of the pairs the two readers come to different verdicts; None of no pairs."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for pair in pairs:
        counted[pair.unit][0] += 1
        counted[pair.unit][1] += pair.one != pair.other
    if not counted:
        return None
    sums = np.array([counted[unit] for unit in sorted(counted)], np.float64)
    drawn = _resampled(sums)
    return _ranged(sums[:, 1].sum(keepdims=True) / sums[:, 0].sum(), drawn[:, 1] / drawn[:, 0])


def _resampled(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Add up what so many objects have that are drawn from them with replacement, (resamples, columns)."""
    if len(sums) < FEWEST:
        return np.empty((0, sums.shape[1]))
    rng, count = seeded(), len(sums)
    at_once = max(_DRAWN_AT_ONCE // count, 1)
    sizes = [min(at_once, RESAMPLES - begin) for begin in range(0, RESAMPLES, at_once)]
    return np.concatenate([sums[rng.integers(0, count, (size, count), np.int32)].sum(axis=1) for size in sizes])


def _pi(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    count, yes, both = sums.T
    share = yes / (2 * count)
    agreed, by_chance = 1 - (yes - 2 * both) / count, share**2 + (1 - share) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by_chance < 1, (agreed - by_chance) / (1 - by_chance), np.nan)


def _other_too(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sums[:, 1] > 0, 2 * sums[:, 2] / sums[:, 1], np.nan)


def _ranged(value: npt.NDArray[np.float64], drawn: npt.NDArray[np.float64]) -> Ranged | None:
    (own,) = value.tolist()
    told = drawn[~np.isnan(drawn)]
    if np.isnan(own):
        return None
    if not told.size:
        return Ranged(own)
    low, high = np.quantile(told, [(1 - _SHARE) / 2, (1 + _SHARE) / 2]).tolist()
    return Ranged(own, low, high)
