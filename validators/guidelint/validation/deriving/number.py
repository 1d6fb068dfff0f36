"""From a number that follows to the answer: its step and its band."""

from __future__ import annotations

from math import floor, isfinite
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.follows import Derived
from guidelint.validation.measured_in import DECIMALS

if TYPE_CHECKING:
    from guidelint.validation.derivation import Derivation

_FEWEST: Final = 2
"""Decimals in which a number is shown, unless it takes more to see in which band it lies."""
STEP_OF_VOLUMES: Final = 0.001
"""To what a volume is rounded that is the answer itself, where its question has no step."""


def rounded(by: Derivation, number: float, otherwise: float | None = None) -> float:
    """Round to the step of the question, if it has one, or else to another step, if there is one."""
    step = by.step or otherwise
    steps = number / (step or 1)
    if not isfinite(steps):
        raise NotMeasurable("what it follows from adds up to no finite number")
    return round(floor(steps + 0.5) * step, DECIMALS) if step else number


def in_band(by: Derivation, number: float, because: str) -> Derived:
    """Find the option to which a number leads; without bands the number is the answer."""
    if not by.bands:
        return Derived(number, because)
    for band in by.bands:
        if band.limits.holds(number):
            return Derived(band.option, because)
    raise NotMeasurable(f"{because}, for which the guideline names no answer")


def beside(by: Derivation, number: float) -> tuple[str, ...]:
    """List the options whose bands begin within the tolerance of a number."""
    near = (number - by.tolerance, number, number + by.tolerance)
    return tuple(band.option for band in by.bands if any(band.limits.holds(round(one, DECIMALS)) for one in near))


def as_told(by: Derivation, number: float) -> float:
    """Round a number to as few digits as show in which bands it lies; without bands it stays as it is."""
    if not by.bands:
        return number
    lies_in = [band.limits.holds(number) for band in by.bands]
    for decimals in range(_FEWEST, DECIMALS):
        shown = round(number, decimals)
        if bool(shown) == bool(number) and [band.limits.holds(shown) for band in by.bands] == lies_in:
            return shown
    return number
