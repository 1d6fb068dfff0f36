"""Deriving an answer from others that are told of the same series, study or patient."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.deriving.derives import derived
from guidelint.validation.deriving.first_of import OTHERWISE
from guidelint.validation.deriving.follows import Derived, Follows
from guidelint.validation.deriving.given import Given
from guidelint.validation.deriving.over_several import OverSeveral
from guidelint.validation.deriving.over_time import changes
from guidelint.validation.question import Asked, Titles
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from guidelint.validation.derivation import Derivation, ToldSource
    from guidelint.validation.deriving.pieces import Pieces

NOT_TOLD = " does not follow: "
Known = dict[str, Follows]
"""Question → what follows."""


def answers_at(
    points: Mapping[str, Sequence[Pieces]], sources: Sequence[ToldSource], titles: Titles
) -> list[tuple[str, Known]]:
    """Answer at each time point every question from which others follow, each after those that its own follows from.

    What is told of no time point is one.
    """
    found: list[Known] = [{} for _ in points]
    for number, source in enumerate(sources):
        contributed = {point: [one.of_sources[number] for one in pieces] for point, pieces in points.items()}
        for known, answer in zip(found, _answers(source, contributed, found, titles), strict=True):
            known[source.question] = answer
    return [*zip(points, found, strict=True)]


def _answers(
    source: ToldSource, contributed: Mapping[str, Sequence[Pieces]], found: Sequence[Known], titles: Titles
) -> Iterable[Follows]:
    if source.change is not None:
        return changes(source.change, contributed, titles)
    return (
        follows_from(source.derivation, known, pieces, titles)
        for known, pieces in zip(found, contributed.values(), strict=True)
    )


def follows_from(by: Derivation, known: Known, pieces: Sequence[Pieces], titles: Titles) -> Follows:
    """Give what follows from answers that are told, else from what counts in the tasks; or why nothing does."""
    is_told = bool(by.terms) and all(term.question in known for term in by.terms)
    try:
        return _from_told(by, known, titles) if is_told else OverSeveral(by, pieces).derived()
    except LeftOpen as error:
        return Derived(by.left_open, str(error)) if by.left_open else error
    except NotMeasurable as error:
        return error


def _from_told(by: Derivation, known: Known, titles: Titles) -> Derived:
    """Derive it from answers that are told, as from those about an image."""
    answers = {name: Answer(name, (one.value,)) for name, one in known.items() if isinstance(one, Derived)}
    terms = tuple(
        term.model_copy(update={"required": not isinstance(known.get(term.question), LeftOpen)}) for term in by.terms
    )
    nobody = Submission("", "", None, ImageFacts())
    try:
        follows = derived(by.model_copy(update={"terms": terms}), Given(Asked((), answers), nobody, titles))
    except LeftOpen as error:
        raise LeftOpen(_open(by, known, titles) or str(error)) from error
    except NotMeasurable as error:
        raise NotMeasurable(_reason(by, known) or str(error)) from error
    return replace(follows, because=_all(by, answers, titles)) if follows.because == OTHERWISE else follows


def _all(by: Derivation, answers: Mapping[str, Answer], titles: Titles) -> str:
    """Name all answers, where none alone decides."""
    given = ((term.question, answers[term.question]) for term in by.terms if term.question in answers)
    named = (f"{titles.question(name)} {titles.option(name, answer.values[0])}" for name, answer in given)
    return both(tuple(named))


def _open(by: Derivation, known: Known, titles: Titles) -> str:
    """Say which of the answers does not follow, and why; of several in a row the last."""
    for term in by.terms:
        if isinstance(one := known[term.question], LeftOpen):
            reason = str(one)
            return reason if NOT_TOLD in reason else f"“{titles.question(term.question)}”{NOT_TOLD}{reason}"
    return ""


def _reason(by: Derivation, known: Known) -> str:
    """Say why one of the answers cannot be told."""
    untold = (known[term.question] for term in by.terms)
    reasons = (str(one) for one in untold if isinstance(one, NotMeasurable) and not isinstance(one, LeftOpen))
    return next(reasons, "")
