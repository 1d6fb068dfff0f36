"""How far a mean may be from the mean of all that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

FEWEST = 10
"""Units below which resampling them tells too narrow an interval to be of use."""
RESAMPLES = 1_000
"""Enough for limits to two digits; 100,000 units take about a second."""
_SEED = 20_240_101
_DRAWN_AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the interval about it, and by which method."""

    mean: float
    low: float
    high: float
    share: float
    """Of the intervals so made that hold the true mean, about: 0.95."""
    units: int
    """What was resampled: objects, tasks."""
    method: str = "percentile bootstrap of the mean"


def drawn_again(count: int, resamples: int = RESAMPLES) -> Iterator[npt.NDArray[np.int32]]:
    """Draw places of so many units with replacement, block by block, each (resamples, count); every run draws alike."""
    rng, step = np.random.default_rng(_SEED), max(_DRAWN_AT_ONCE // count, 1)
    for begin in range(0, resamples, step):
        yield rng.integers(0, count, (min(step, resamples - begin), count), np.int32)


def bootstrap_mean(values: Sequence[float], share: float = 0.95, resamples: int = RESAMPLES) -> Interval | None:
    """Percentile bootstrap (Efron 1979) over independent units, seeded: the same values, in any order, give the same.

    None for fewer than ``FEWEST`` units. Units that hang together (pairs of the same readers, slices of one lesion)
    are averaged first, or the interval is too narrow.
    """
    if len(values) < FEWEST:
        return None
    ordered = np.sort(np.asarray(values, np.float64))
    means = np.concatenate([ordered[chosen].mean(axis=1) for chosen in drawn_again(ordered.size, resamples)])
    low, high = np.quantile(means, [(1 - share) / 2, (1 + share) / 2]).tolist()
    return Interval(fmean(values), low, high, share, ordered.size)
