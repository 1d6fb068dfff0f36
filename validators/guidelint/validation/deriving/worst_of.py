"""The highest of several steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.region import option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.follows import NONE_ASKED, Derived
from guidelint.validation.rule.left_open import LeftOpen

if TYPE_CHECKING:
    from guidelint.annotation.region import Value
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.given import Given
    from guidelint.validation.follows_from import FollowsFrom


def worst_of(by: Derivation, given: Given) -> Derived:
    """Take the highest step that was answered."""
    said = [(term, value) for term in by.terms for value in given.answers(term)]
    if not said:
        raise LeftOpen(NONE_ASKED)
    places = [place_of(by, given, term, value) for term, value in said]
    worst = max(places)
    answered = given.answered(*said[places.index(worst)])
    return Derived(by.steps[worst], highest(answered, len(said)))


def place_of(by: Derivation, given: Given, term: FollowsFrom, value: Value) -> int:
    """Place of an answer among the steps, from 0. Raises NotMeasurable where it is none of them."""
    step = option(value)
    if step not in by.steps:
        raise NotMeasurable(f"{given.answered(term, step)} is no step of it")
    return by.steps.index(step)


def highest(answered: str, count: int) -> str:
    """Say which was the highest of several; of one what it was."""
    return f"{answered} is the highest of {count}" if count > 1 else answered
