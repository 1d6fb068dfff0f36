"""Deriving an answer from others and from what is drawn: the value, and the arithmetic in words."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite
from typing import TYPE_CHECKING

from guidelint.annotation.region import Answer, as_number, option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.asked_when import answers_hold
from guidelint.validation.measured_in import DECIMALS, in_words, size_in
from guidelint.validation.rule.wording import both, measure, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.region import Region, Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.derivation import Derivation, FollowsFrom
    from guidelint.validation.measured_in import Size
    from guidelint.validation.question import Asked, Titles


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows."""

    value: Value
    """Key of an option, or a number."""
    because: str
    """The arithmetic, in words."""


class LeftOpen(NotMeasurable):
    """A question that need not be answered was not, so that nothing follows."""


@dataclass(frozen=True, slots=True)
class Derives:
    """Derives an answer for one region or image."""

    by: Derivation
    one: Asked
    submission: Submission
    titles: Titles

    def derived(self) -> Derived:
        """Derive it. Raises LeftOpen where nothing follows, NotMeasurable where that cannot be told."""
        if not self.by.terms and not self.by.parts:
            raise NotMeasurable("the guideline does not say what it follows from")
        match self.by.how:
            case "table":
                return self._looked_up()
            case "worst-of":
                return self._worst()
            case _:
                return self._added_up()

    def _added_up(self) -> Derived:
        """Add up points, numbers and measures, and find the band of the sum."""
        summands = [*self._points(), *self._measures()]
        total = round(sum(value for value, _ in summands), DECIMALS)
        told = " + ".join(words for _, words in summands) or "nothing"
        unit = "points" if self.by.how == "points" else self.by.unit
        area_mm2 = self._area_mm2()
        if area_mm2 is None:
            total = self._rounded(total)
            because = f"{told} = {measure(total, unit)}"
        else:
            total = self._rounded(round(total / area_mm2, DECIMALS))
            because = f"({told}) in {measure(round(area_mm2, 3), 'mm²')} = {number(total)} per mm²"
        return self._in_band(total, because) if self.by.bands else Derived(total, because)

    def _in_band(self, total: float, because: str) -> Derived:
        for band in self.by.bands:
            if band.limits.holds(total):
                return Derived(band.option, because)
        raise NotMeasurable(f"{because}, for which the guideline names no answer")

    def _rounded(self, total: float) -> float:
        steps = total / (self.by.step or 1)
        if not isfinite(steps):
            raise NotMeasurable("what it follows from adds up to no finite number")
        return round(floor(steps + 0.5) * self.by.step, DECIMALS) if self.by.step else total

    def _points(self) -> Iterator[tuple[float, str]]:
        """Take each question with what its answers count."""
        for term in self.by.terms:
            for value in self._answers(term):
                counts = self._counts(term, value)
                title, shown = self.titles.question(term.question), self.titles.option(term.question, value)
                yield counts, f"{title} {shown} {number(counts)}" if term.points else f"{title} {number(counts)}"

    def _counts(self, term: FollowsFrom, value: Value) -> float:
        if term.points:
            if (points := term.points.get(option(value))) is None:
                raise NotMeasurable(f"{self.titles.question(term.question)} {option(value)} counts no points")
            return points
        if (counts := as_number(value)) is None:
            raise NotMeasurable(f"the answer to “{self.titles.question(term.question)}” is no number")
        return counts

    def _measures(self) -> Iterator[tuple[float, str]]:
        for part in self.by.parts:
            regions = self._regions(part.classes)
            if part.measured == "count":
                titles = both(dict.fromkeys(region.class_title or str(region.class_name) for region in regions))
                yield float(len(regions)), f"{len(regions)} × {titles}" if regions else "0"
            else:
                yield from self._sizes(part.measured, regions)

    def _sizes(self, measured: Size, regions: tuple[Region, ...]) -> Iterator[tuple[float, str]]:
        for region in regions:
            size = size_in(region, measured, self.by.unit)
            yield size, f"{in_words(measured)} of {region.title} {number(round(size, 2))}"

    def _area_mm2(self) -> float | None:
        if not self.by.per_mm2_of:
            return None
        regions = self._regions(self.by.per_mm2_of)
        area_mm2 = sum(size_in(region, "area", "mm2") for region in regions)
        if not area_mm2:
            raise NotMeasurable("nothing is marked by whose area it could be divided")
        return area_mm2

    def _looked_up(self) -> Derived:
        """Look up the answer to which two others lead."""
        row, column = self.by.terms
        first, second = self._only(row), self._only(column)
        because = both(
            f"{self.titles.question(term.question)} {self.titles.option(term.question, value)}"
            for term, value in ((row, first), (column, second))
        )
        found = self.by.cells.get(first, {}).get(second)
        if found is None:
            raise NotMeasurable(f"for {because} the guideline names no answer")
        return Derived(found, because)

    def _only(self, term: FollowsFrom) -> str:
        said = tuple(dict.fromkeys(map(option, self._answers(term))))
        if len(said) != 1:
            which = "several answers" if said else "no answer"
            raise NotMeasurable(f"“{self.titles.question(term.question)}” has {which}, and one is wanted")
        return said[0]

    def _worst(self) -> Derived:
        """Take the highest step that was answered."""
        said = [(term, option(value)) for term in self.by.terms for value in self._answers(term)]
        if not said:
            raise LeftOpen("none of the questions that it follows from is asked here")
        for term, step in said:
            if step not in self.by.steps:
                title = self.titles.question(term.question)
                raise NotMeasurable(f"{title} {self.titles.option(term.question, step)} is no step of it")
        term, worst = max(said, key=lambda one: self.by.steps.index(one[1]))
        title, shown = self.titles.question(term.question), self.titles.option(term.question, worst)
        return Derived(worst, f"{title} {shown} is the highest of {len(said)}" if said[1:] else f"{title} {shown}")

    def _answers(self, term: FollowsFrom) -> Iterator[Value]:
        """List the answers to a question, at everything that is asked it; what is not asked there says nothing."""
        for answers in self._places(term):
            answer = answers.get(term.question)
            said = tuple(dict.fromkeys(answer.said)) if answer else ()
            if not said:
                self._explain_missing(term, answers)
            yield from said

    def _explain_missing(self, term: FollowsFrom, answers: Mapping[str, Answer]) -> None:
        """Raise unless a question is not asked here."""
        title = self.titles.question(term.question)
        if not term.required:
            raise LeftOpen(f"it follows from the answer to “{title}”, which was left open")
        if answers_hold(term.when, term.when_number, answers):
            raise NotMeasurable(f"it follows from the answer to “{title}”, which is missing")

    def _places(self, term: FollowsFrom) -> Iterator[Mapping[str, Answer]]:
        """Find whoever is asked a question: the same region or image, what is around it, or the regions on it."""
        if not term.of:
            yield {**self.one.around, **self.one.answers}
            return
        for region in self._regions(term.of):
            yield {**self.submission.answers_around(region), **region.answers}

    def _regions(self, classes: tuple[str, ...]) -> tuple[Region, ...]:
        """Give the region that is asked, or those on the image that is, as far as they are of the classes."""
        around = self.one.regions or filter(self.one.is_on_image, self.submission.regions)
        return tuple(region for region in around if region.class_name in classes)
