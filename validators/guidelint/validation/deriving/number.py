"""From a number that follows to the answer: its step and its band."""

from __future__ import annotations

from math import floor, isfinite
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.follows import Derived
from guidelint.validation.measured_in import DECIMALS

if TYPE_CHECKING:
    from guidelint.validation.derivation import Derivation


def rounded(by: Derivation, number: float) -> float:
    """Round to the step of the question, if it has one."""
    steps = number / (by.step or 1)
    if not isfinite(steps):
        raise NotMeasurable("what it follows from adds up to no finite number")
    return round(floor(steps + 0.5) * by.step, DECIMALS) if by.step else number


def in_band(by: Derivation, number: float, because: str) -> Derived:
    """Find the option to which a number leads; without bands the number is the answer."""
    if not by.bands:
        return Derived(number, because)
    for band in by.bands:
        if band.limits.holds(number):
            return Derived(band.option, because)
    raise NotMeasurable(f"{because}, for which the guideline names no answer")
