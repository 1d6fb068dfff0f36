"""Deriving an answer in the way that its guideline names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.first_of import first_of
from guidelint.validation.deriving.product import product_of
from guidelint.validation.deriving.ratio import ratio_of
from guidelint.validation.deriving.sums import Sum
from guidelint.validation.deriving.table import looked_up
from guidelint.validation.deriving.worst_of import worst_of

if TYPE_CHECKING:
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.follows import Derived
    from guidelint.validation.deriving.given import Given


def derived(by: Derivation, given: Given) -> Derived:
    """Derive it. Raises LeftOpen where nothing follows, NotMeasurable where that cannot be told."""
    if not (by.terms or by.parts or by.first_of):
        raise NotMeasurable("the guideline does not say what it follows from")
    match by.how:
        case "product":
            return product_of(by, given)
        case "ratio":
            return ratio_of(by, given)
        case "table":
            return looked_up(by, given)
        case "worst-of":
            return worst_of(by, given)
        case "first-of":
            return first_of(by, given)
        case _:
            return Sum(by, given).derived()
