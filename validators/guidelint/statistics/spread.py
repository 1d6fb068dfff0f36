"""A mean with its range."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, least and greatest of some values."""

    mean: float
    least: float
    greatest: float
    count: int
    """Number of values."""


def spread(values: Sequence[float]) -> Spread | None:
    """Mean and range of the values, whatever their order; None of no value."""
    return Spread(fmean(values), min(values), max(values), len(values)) if values else None
