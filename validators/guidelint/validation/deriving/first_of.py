"""The first option whose criteria hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.asked_when import answers_hold
from guidelint.validation.criteria.holds import because_of
from guidelint.validation.criteria.seen import Seen
from guidelint.validation.deriving.follows import Derived

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region import Answer
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.given import Given


def first_of(by: Derivation, given: Given) -> Derived:
    """Go through the options in their order; the first of which it cannot be told leaves the answer open."""
    seen = Seen(given.one, given.submission, given.titles, partial(_optional, by))
    for way in by.first_of:
        if way.criteria is None:
            return Derived(way.option, "nothing holds that leads to another answer")
        if (because := because_of(way.criteria, seen)) is not None:
            return Derived(way.option, because)
    raise NotMeasurable("nothing holds that leads to an answer")


def _optional(by: Derivation, answers: Mapping[str, Answer]) -> frozenset[str]:
    """Name the questions that need not be answered beside these answers."""
    return frozenset(
        term.question for term in by.terms if not (term.required and answers_hold(term.when, term.when_number, answers))
    )
