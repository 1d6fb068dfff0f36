"""The answers and regions from which an answer is derived, for one region or image that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.annotation.each_once import each_once
from guidelint.annotation.region import as_number, option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.criteria.seen import Seen
from guidelint.validation.question import Asked
from guidelint.validation.rule.left_open import LeftOpen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region, Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.criteria.course import Course
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.follows_from import FollowsFrom
    from guidelint.validation.question import Titles


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered and drawn around one region or image that is asked."""

    one: Asked
    submission: Submission
    titles: Titles
    course: Course | None = None
    """The time points of a patient, of which one is asked; None: it is none."""

    def answers(self, term: FollowsFrom) -> Iterator[Value]:
        """List the answers to a question, at everything that is asked it; what is not asked there says nothing."""
        for one in self._places(term):
            if not term.is_asked(one, self.submission):
                continue
            answer = one.in_sight.get(term.question)
            said = tuple(dict.fromkeys(answer.said)) if answer else ()
            if not said:
                raise self._missing(term)
            yield from said

    def asks_nobody(self, terms: tuple[FollowsFrom, ...]) -> bool:
        """Whether there is someone to whom a question could be put, and none is; no region is nobody to be asked."""
        is_asked = [term.is_asked(one, self.submission) for term in terms for one in self._places(term)]
        return bool(is_asked) and not any(is_asked)

    def only(self, term: FollowsFrom) -> str:
        """Give the one option that was chosen."""
        return option(self.only_value(term))

    def only_value(self, term: FollowsFrom) -> Value:
        """Give the one answer. Raises LeftOpen where it is not asked, NotMeasurable where there are several."""
        said = tuple({option(value): value for value in self.answers(term)}.values())
        if not said:
            raise LeftOpen(f"it follows from the answer to “{self.question(term)}”, which is not asked here")
        if said[1:]:
            raise NotMeasurable(f"“{self.question(term)}” has several answers, and one is wanted")
        return said[0]

    def regions(self, classes: tuple[str, ...]) -> tuple[Region, ...]:
        """Give the region that is asked, or those on the image that is, as far as they are of the classes."""
        around = self.one.regions or filter(self.one.is_on_image, self.submission.regions)
        return tuple(each_once(region for region in around if region.class_name in classes))

    def measured(self, by: Derivation, classes: tuple[str, ...]) -> tuple[Region, ...]:
        """Give those regions that count where a derivation measures them. Raises like a condition."""
        regions, which = self.regions(classes), by.which
        if which is None:
            return regions
        seen = Seen(self.one, self.submission, self.titles, by.asked)
        return tuple(region for region in regions if which.holds(seen.of(region)))

    def question(self, term: FollowsFrom) -> str:
        """Name a question as annotators see it."""
        return self.titles.question(term.question)

    def answered(self, term: FollowsFrom, value: Value) -> str:
        """Name a question and what was answered, as annotators see them."""
        return f"{self.question(term)} {self.titles.option(term.question, value)}"

    def counts(self, term: FollowsFrom, value: Value) -> float:
        """Give the points of an option, or the number that was answered."""
        if term.points:
            if (points := term.points.get(option(value))) is None:
                raise NotMeasurable(f"{self.question(term)} {option(value)} counts no points")
            return points
        if (number := as_number(value)) is None:
            raise NotMeasurable(f"the answer to “{self.question(term)}” is no number")
        return number

    def _missing(self, term: FollowsFrom) -> NotMeasurable:
        """Say that a question is not answered: nothing follows where it need not be."""
        follows = f"it follows from the answer to “{self.question(term)}”, which"
        return NotMeasurable(f"{follows} is missing") if term.required else LeftOpen(f"{follows} was left open")

    def _places(self, term: FollowsFrom) -> Iterator[Asked]:
        """Find whoever is asked a question: the same region or image, what is around it, or the regions on it."""
        if not term.of:
            yield self.one
            return
        for region in self.regions(term.of):
            asked = Asked.of(region, self.submission)
            yield asked if self.one.regions else asked.alone  # each image that is asked has its own regions
