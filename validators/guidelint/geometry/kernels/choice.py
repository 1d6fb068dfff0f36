"""Which loops run: those of NumPy (``base``), or compiled ones where the extra ``fast`` is installed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Generator

KernelSet = Literal["base", "fast"]
"""``base``: NumPy; ``fast``: numba. Runs, counts and labels are identical, so every finding is."""
VARIABLE = "GUIDELINT_KERNELS"
LOADING_US = 1_300_000
"""What loading the compiled loops takes, about: numba, and machine code kept from earlier processes."""
CALL_US = 60
"""What a call of a NumPy kernel takes on a small input, about."""
ITEM_US = 0.05
"""What a NumPy kernel takes for each byte, run or row of its input, about."""


class KernelChoiceError(ValueError):
    """The environment asks for kernels that do not exist or are not installed."""


def installed() -> tuple[KernelSet, ...]:
    """Kernel sets that can run here, ``base`` first."""
    return ("base", "fast") if find_spec("numba") else ("base",)


def chosen_name() -> KernelSet:
    """Tell which kernels long work runs on here. Raises KernelChoiceError when the environment asks for others."""
    return wanted.get() or asked_for() or installed()[-1]


@contextmanager
def using(name: KernelSet) -> Generator[None]:
    """Run everything within with these kernels. Raises KernelChoiceError when they are not installed."""
    if name not in installed():
        raise KernelChoiceError(f"the kernels {name!r} are not installed; pip install 'guidelint[fast]' adds them")
    before = wanted.set(name)
    try:
        yield
    finally:
        wanted.reset(before)


def fast(size: int) -> bool:
    """Tell whether the compiled loops are to run on an input of ``size`` bytes, runs or rows.

    Unless the choice was made, a process begins with NumPy and changes over once that has cost as much time as loading
    the compiled loops does: short work is not kept waiting, long work is fast, and both find the same.
    """
    chosen = wanted.get() or by_default()
    if chosen is not None:
        return chosen == "fast"
    spent.us += CALL_US + ITEM_US * size
    return spent.us > LOADING_US


def load() -> None:
    """Load the compiled loops now, if this process is to run any: for services, whose first task is in a hurry."""
    if chosen_name() == "fast":
        from guidelint.geometry.kernels import rehearsal  # noqa: PLC0415 - loads numba

        rehearsal.rehearse()
        spent.us = max(spent.us, LOADING_US)


@cache
def asked_for() -> KernelSet | None:
    """Read what ``GUIDELINT_KERNELS`` asks for. Raises KernelChoiceError when it cannot be granted."""
    name = os.environ.get(VARIABLE, "")
    if name == "fast" and name not in installed():
        raise KernelChoiceError(
            f"{VARIABLE} asks for 'fast', but numba is not installed: pip install 'guidelint[fast]'"
        )
    if name in {"base", "fast"}:
        return "base" if name == "base" else "fast"
    if name:
        raise KernelChoiceError(f"{VARIABLE} is {name!r}; it can be base or fast")
    return None


@cache
def by_default() -> KernelSet | None:
    """Give the only set there is or the one asked for; None when the amount of work decides."""
    return asked_for() or ("base" if installed() == ("base",) else None)


class Spent:
    """Time that NumPy kernels have taken in this process, about."""

    us = 0.0


wanted: ContextVar[KernelSet | None] = ContextVar("wanted", default=None)
spent = Spent()
