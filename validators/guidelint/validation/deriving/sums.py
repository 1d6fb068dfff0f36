"""Sums of points, numbers, measures and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.validation.deriving.follows import NONE_ASKED
from guidelint.validation.deriving.told import kinds_told
from guidelint.validation.deriving.total import Summand, total_of
from guidelint.validation.measured_in import in_words, size_in
from guidelint.validation.rule.left_open import LeftOpen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.follows import Derived
    from guidelint.validation.deriving.given import Given
    from guidelint.validation.measured_in import SizeOrVolume


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
        return total_of(self.by, summands, self._areas_mm2())

    def _points(self) -> Iterator[Summand]:
        """Take each question with what its answers count."""
        for term in self.by.terms:
            for value in self.given.answers(term):
                counts = self.given.counts(term, value)
                answered = self.given.answered(term, value) if term.points else self.given.question(term)
                yield Summand(counts, answered)

    def _measures(self) -> Iterator[Summand]:
        for part in self.by.parts:
            regions = self.given.measured(self.by, part.classes)
            if part.measured == "count":
                told = f"{len(regions)} × {kinds_told(regions)}" if regions else "0"
                yield Summand(float(len(regions)), told, is_count=True)
            else:
                yield from self._sizes(part.measured, regions)

    def _sizes(self, measured: SizeOrVolume, regions: tuple[Region, ...]) -> Iterator[Summand]:
        for region in regions:
            yield Summand(size_in(region, measured, self.by.unit), f"{in_words(measured)} of {region.title}")

    def _areas_mm2(self) -> Iterator[float]:
        for region in self.given.regions(self.by.per_mm2_of):
            yield size_in(region, "area", "mm2")
