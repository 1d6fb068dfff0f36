"""One known answer, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a measure may lie from its known answer, and why."""

    value: float
    """In the unit of the answer."""
    reason: str


EXACT = Tolerance(0.0, "exact")
ROUNDING = Tolerance(1e-11, "rounding of floating-point numbers")


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """What a measure must give for an input."""

    measure: str
    given: str
    """The input, in words."""
    expected: float
    """Derived by hand: a number or a formula, never the output of a program of ours."""
    unit: str
    """Empty for a ratio."""
    compute: Callable[[], float]
    """Make the input anew and measure it, with the kernels in use."""
    source: str
    """How the expected value is derived."""
    tolerance: Tolerance = EXACT

    @property
    def title(self) -> str:
        """Measure and input."""
        return f"{self.measure}: {self.given}"


@dataclass(frozen=True, slots=True)
class Group:
    """Known answers of one kind of measure."""

    name: str
    answers: tuple[KnownAnswer, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A known answer and what was measured."""

    answer: KnownAnswer
    measured: float | None
    """None when the kernel failed."""
    failure: str = ""
    """What the kernel said when it failed."""

    @property
    def difference(self) -> float | None:
        """Measured less expected."""
        return None if self.measured is None else self.measured - self.answer.expected

    @property
    def right(self) -> bool:
        """Whether the measure lies within the tolerance."""
        return self.measured is not None and isclose(
            self.measured, self.answer.expected, rel_tol=0, abs_tol=self.answer.tolerance.value
        )


def ask(answer: KnownAnswer) -> Measured:
    """Measure once; a kernel that raises is wrong and never ends the run."""
    try:
        return Measured(answer, float(answer.compute()))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a kernel is what is looked for
        return Measured(answer, None, f"{type(error).__name__}: {error}")
