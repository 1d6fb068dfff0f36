"""The numbers of one object at the time points of a patient, and the option to which their change leads."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from guidelint.annotation.region import Answer
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.change import AtTime, Change
from guidelint.validation.deriving.derives import derived
from guidelint.validation.deriving.follows import Derived
from guidelint.validation.deriving.given import Given
from guidelint.validation.deriving.steps import shown_steps, step_of
from guidelint.validation.measured_in import DECIMALS, converted, size_in
from guidelint.validation.question import Asked
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.derivation import ChangeBand, ChangeOfObject, Derivation, Followed
    from guidelint.validation.follows_from import FollowsFrom
    from guidelint.validation.question import Titles


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is known of an object on one image."""

    known: dict[str, float]
    """Question → number."""
    missing: dict[str, str]
    """Question that must be answered, or measure → why it is not known."""
    unasked: frozenset[str] = frozenset()
    """Questions that are not asked of it there."""


@dataclass(frozen=True, slots=True)
class OnImage:
    """Takes the numbers of an object off one region."""

    region: Region
    submission: Submission
    titles: Titles

    def numbers(self, followed: Sequence[Followed]) -> Numbers:
        """Take those that are followed, and those from which they follow."""
        known: dict[str, float] = {}
        missing: dict[str, str] = {}
        asked, unasked = Asked.of(self.region, self.submission), set[str]()
        for one in followed:
            try:
                known.update(self._measured(one))
            except LeftOpen:
                continue  # what may be left open was, so that nothing follows on this image
            except NotMeasurable as error:
                missing[one.asked.question] = str(error)
        steps = {one.asked.question: one.steps for one in followed}
        for term in entered(followed):
            try:
                if term.is_asked(asked, self.submission):
                    known.update(self._answered(term, asked, steps.get(term.question, ())))
                else:
                    unasked.add(term.question)
            except NotMeasurable as error:
                missing[term.question] = str(error)
        return Numbers(known, missing, frozenset(unasked))

    def _measured(self, one: Followed) -> Iterator[tuple[str, float]]:
        if _is_worked_out(one):
            yield from self._derived(one)
            return
        for part in one.derivation.parts if one.derivation else ():
            if self.region.class_name in part.classes and part.measured != "count":
                yield one.asked.question, size_in(self.region, part.measured, one.asked.unit)

    def _derived(self, one: Followed) -> Iterator[tuple[str, float]]:
        """Derive a step, or a number, that nobody enters, after what it follows from."""
        asked = Asked.of(self.region, self.submission)
        for helper in one.helpers:
            value = derived(helper.derivation, Given(asked, self.submission, self.titles)).value
            asked = asked._replace(answers={**asked.answers, helper.question: Answer(helper.question, (value,))})
        if one.derivation is not None:
            value = derived(one.derivation, Given(asked, self.submission, self.titles)).value
            if (number := step_of(value, one.steps)) is not None:
                yield one.asked.question, number

    def _answered(self, term: FollowsFrom, asked: Asked, steps: Sequence[str]) -> Iterator[tuple[str, float]]:
        answer = asked.in_sight.get(term.question)
        numbers = [number for value in (answer.said if answer else ()) if (number := step_of(value, steps)) is not None]
        if numbers:
            yield term.question, max(numbers)
        elif term.required:
            raise NotMeasurable(f"the answer to “{self.titles.question(term.question)}” is missing")


def _is_worked_out(one: Followed) -> bool:
    """Whether it is derived on each image by itself: a step, points, or what follows from such."""
    by = one.derivation
    return by is not None and bool(one.steps or one.helpers or by.how == "points")


def entered(followed: Sequence[Followed]) -> tuple[FollowsFrom, ...]:
    """List the questions whose answers count, each once."""
    alone = (one for one in followed if not _is_worked_out(one))
    terms = (term for one in alone for term in (one.derivation.terms if one.derivation else (one.asked,)))
    return tuple({term.question: term for term in terms}.values())


