"""In how many of the four quadrants about a landmark regions lie, as far as that can be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.annotation.places import centre_of
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.landmarks.landmark import landmark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission

QUADRANTS: Final = 4
Quadrant = tuple[bool, bool]
"""Whether it lies to the right of the landmark, and whether below it."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many quadrants hold enough regions: the fewest and the most that may be."""

    fewest: int
    most: int
    unknown: str = ""
    """Why it cannot be told more exactly."""


def quadrant(region: Region, submission: Submission, about: str, titles: Mapping[str, str]) -> Quadrant:
    """Tell in which quadrant about the landmark of its image the centre of a region lies; on a line: right, or below.

    Raises NotMeasurable unless there is exactly one landmark, and where a shape has no pixels.
    """
    (x, y), (mark_x, mark_y) = centre_of(region), centre_of(landmark(submission, region.image_index, about, titles))
    return x >= mark_x, y >= mark_y


@dataclass(frozen=True, slots=True)
class Quadrants:
    """The quadrants about the landmarks of one submission."""

    submission: Submission
    about: str
    """Class of the landmark."""
    titles: Mapping[str, str]
    """Class → title."""

    def spread(self, sure: Iterable[Region], doubtful: int, least: int) -> Spread:
        """Count the quadrants with at least so many regions; the doubtful may or may not be among them."""
        placed, unplaced, unknown = Counter[Quadrant](), 0, ""
        for region in sure:
            try:
                placed[quadrant(region, self.submission, self.about, self.titles)] += 1
            except NotMeasurable as error:
                unplaced, unknown = unplaced + 1, unknown or str(error)
        lacking = sorted(least - count for count in placed.values() if count < least)
        lacking += [least] * (QUADRANTS - len(placed))
        full = QUADRANTS - len(lacking)
        return Spread(_fewest(full, lacking, unplaced), full + _filled(lacking, unplaced + doubtful), unknown)


def _fewest(full: int, lacking: list[int], unplaced: int) -> int:
    """Put the unplaced where they fill as few quadrants as can be: one that is full, else below what is lacking."""
    room = sum(one - 1 for one in lacking)
    return full or int(unplaced > room)


def _filled(lacking: list[int], unplaced: int) -> int:
    """Put the unplaced where they fill as many quadrants as can be."""
    filled = 0
    for one in lacking:
        unplaced -= one
        if unplaced < 0:
            break
        filled += 1
    return filled
