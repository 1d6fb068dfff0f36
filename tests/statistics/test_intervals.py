from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from guidelint.statistics.intervals import FEWEST, bootstrap_mean
from guidelint.statistics.spread import Spread, spread

if TYPE_CHECKING:
    from random import Random

shares = st.floats(0, 1)


def _slow(values: list[float], share: float, resamples: int) -> tuple[float, float]:
    """Draw, average, sort, one resample after another."""
    rng = np.random.default_rng(99)
    means = sorted(fmean(rng.choice(values, len(values)).tolist()) for _ in range(resamples))
    return means[int(resamples * (1 - share) / 2)], means[int(resamples * (1 + share) / 2)]


@pytest.mark.parametrize("count", [10, 40, 300])
def test_the_interval_is_that_of_the_slow_twin_and_of_scipy(count: int) -> None:
    values = (np.random.default_rng(count).random(count) ** 2).tolist()
    found = bootstrap_mean(values)
    assert found is not None
    given_room = 0.2 * (found.high - found.low)
    assert (found.low, found.high) == pytest.approx(_slow(values, 0.95, 1_000), abs=given_room)
    theirs = stats.bootstrap((values,), np.mean, method="percentile", n_resamples=5_000, rng=1).confidence_interval
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=given_room)
    assert (found.mean, found.units, found.share) == (fmean(values), count, 0.95)
    assert found.method == "percentile bootstrap of the mean"


def test_intervals_hold_the_true_mean_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    found = [bootstrap_mean(rng.beta(8, 2, 60).tolist(), resamples=400) for _ in range(400)]
    held = [interval is not None and interval.low <= 0.8 <= interval.high for interval in found]
    assert 0.91 <= np.mean(held) <= 0.98


def test_a_smaller_share_makes_a_narrower_interval() -> None:
    values = np.random.default_rng(1).random(50).tolist()
    wide, narrow = bootstrap_mean(values), bootstrap_mean(values, share=0.5)
    assert wide is not None
    assert narrow is not None
    assert wide.low < narrow.low < narrow.high < wide.high


@given(st.lists(shares, min_size=FEWEST, max_size=40), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_no_order_changes_the_interval_and_it_stays_within_the_values(values: list[float], chance: Random) -> None:
    found = bootstrap_mean(values, resamples=50)
    assert found is not None
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert bootstrap_mean(chance.sample(values, len(values)), resamples=50) == found


def test_few_units_have_no_interval() -> None:
    assert bootstrap_mean([0.5] * (FEWEST - 1)) is None
    assert bootstrap_mean([]) is None


def test_units_that_are_all_alike_have_an_interval_without_width() -> None:
    found = bootstrap_mean([0.75] * 20)
    assert found is not None
    assert (found.low, found.mean, found.high) == (0.75, 0.75, 0.75)


def test_resampling_in_several_parts_is_resampling() -> None:
    values = np.random.default_rng(3).random(300_000).tolist()
    found = bootstrap_mean(values, resamples=200)
    assert found is not None
    half = 1.96 * float(np.std(values)) / 300_000**0.5
    assert (found.low, found.high) == pytest.approx((found.mean - half, found.mean + half), abs=0.4 * half)


@given(st.lists(shares, max_size=20), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_a_spread_is_mean_and_range_in_any_order(values: list[float], chance: Random) -> None:
    found = spread(values)
    assert found == spread(chance.sample(values, len(values)))
    assert found == (Spread(fmean(values), min(values), max(values), len(values)) if values else None)
