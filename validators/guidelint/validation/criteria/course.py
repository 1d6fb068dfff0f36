"""The time points of a patient, or of one of its objects, of which criteria ask one beside the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.image_fact import remedy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.validation.follows_from import FollowsFrom
    from guidelint.validation.question import Asked

NOT_KNOWN: Final = date.min
"""Stands for the day of a study where it is not known."""
NO_DAY: Final = remedy("Study Date (0008,0020)", "study_date")


@dataclass(frozen=True, slots=True)
class TimePoint:
    """What is known at one time point."""

    name: str
    """How people call it: a name, or a day."""
    day: date
    """The day of its first study; ``NOT_KNOWN`` where it is not known."""
    one: Asked
    """The answers there."""
    terms: tuple[FollowsFrom, ...]
    """The questions in the criteria, as they are asked there."""
    not_asked: frozenset[str] = frozenset()
    """Questions among them that have no answer there yet, since they tell a change."""
    is_there: bool = True
    """Of an object: whether it is marked there."""


@dataclass(frozen=True, slots=True)
class Course:
    """Time points in their order, of which one is asked."""

    points: Sequence[TimePoint]
    at: int

    @property
    def now(self) -> TimePoint:
        """The one that is asked."""
        return self.points[self.at]

    @property
    def before(self) -> Iterator[Course]:
        """Those before it, the first of all first."""
        return (replace(self, at=at) for at in range(self.at))

    @property
    def after(self) -> Iterator[Course]:
        """Those after it, the next first."""
        return (replace(self, at=at) for at in range(self.at + 1, len(self.points)))

    @property
    def every(self) -> Iterator[Course]:
        """All of them."""
        return (replace(self, at=at) for at in range(len(self.points)))

    def days_to(self, other: TimePoint) -> int:
        """Count the days between it and another. Raises NotMeasurable where a day is not known."""
        for point in (self.now, other):
            if point.day == NOT_KNOWN:
                raise NotMeasurable(f"the day of {point.name} is not known; {NO_DAY}")
        return abs((self.now.day - other.day).days)
