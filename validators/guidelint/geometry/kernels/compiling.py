"""How a loop is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

Whole: TypeAlias = Any
"""A whole number as compiled code has them: 64 bits, from Python or from an array."""
Function = TypeVar("Function", bound="Callable[..., Any]")


def loop(function: Function) -> Function:
    """Compile at the first call for the types then given; the machine code is kept for later processes.

    Floating-point arithmetic stays as written (no fast-math, no contraction), so that digits equal those of NumPy.
    """
    try:
        return cast("Function", njit(cache=True, nogil=True, error_model="numpy")(function))
    except RuntimeError:  # no folder to keep the code in can be written
        return cast("Function", njit(nogil=True, error_model="numpy")(function))
