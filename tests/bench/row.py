"""One row of the benchmark: one of our kernels beside one peer on the same input, and whether both say the same."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Callable

UNIT = Spacing(1, 1)


@dataclass(frozen=True, slots=True)
class Goal:
    """How many times as fast as the peer a kernel is to be."""

    base: float
    fast: float


@dataclass(frozen=True, slots=True)
class Least:
    """A part of the work that no way of doing it can leave out, to be timed where a goal is not met."""

    base: Callable[[], Any]
    base_does: str
    """What the part is, for people."""
    fast: Callable[[], Any] | None = None
    fast_does: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kernel beside one peer."""

    kernel: str
    given: str
    """What the input is."""
    side: int
    """Rows and columns of the image."""
    peer: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]
    same: Callable[[Any, Any], bool]
    goal: Goal | None = None
    least: Least | None = None
    runs: int | None = None
    """Runs of the mask."""


@cache
def peer(module: str) -> Any | None:
    """Load the peer, or say that it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        sys.stdout.write(f"({module} is not installed)\n")
        return None


def equal(ours: Any, theirs: Any) -> bool:
    """Whether two results are the same value."""
    return bool(ours == theirs)


def close(ours: Any, theirs: Any) -> bool:
    """Whether two numbers or arrays are the same but for rounding, in single precision where a peer has no more."""
    return bool(np.allclose(ours, np.asarray(theirs), rtol=1e-5))
