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

from guidelint.statistics.intervals import FEWEST, drawn_again

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

_SHARE = 0.95


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
    sums = _by_unit((pair.unit, (1, pair.one + pair.other, pair.one and pair.other)) for pair in pairs)
    if not len(sums):
        return None
    total, drawn = sums.sum(axis=0, keepdims=True), _resampled(sums)
    count, yes, _ = total[0].tolist()
    return SameVerdict(
        pairs=int(count),
        units=len(sums),
        yes=yes / (2 * count),
        pi=_ranged(_pi(total), _pi(drawn)),
        other_too=_ranged(_other_too(total), _other_too(drawn)),
    )


def flips(pairs: Iterable[ReadTwice]) -> Ranged | None:
    """Tell in which share of the pairs the two readers come to different verdicts; None of no pairs."""
    sums = _by_unit((pair.unit, (1, pair.one != pair.other)) for pair in pairs)
    return _ranged(_share(sums.sum(axis=0, keepdims=True)), _share(_resampled(sums))) if len(sums) else None


def _by_unit(rows: Iterable[tuple[str, tuple[int, ...]]]) -> npt.NDArray[np.float64]:
    """Add up what the pairs of each object have, (objects, columns)."""
    of_units: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for unit, row in rows:
        of_units[unit].append(row)
    return np.array([np.sum(of_units[unit], axis=0) for unit in sorted(of_units)], np.float64)


def _resampled(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Add up what so many objects have that are drawn from them with replacement, (resamples, columns)."""
    if len(sums) < FEWEST:
        return np.empty((0, sums.shape[1]))
    return np.concatenate([sums[chosen].sum(axis=1) for chosen in drawn_again(len(sums))])


def _pi(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    count, yes, both = sums.T
    share = yes / (2 * count)
    agreed, by_chance = 1 - (yes - 2 * both) / count, share**2 + (1 - share) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by_chance < 1, (agreed - by_chance) / (1 - by_chance), np.nan)


def _share(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return sums[:, 1] / sums[:, 0]


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
