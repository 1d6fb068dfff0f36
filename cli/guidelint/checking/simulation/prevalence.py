"""Prevalences as they are given: CLASS=SHARE."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from guidelint.checking.simulation.error import SimulationError

if TYPE_CHECKING:
    from collections.abc import Iterable


def prevalence_of(given: Iterable[str]) -> dict[str, float]:
    """Read them. Raises SimulationError."""
    read: dict[str, float] = {}
    for one in given:
        name, equals, share = one.partition("=")
        if not equals or not name or name in read:
            raise SimulationError(f"{one!r} is no prevalence: write each class once, as in nodule=0.1")
        read[name] = _share(one, share)
    return read


def _share(one: str, share: str) -> float:
    try:
        value = float(share.removesuffix("%")) / (100 if share.endswith("%") else 1)
    except ValueError as error:
        raise SimulationError(f"{one!r} gives no number: write a share from 0 to 1, or in percent") from error
    if not isfinite(value) or not 0 <= value <= 1:
        raise SimulationError(f"{one!r} is no share: write one from 0 to 1, or in percent")
    return value
