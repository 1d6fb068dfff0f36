"""Deriving an answer in the way that its guideline names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.first_of import first_of
from guidelint.validation.deriving.product import product_of
from guidelint.validation.deriving.rank import rank_of
from guidelint.validation.deriving.ratio import ratio_of
from guidelint.validation.deriving.sums import Sum
from guidelint.validation.deriving.table import looked_up
from guidelint.validation.deriving.worst_of import worst_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.follows import Derived
    from guidelint.validation.deriving.given import Given


def derived(by: Derivation, given: Given) -> Derived:
    """Derive it. Raises LeftOpen where nothing follows, NotMeasurable where that cannot be told."""
    if not (by.terms or by.parts or by.first_of):
        raise NotMeasurable("the guideline does not say what it follows from")
    if (way := _WAYS.get(by.how)) is not None:
        return way(by, given)
    return Sum(by, given).derived()


_WAYS: Final[Mapping[str, Callable[[Derivation, Given], Derived]]] = {
    "product": product_of,
    "ratio": ratio_of,
    "rank": rank_of,
    "table": looked_up,
    "worst-of": worst_of,
    "first-of": first_of,
}
"""Way in which it follows → how that is done; the others are sums."""
