"""Looking up the answer to which two others lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.follows import Derived
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.given import Given


def looked_up(by: Derivation, given: Given) -> Derived:
    """Look it up by the first and the second answer."""
    row, column = by.terms
    first, second = given.only(row), given.only(column)
    because = both((given.answered(row, first), given.answered(column, second)))
    found = by.cells.get(first, {}).get(second)
    if found is None:
        raise NotMeasurable(f"for {because} the guideline names no answer")
    return Derived(found, because)
