"""The highest of several steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.region import option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.follows import NONE_ASKED, Derived
from guidelint.validation.rule.left_open import LeftOpen

if TYPE_CHECKING:
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.given import Given


def worst_of(by: Derivation, given: Given) -> Derived:
    """Take the highest step that was answered."""
    said = [(term, option(value)) for term in by.terms for value in given.answers(term)]
    if not said:
        raise LeftOpen(NONE_ASKED)
    for term, step in said:
        if step not in by.steps:
            raise NotMeasurable(f"{given.answered(term, step)} is no step of it")
    term, worst = max(said, key=lambda one: by.steps.index(one[1]))
    answered = given.answered(term, worst)
    return Derived(worst, f"{answered} is the highest of {len(said)}" if said[1:] else answered)