@dataclass(frozen=True, slots=True)
class AtPoint:
    """An object at one time point, on all of its images."""

    point: str
    images: Sequence[Numbers]

    def asks(self, one: Followed) -> bool:
        """Whether a number is asked of it, on any of its images."""
        return not any(all(term.question in image.unasked for image in self.images) for term in entered([one]))

    def number(self, one: Followed) -> float:
        """Give a number. Raises NotMeasurable where it must be there and is not, LeftOpen where it may be left out."""
        if one.derivation is None or one.derivation.how != "product":
            return self._largest(one.asked.question)
        return self._product(one.derivation)

    def _product(self, by: Derivation) -> float:
        factors = [self._largest(term.question) for term in by.terms]
        product, _ = converted(prod(factors) * (by.times or 1), [term.unit for term in by.terms], by.unit)
        return round(product, DECIMALS)

    def _largest(self, question: str) -> float:
        """Give the largest on any of its images: measured in two planes, it counts with the larger."""
        known = [one.known[question] for one in self.images if question in one.known]
        if known:
            return max(known)
        reason = next((one.missing[question] for one in self.images if question in one.missing), "")
        raise NotMeasurable(reason) if reason else LeftOpen(question)


@dataclass(frozen=True, slots=True)
class ChangeOfNumbers:
    """The numbers of an object at a time point, beside those before."""

    by: ChangeOfObject
    now: AtPoint
    before: Sequence[AtPoint]
    titles: Titles

    def derived(self) -> Derived:
        """Find the first option whose limits hold.

        Raises LeftOpen where nothing follows since a number may be left out and was, NotMeasurable where a number is
        missing, or no limits hold.
        """
        if not self._numbers():
            raise LeftOpen(f"{both(map(self._titled, self.by.numbers))} is not asked of it")
        in_doubt: list[tuple[str, NotMeasurable]] = []
        for band in self.by.bands:
            try:
                holding = self._holding(band)
            except NotMeasurable as error:
                in_doubt.append((band.option, error))
                continue
            if holding is not None:
                _raise_first([error for option, error in in_doubt if option != band.option])
                return Derived(band.option, self._told(holding))
        _raise_first([error for _, error in in_doubt])
        raise NotMeasurable(f"{self._told(self._numbers())}, for which the guideline names no answer")

    def _holding(self, band: ChangeBand) -> Sequence[Followed] | None:
        """List the numbers by which a band holds; None: it does not. Raises NotMeasurable where that cannot be told."""
        numbers = self._numbers(band)
        if not band.has_limits:
            return numbers
        if not numbers:
            return None
        wanted = band.in_at_least or len(numbers)
        holding: list[Followed] = []
        unknown: list[NotMeasurable] = []
        for one in numbers:
            try:
                if self._change(one).holds(band):
                    holding.append(one)
            except NotMeasurable as error:
                unknown.append(error)
        if len(holding) >= wanted:
            return holding
        if len(holding) + len(unknown) < wanted:
            return None
        _raise_first(unknown)
        return None

    def _numbers(self, band: ChangeBand | None = None) -> Sequence[Followed]:
        """List the numbers that a band compares, but for those that were asked at no time point so far."""
        named = (one for one in self.by.numbers if band is None or not band.of or one.asked.question in band.of)
        return [one for one in named if any(point.asks(one) for point in (self.now, *self.before))]

    def _change(self, one: Followed) -> Change:
        try:
            now = AtTime(self.now.point, self.now.number(one))
        except LeftOpen as error:
            is_open = self.now.asks(one)
            why = "was left open" if is_open else "is not asked of it, though it was before"
            raise LeftOpen(f"“{self.titles.question(str(error))}” {why}") from error
        before = [*self._known(one)]
        if not before:
            is_open = any(point.asks(one) for point in self.before)
            raise LeftOpen(f"{self._titled(one)} {'was left open' if is_open else 'was not asked of it'} before")
        name, shown = one.asked.question, shown_steps(one.asked.question, one.steps, self.titles)
        return Change(now, before, one.asked.unit, self.titles.question(name), shown)

    def _titled(self, one: Followed) -> str:
        return f"“{self.titles.question(one.asked.question)}”"

    def _known(self, one: Followed) -> Iterator[AtTime]:
        """Give the number at each time point before at which it was not left out."""
        for point in self.before:
            try:
                yield AtTime(point.point, point.number(one))
            except LeftOpen:
                continue
            except NotMeasurable as error:
                raise NotMeasurable(f"at {point.point} {error}") from error

    def _told(self, numbers: Sequence[Followed]) -> str:
        """Write how each number changed, as far as that is known."""
        told: list[str] = []
        for one in numbers:
            try:
                told.append(self._change(one).told())
            except NotMeasurable:
                continue
        return "; ".join(told)


def _raise_first(errors: Sequence[NotMeasurable]) -> None:
    """Raise what must be told, or else that something was left out."""
    for error in sorted(errors, key=lambda error: isinstance(error, LeftOpen)):
        raise error
