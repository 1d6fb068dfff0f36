from __future__ import annotations

import numpy as np
import pytest

from guidelint.statistics.drawn_projects import drawn_projects
from guidelint.statistics.entropy_balancing import balanced


def test_weights_give_the_means_that_are_wanted() -> None:
    marked = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
    weights = balanced(marked - np.array([0.1, 0.7]))
    assert weights is not None
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()
    assert weights @ marked == pytest.approx([0.1, 0.7])
    # independent of one another, as nothing else is asked: each weight is a product of both shares
    assert weights == pytest.approx([0.1 * 0.3, 0.9 * 0.7, 0.1 * 0.7, 0.9 * 0.3 / 2, 0.9 * 0.3 / 2], abs=0.03)


def test_means_that_no_weights_give_are_refused() -> None:
    either = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    assert balanced(either - np.array([0.9, 0.9])) is None


def test_none_of_a_kind_is_met_as_nearly_as_counts() -> None:
    either = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    assert balanced(either - np.array([0.2, 0.0])) == pytest.approx([0.2, 0.0, 0.8], abs=1e-6)


def test_a_range_holds_what_is_counted_in_about_as_many_projects_as_it_says() -> None:
    random = np.random.default_rng(7)
    held = 0
    for _ in range(40):
        sizes = random.integers(1, 6, 120).astype(float)
        seen = random.binomial(sizes[:60].astype(int), 0.2).astype(float)
        to_come = random.binomial(sizes[60:].astype(int), 0.2).sum()
        known = np.stack([seen, sizes[:60]], axis=1)
        drawn = drawn_projects(known, np.zeros_like(known), sizes[:60], np.full(60, 1 / 60), float(sizes[60:].sum()))
        low, high = np.quantile(drawn[:, 0], [0.025, 0.975])
        held += bool(low <= to_come <= high)
        assert drawn[:, 1] == pytest.approx(np.full(len(drawn), sizes[60:].sum()))
    assert 36 <= held <= 40
