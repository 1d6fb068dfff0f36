"""Totals that a project to come may have, drawn from a sample of what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.statistics.intervals import RESAMPLES

if TYPE_CHECKING:
    import numpy.typing as npt

_SEED = 20_240_102
MOST_AT_ONCE = 2**31 - 1
"""Groups that one draw may hold."""


def drawn_projects(
    values: npt.NDArray[np.float64],
    varies: npt.NDArray[np.float64],
    sizes: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
    wanted: float,
) -> npt.NDArray[np.float64]:
    """Draw projects of ``wanted`` size, each (columns,) of totals: (draws, columns).

    ``values`` (groups, columns) and ``sizes`` (groups,) are those of groups that hang together, such as the tasks of a
    patient, ``varies`` (groups, columns) the variances of the values where chance has a part in them; ``weights``
    (groups,) of sum 1 say how often each is to be expected. Each draw first resamples the groups,
    for they are a sample of those they stand for, and then draws a project from these, for that is one, too: what comes
    is a range for what will be counted (Davison and Hinkley, Bootstrap Methods, 1997, 6.3.3), wider than one for the
    mean. Every run draws alike.
    """
    random = np.random.default_rng(_SEED)
    groups = sizes.size
    drawn = np.empty((RESAMPLES, values.shape[1]))
    for draw in range(RESAMPLES):
        population = random.multinomial(groups, weights) / groups
        many = min(max(round(wanted / float(population @ sizes)), 1), MOST_AT_ONCE)
        project = random.multinomial(many, population)
        by_chance = random.standard_normal(values.shape[1]) * np.sqrt(project @ varies)
        drawn[draw] = np.maximum(project @ values + by_chance, 0.0) * (wanted / float(project @ sizes))
    return drawn
