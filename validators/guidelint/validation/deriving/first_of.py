"""The first option whose criteria hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.criteria.holds import because_of
from guidelint.validation.criteria.seen import Seen
from guidelint.validation.deriving.follows import NONE_ASKED, Derived
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.wording import NAMED, both, first_few

if TYPE_CHECKING:
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.given import Given

OTHERWISE: Final = "nothing holds that leads to another answer"
"""Why the last option is the answer."""


def first_of(by: Derivation, given: Given) -> Derived:
    """Go through the options in their order; the first of which it cannot be told leaves the answer open."""
    seen = Seen(given.one, given.submission, given.titles, by.terms, given.course)
    not_asked = seen.itself.optional
    if not any(way.criteria is not None and way.criteria.may_apply(not_asked) for way in by.first_of):
        raise LeftOpen(NONE_ASKED)
    for way in by.first_of:
        if way.criteria is None:
            return Derived(way.option, f"{OTHERWISE}{_looked_at(by, seen)}")
        if (because := because_of(way.criteria, seen)) is not None:
            return Derived(way.option, because)
    raise NotMeasurable("nothing holds that leads to an answer")


def _looked_at(by: Derivation, seen: Seen) -> str:
    """Name the answers of which none led to another: "(Change Stable, Short axis 9)"."""
    asked = dict.fromkeys(name for way in by.first_of if way.criteria for name in way.criteria.questions_now)
    answers = {name: seen.itself.answers[name].said for name in asked if name in seen.itself.answers}
    found = [
        f"{seen.titles.question(name)} {both(seen.titles.option(name, value) for value in said)}"
        for name, said in answers.items()
        if said
    ]
    return f" ({first_few(found[:NAMED], len(found))})" if found else ""
