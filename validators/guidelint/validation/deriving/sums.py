"""Sums of points, numbers, measures and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.follows import NONE_ASKED
from guidelint.validation.deriving.number import in_band, rounded
from guidelint.validation.measured_in import DECIMALS, in_words, size_in
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.wording import both, measure, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.follows import Derived
    from guidelint.validation.deriving.given import Given
    from guidelint.validation.measured_in import Size


@dataclass(frozen=True, slots=True)
class Sum:
    """Adds up points, numbers and measures."""

    by: Derivation
    given: Given

    def derived(self) -> Derived:
        """Add them up, divide by an area if that is asked for, and find the band of the sum.

        Raises LeftOpen where nothing is measured and no question is asked.
        """
        if not self.by.parts and self.given.asks_nobody(self.by.terms):
            raise LeftOpen(NONE_ASKED)
        summands = [*self._points(), *self._measures()]
        total = round(sum(value for value, _ in summands), DECIMALS)
        told = " + ".join(words for _, words in summands) or "nothing"
        unit = "points" if self.by.how == "points" else self.by.unit
        area_mm2 = self._area_mm2()
        if area_mm2 is None:
            total = rounded(self.by, total)
            because = f"{told} = {measure(total, unit)}"
        else:
            total = rounded(self.by, round(total / area_mm2, DECIMALS))
            because = f"({told}) in {measure(round(area_mm2, 3), 'mm²')} = {number(total)} per mm²"
        return in_band(self.by, total, because)

    def _points(self) -> Iterator[tuple[float, str]]:
        """Take each question with what its answers count."""
        for term in self.by.terms:
            for value in self.given.answers(term):
                counts = self.given.counts(term, value)
                answered = self.given.answered(term, value) if term.points else self.given.question(term)
                yield counts, f"{answered} {number(counts)}"

    def _measures(self) -> Iterator[tuple[float, str]]:
        for part in self.by.parts:
            regions = self.given.regions(part.classes)
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
        regions = self.given.regions(self.by.per_mm2_of)
        area_mm2 = sum(size_in(region, "area", "mm2") for region in regions)
        if not area_mm2:
            raise NotMeasurable("nothing is marked by whose area it could be divided")
        return area_mm2
