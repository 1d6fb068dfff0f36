"""Which questions are always answered, and on regions of which classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.observed.proposal import Outcome, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.observed.facts import Observed

LEAST_ASKED = 0.03
"""Answered on a smaller share of the regions of a class, a question is none about that class."""


def asked_of(observed: Observed, question: str) -> tuple[str, ...]:
    """Tell of which classes a question is asked, by whose regions were answered; none: of the image."""
    if not observed.questions[question].of_regions:
        return ()
    shares = {key: _answered(observed, question, key) for key in observed.classes}
    return tuple(key for key, share in shares.items() if share >= LEAST_ASKED)


def propose(observed: Observed) -> Iterator[Proposal]:
    """Propose for each question that it must be answered."""
    for question, seen in observed.questions.items():
        of = asked_of(observed, question)
        if of or not seen.of_regions:
            yield _required(question, of)


def _answered(observed: Observed, question: str, key: str) -> float:
    regions = [question in one.answered for one in observed.by_class[key]]
    return sum(regions) / len(regions) if regions else 0.0


def _required(question: str, of: tuple[str, ...]) -> Proposal:
    def outcomes(observed: Observed) -> Iterator[Outcome]:
        asked = (one for one in observed.regions if one.class_key in of) if of else iter(observed.submissions)
        return (Outcome(one.place, question in one.answered, one.group) for one in asked)

    cases = "regions" if of else "submissions"
    return Proposal(("attributes", question, "required"), True, "answered", cases, outcomes)
