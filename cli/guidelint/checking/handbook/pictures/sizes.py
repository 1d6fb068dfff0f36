"""At which sizes a drawing is judged: where nothing but its size decides, close to both sides of each limit."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

_SPACINGS_MM: Final = tuple(round(0.05 * 1.35**step, 3) for step in range(21))
_PROBED_MM: Final = (_SPACINGS_MM[0], 1.0, _SPACINGS_MM[-1])
"""Where all of these come to the same, size decides nothing."""
_HALVINGS: Final = 4
"""So often the way between two neighbours is halved: they then lie within 2 % of one another."""


def spacings_mm(comes_to: Callable[[float], Hashable]) -> tuple[float, ...]:
    """Choose distances of pixels at which a drawing is shown; one where size does not decide what it comes to."""
    if len({comes_to(mm) for mm in _PROBED_MM}) == 1:
        return (1.0,)
    between = (mm for low, high in pairwise(_SPACINGS_MM) for mm in _nearer(low, high, comes_to))
    return tuple(sorted({*_SPACINGS_MM, *between}))


def _nearer(low: float, high: float, comes_to: Callable[[float], Hashable]) -> Iterator[float]:
    """Halve the way between two that come to different things, again and again."""
    below, above = comes_to(low), comes_to(high)
    for _ in range(_HALVINGS if below != above else 0):
        middle = round(sqrt(low * high), 4)
        yield middle
        low, high = (middle, high) if comes_to(middle) == below else (low, middle)
