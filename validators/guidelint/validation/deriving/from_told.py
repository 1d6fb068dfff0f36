"""Deriving an answer from others that are told of the same series, study or patient."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.criteria.course import NOT_KNOWN, Course, TimePoint
from guidelint.validation.deriving.derives import derived
from guidelint.validation.deriving.first_of import OTHERWISE
from guidelint.validation.deriving.follows import Derived, Follows
from guidelint.validation.deriving.given import Given
from guidelint.validation.deriving.over_several import OverSeveral
from guidelint.validation.deriving.over_time import FIRST, changes
from guidelint.validation.question import Asked, Titles
from guidelint.validation.rule.left_open import LeftOpen, NothingBefore
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from guidelint.validation.derivation import Derivation, ToldSource
    from guidelint.validation.deriving.pieces import Pieces

NOT_TOLD = " does not follow: "
Known = dict[str, Follows]
"""Question → what follows."""


@dataclass(frozen=True, slots=True)
class Told:
    """Answers questions that are told of a series, a study or a patient, there at each of its time points."""

    points: Mapping[str, Sequence[Pieces]]
    """Time point → what counts there; what is told of no time point is one."""
    titles: Titles
    days: Mapping[str, date] = field(default_factory=dict[str, date])
    """Time point → its day."""

    def answers(self, by: Derivation, sources: Sequence[ToldSource]) -> list[tuple[str, Follows]]:
        """Answer one question at each time point, after all from which it follows, each after those of its own."""
        found: list[Known] = [{} for _ in self.points]
        over_time = set[str]()
        for number, source in enumerate(sources):
            contributed = {point: [one.of_sources[number] for one in pieces] for point, pieces in self.points.items()}
            if source.change is not None:
                answers = [*changes(source.change, contributed, self.titles)]
            else:
                answers = self._following(source.derivation, found, contributed, over_time)
            if source.change is not None or is_over_time(source.derivation, over_time):
                over_time.add(source.question)
                answers = [NothingBefore(FIRST), *answers[1:]]
            for known, answer in zip(found, answers, strict=True):
                known[source.question] = answer
        return [*zip(self.points, self._following(by, found, self.points, over_time), strict=True)]

    def _following(
        self,
        by: Derivation,
        found: Sequence[Known],
        contributed: Mapping[str, Sequence[Pieces]],
        over_time: AbstractSet[str],
    ) -> list[Follows]:
        """Give at each time point what follows, from answers that are told, or else from what counts in the tasks."""
        if not (by.terms and all(term.question in known for known in found for term in by.terms)):
            return [_followed(by, OverSeveral(by, pieces).derived) for pieces in contributed.values()]
        points = [self._point(by, at, known) for at, known in zip(self.points, found, strict=True)]
        points[0] = replace(points[0], not_asked=frozenset(over_time))
        asks = [partial(_from_told, by, Course(points, at), found, self.titles) for at in range(len(points))]
        return [_followed(by, ask) for ask in asks]

    def _point(self, by: Derivation, point: str, known: Known) -> TimePoint:
        answers = {name: Answer(name, (one.value,)) for name, one in known.items() if isinstance(one, Derived)}
        terms = tuple(
            term.model_copy(update={"required": not isinstance(known[term.question], LeftOpen)}) for term in by.terms
        )
        return TimePoint(point, self.days.get(point, NOT_KNOWN), Asked((), answers), terms)


def is_over_time(by: Derivation, others: AbstractSet[str]) -> bool:
    """Whether nothing follows at the first time point: it compares with others, or goes by one that does."""
    criteria = [way.criteria for way in by.first_of if way.criteria is not None]
    if not by.first_of:
        return not others.isdisjoint(term.question for term in by.terms)
    return any(one.names_other_times or not others.isdisjoint(one.questions_now) for one in criteria)


def _followed(by: Derivation, ask: Callable[[], Derived]) -> Follows:
    try:
        return ask()
    except LeftOpen as error:
        return Derived(by.left_open, str(error)) if by.left_open else error
    except NotMeasurable as error:
        return error


def _from_told(by: Derivation, course: Course, found: Sequence[Known], titles: Titles) -> Derived:
    """Derive it from answers that are told, as from those about an image."""
    now, nobody = course.now, Submission("", "", None, ImageFacts())
    names_times = any(way.criteria is not None and way.criteria.names_times for way in by.first_of)
    known = (found[course.at], *(found[1:] if names_times else ()))
    try:
        follows = derived(by.model_copy(update={"terms": now.terms}), Given(now.one, nobody, titles, course))
    except LeftOpen as error:
        raise LeftOpen(next(filter(None, (_open(by, one, titles) for one in known)), str(error))) from error
    except NotMeasurable as error:
        raise NotMeasurable(next(filter(None, (_reason(by, one) for one in known)), str(error))) from error
    is_bare = follows.because == OTHERWISE and not names_times
    return replace(follows, because=_all(by, now.one.answers, titles)) if is_bare else follows


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
