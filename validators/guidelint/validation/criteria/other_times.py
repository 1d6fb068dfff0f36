"""Whether criteria hold at other time points of a patient than the one that is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import not_
from typing import TYPE_CHECKING, Literal

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.settled import settled
from guidelint.validation.rule.wording import both, measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.validation.criteria.course import Course
    from guidelint.validation.criteria.criteria import AtOther, Criteria
    from guidelint.validation.criteria.seen import Seen
    from guidelint.validation.rule.condition import Between

BecauseOf = Callable[["Criteria", "Seen"], "str | None"]
"""Says by what criteria hold; None: they do not. Raises NotMeasurable where that cannot be told."""
Way = Literal["earlier", "later"]


def lies_since_baseline(limits: Between, seen: Seen) -> str | None:
    """Say how many days after the first time point it lies, if that is within limits."""
    course = _course(seen)
    days = course.days_to(course.points[0])
    return f"{_days(days)} since {course.points[0].name}" if limits.holds(days) else None


def holds_ever(criteria: Criteria, seen: Seen, because_of: BecauseOf) -> str | None:
    """Say at which time point they hold; None: at none."""

    def then(course: Course) -> str | None:
        because = because_of(criteria, seen.at(course))
        return None if because is None else f"at {course.now.name} {because}"

    return _first_told(partial(then, course) for course in _course(seen).every)


@dataclass(frozen=True, slots=True)
class Others:
    """The time points before or after the one that is asked, and what is asked of them."""

    wanted: AtOther
    seen: Seen
    because_of: BecauseOf
    way: Way

    def holds(self) -> str | None:
        """Say at which of them it is so; None: not as is asked. Raises NotMeasurable where that cannot be told."""
        course, which = _course(self.seen), self.wanted.which
        others = course.after if self.way == "later" else course.before
        counted = [one for one in others if one.now.is_there or not self.wanted.is_marked]
        if which == "any":
            return _first_told(partial(self._so_far_told, then) for then in counted)
        so_far = [then for then in counted if self._is_so_far(then)]
        chosen = {"every": so_far, "first": so_far[:1], "last": so_far[-1:]}[which]
        told = settled([partial(self._told, then) for then in chosen], not_)
        return both(filter(None, told)) if told and all(told) else None

    def _is_so_far(self, then: Course) -> bool:
        return self.wanted.days is None or self.wanted.days.holds(_course(self.seen).days_to(then.now))

    def _so_far_told(self, then: Course) -> str | None:
        return self._told(then) if self._is_so_far(then) else None

    def _told(self, then: Course) -> str | None:
        if self.wanted.is_marked:
            because = self.because_of(self.wanted, self.seen.at(then))
        else:
            because = None if then.now.is_there else "it is not marked"
        if because is None:
            return None
        days = self.wanted.days and _days(_course(self.seen).days_to(then.now))
        return f"at {then.now.name}{f', {days} {self.way},' if days else ''} {because}"


def _course(seen: Seen) -> Course:
    if seen.course is None:
        raise NotMeasurable("it depends on other time points of a patient, and none is asked")
    return seen.course


def _first_told(asks: Iterable[Callable[[], str | None]]) -> str | None:
    found = settled(asks, lambda because: because is not None)
    return found[-1] if found else None


def _days(count: int) -> str:
    return measure(count, "day" if count == 1 else "days")
