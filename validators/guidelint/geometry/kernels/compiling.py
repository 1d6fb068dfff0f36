"""How a loop is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from numba import float64, int64, njit, uint8, uint64
from numba.core.types import Array

from guidelint.geometry.kernels.kept_code import KeptCode

if TYPE_CHECKING:
    from collections.abc import Callable

Whole: TypeAlias = Any
"""A whole number as compiled code has them: 64 bits, from Python or from an array."""
Function = TypeVar("Function", bound="Callable[..., Any]")

WHOLE, REAL = int64, float64
TEXT, WORDS = Array(uint8, 1, "C", readonly=True), Array(uint64, 1, "C", readonly=True)
FLAT, GRID = Array(int64, 1, "C", readonly=True), Array(int64, 2, "C", readonly=True)
PLACES = Array(float64, 2, "C", readonly=True)
"""Types that loops take. They write into none of their inputs, so arrays that can be written do as well."""


def loop(*types: Any) -> Callable[[Function], Function]:
    """Make a loop for these types; ``load_all`` compiles it, or reads what an earlier process kept.

    Floating-point arithmetic stays as written (no fast-math, no contraction), so that digits equal those of NumPy.
    """

    def registered(function: Function) -> Function:
        dispatcher = _translated(function)
        dispatcher._cache = KeptCode(function)  # noqa: SLF001 - what `cache=True` does, with a folder of our own
        registry.append((dispatcher, types))
        return cast("Function", dispatcher)

    return registered


def part(function: Function) -> Function:
    """Compile as a part of the loops that call it."""
    return cast("Function", _translated(function))


def _translated(function: Callable[..., Any]) -> Any:
    return njit(nogil=True, error_model="numpy")(function)


registry: list[tuple[Any, tuple[Any, ...]]] = []
"""Every loop with its types, in the order of their making: a loop that another calls comes before it."""
