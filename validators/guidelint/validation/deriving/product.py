"""Numbers that are multiplied."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

from guidelint.validation.deriving.number import as_told, in_band, rounded
from guidelint.validation.measured_in import DECIMALS, converted
from guidelint.validation.rule.wording import measure, number

if TYPE_CHECKING:
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.follows import Derived
    from guidelint.validation.deriving.given import Given

_STEP: Final = 0.001
"""To what a product is rounded that is the answer itself, where its question has no step."""


def product_of(by: Derivation, given: Given) -> Derived:
    """Multiply, give it in the unit of the question, and find its band.

    Raises LeftOpen where one of the questions is not asked, NotMeasurable where an answer is missing.
    """
    factors = [given.counts(term, given.only_value(term)) for term in by.terms]
    units = [term.unit for term in by.terms]
    product, before = converted(prod(factors) * (by.times or 1), units, by.unit)
    answer = rounded(by, round(product, DECIMALS), None if by.bands else _STEP)
    told = [
        f"{given.question(term)} {measure(factor, term.unit)}" for term, factor in zip(by.terms, factors, strict=True)
    ]
    words = " × ".join((*told, *([number(by.times)] if by.times else ())))
    steps = (words, *([before] if before else ()), measure(as_told(by, answer), by.unit))
    return in_band(by, answer, " = ".join(steps))
