"""Which loops run: those of NumPy (``base``), or compiled ones where the extra ``fast`` is installed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from guidelint.geometry.kernels.change_over import change_over

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
    if chosen := wanted.get():
        return chosen
    name = asked_for() or installed()[-1]
    return "base" if name == "fast" and why_not_fast() else name


def why_not_fast() -> str:
    """Say why compiled loops are not used though they are installed: they cannot be kept; empty when they can be."""
    from guidelint.geometry.kernels import kept  # noqa: PLC0415 - keeps start-up fast

    return "" if kept.complete() else kept.why_not()


@contextmanager
def using(name: KernelSet) -> Generator[None]:
    """Run everything within with these kernels, compiled here where they are not kept.

    Raises KernelChoiceError when they are not installed.
    """
    if name not in installed():
        raise KernelChoiceError(f"the kernels {name!r} are not installed; pip install 'guidelint[fast]' adds them")
    if name == "fast":
        change_over.force()
    before = wanted.set(name)
    try:
        yield
    finally:
        wanted.reset(before)


def fast(size: int) -> bool:
    """Tell whether the compiled loops are to run on an input of ``size`` bytes, runs or rows.

    A process begins with NumPy and changes over once that has cost as much time as loading the compiled loops does, or
    at once where the environment asks for it. It goes on with NumPy as long as they are not compiled, which a process
    beside it then does: nobody waits, and both find the same.
    """
    if chosen := wanted.get():
        return chosen == "fast"
    if change_over.made:
        return True
    chosen = by_default()
    if chosen is None:
        spent.us += CALL_US + ITEM_US * size
    return chosen != "base" and (chosen == "fast" or spent.us > LOADING_US) and change_over.wanted()


def load() -> None:
    """Have the compiled loops from now on, if any are to run here; compiles what is not kept, however long it takes."""
    if chosen_name() == "fast":
        change_over.force()


@dataclass(frozen=True, slots=True)
class Standing:
    """How this process stands to its kernels."""

    kernels: KernelSet = "base"
    """Those that run now."""
    compiling: bool = False
    """Whether others are being compiled beside it."""


def standing() -> Standing:
    """Tell how this process stands now."""
    return Standing("fast" if change_over.made else "base", change_over.compiling)


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

    def add(self, size: int) -> None:
        """Count what a kernel has gone through, where it could not be told before."""
        self.us += ITEM_US * size


wanted: ContextVar[KernelSet | None] = ContextVar("wanted", default=None)
spent = Spent()
