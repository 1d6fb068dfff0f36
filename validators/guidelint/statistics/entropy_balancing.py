"""Weights that let a sample have the means that are known of those it stands for.

Entropy balancing (Hainmueller, Political Analysis 20, 2012, 25-46; exponential tilting): of all weights with these
means, those nearest to equal ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]

_STEPS = 100
_EXACT = 1e-9
_HALVINGS = 40


def balanced(away: Vector) -> Vector | None:
    """Give weights, (units,) and of sum 1, under which every column of ``away`` (units, means) has the mean 0.

    A column holds by how much each unit lies away from what is wanted. None: no weights of all units do that.
    """
    units, means = away.shape
    scale = np.abs(away).max(axis=0, initial=0.0)
    scaled = away / np.where(scale > 0, scale, 1.0)
    tilt: Vector = np.zeros(means)
    weights: Vector = np.full(units, 1 / units)
    for _ in range(_STEPS):
        gradient = weights @ scaled
        if np.abs(gradient).max(initial=0.0) < _EXACT:
            return weights
        curvature = (scaled * weights[:, None]).T @ scaled - np.outer(gradient, gradient)
        step = np.asarray(np.linalg.lstsq(curvature, gradient, rcond=None)[0], np.float64)
        found = _shorter(scaled, tilt, step, gradient)
        if found is None:
            return None
        tilt, weights = found
    return None


def _shorter(scaled: Vector, tilt: Vector, step: Vector, gradient: Vector) -> tuple[Vector, Vector] | None:
    """Go as far along a Newton step as what is minimized, the logarithm of the sum of exponentials, falls."""
    before, slope, share = _log_sum(scaled @ tilt), float(gradient @ step), 1.0
    for _ in range(_HALVINGS):
        tried = tilt - share * step
        powers = scaled @ tried
        if _log_sum(powers) <= before - 1e-4 * share * slope:
            weights = np.exp(powers - powers.max())
            return tried, weights / weights.sum()
        share /= 2
    return None


def _log_sum(powers: Vector) -> float:
    most = float(powers.max())
    return most + float(np.log(np.exp(powers - most).sum()))
