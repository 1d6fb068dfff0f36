"""In how many of the four quadrants about a landmark regions lie, as far as that can be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from guidelint.annotation.places import centre_of
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.landmarks.landmark import landmark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission

QuadrantName = Literal[
    "upper-left",
    "upper-right",
    "lower-left",
    "lower-right",
    "superior-nasal",
    "superior-temporal",
    "inferior-nasal",
    "inferior-temporal",
]
"""By the sides of the image; or by those of the body, nasal being towards a second landmark."""
QUADRANTS: Final = 4
OF_BODY: Final = ("nasal", "temporal")
"""Sides of quadrants that only a second landmark tells."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many quadrants hold enough regions: the fewest and the most that may be."""

    fewest: int
    most: int
    unknown: str = ""
    """Why it cannot be told more exactly."""


@dataclass(frozen=True, slots=True)
class Quadrants:
    """The quadrants about the landmarks of one submission."""

    submission: Submission
    about: str
    """Class of the landmark."""
    titles: Mapping[str, str]
    """Class → title."""
    among: tuple[QuadrantName, ...] = ()
    """Quadrants that count; none: all."""
    nasal_towards: str = ""
    """Class of a second landmark, on whose side of the first is nasal."""

    @property
    def count(self) -> int:
        """How many quadrants count."""
        return len(self.among) or QUADRANTS

    def spread(self, sure: Iterable[Region], doubtful: int, least: int) -> Spread:
        """Count the quadrants with at least so many regions; the doubtful may or may not be among them."""
        placed, unplaced, unknown = Counter[str](), 0, ""
        for region in sure:
            try:
                placed[self.name(region)] += 1
            except NotMeasurable as error:
                unplaced, unknown = unplaced + 1, unknown or str(error)
        counts = [placed[name] for name in self.among] or [*placed.values(), *[0] * (QUADRANTS - len(placed))]
        lacking = sorted(least - count for count in counts if count < least)
        full = self.count - len(lacking)
        fewest = full or int(not self.among and unplaced > sum(one - 1 for one in lacking))
        return Spread(fewest, full + _filled(lacking, unplaced + doubtful), unknown)

    def name(self, region: Region) -> str:
        """Name the quadrant in which the centre of a region lies; on a line: that to the right, or below.

        Raises NotMeasurable unless there is exactly one landmark, and where a shape has no pixels.
        """
        (x, y), (middle, level) = centre_of(region), self._centre(self.about, region)
        is_right, is_below = x >= middle, y >= level
        if not self.nasal_towards:
            return f"{'lower' if is_below else 'upper'}-{'right' if is_right else 'left'}"
        is_nasal = is_right == (self._centre(self.nasal_towards, region)[0] >= middle)
        return f"{'inferior' if is_below else 'superior'}-{'nasal' if is_nasal else 'temporal'}"

    def _centre(self, class_name: str, region: Region) -> tuple[float, float]:
        return centre_of(landmark(self.submission, region.image_index, class_name, self.titles))


def _filled(lacking: list[int], unplaced: int) -> int:
    """Put the unplaced where they fill as many quadrants as can be."""
    filled = 0
    for one in lacking:
        unplaced -= one
        if unplaced < 0:
            break
        filled += 1
    return filled
