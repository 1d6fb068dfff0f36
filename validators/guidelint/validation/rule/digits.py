"""How many digits of a number are shown: as few as it takes to see on which side of its limits it lies."""

from __future__ import annotations

from decimal import Decimal
from math import isclose, isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

FEWEST = 1
"""Decimals of what was measured, unless its limit has more, or it is a whole number."""
MOST = 15
"""Decimals from which on a number is written as the computer holds it."""
NOISE = 1e-15
"""What computing with a number of an author adds to it, relative to it: 100 times 0.29 is 28.999999999999996."""


def as_written(value: float, measured: Collection[float] = ()) -> str:
    """Write a limit as its author would, 1 and not 1.0, if what was measured still lies on the same side of it."""
    if not isfinite(value):
        return str(value)
    short = float(f"{value:.12g}")
    is_short = isclose(short, value, rel_tol=NOISE) and all(_side(one, short) == _side(one, value) for one in measured)
    return _plain(short if is_short else value)


def as_measured(value: float, limits: Collection[float] = ()) -> str:
    """Write what was measured so that it looks smaller than, equal to or larger than each limit as that is written."""
    if not isfinite(value):
        return str(value)
    written = [as_written(limit, (value,)) for limit in limits]
    sides = [(float(text), _side(value, limit)) for text, limit in zip(written, limits, strict=True)]
    for decimals in range(max((FEWEST, *map(_decimals, written))), MOST):
        shown = float(f"{value:.{decimals}f}")
        if bool(shown) == bool(value) and all(_side(shown, limit) == side for limit, side in sides):
            return _plain(shown) if isclose(shown, value, rel_tol=1e-9) else f"{value:.{decimals}f}"
    return _plain(value)


def _plain(value: float) -> str:
    """Write every digit that there is, without an exponent, and no zero behind them."""
    return f"{Decimal(repr(value + 0.0)).normalize():f}"


def _side(value: float, limit: float) -> int:
    return (value > limit) - (value < limit)


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])
