"""One attempt of somebody at an exam: each item once, as far as it was handed in while the exam lasted."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, Self

from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from guidelint.checking.exam.grading import Graded, Standing
    from guidelint.language.form.sections.staff import Exam as Asked

_SLACK: Final = timedelta(minutes=1)
"""So much later than it was handed in an annotation may be stored again by the tool itself."""
_MOST_S: Final = 30 * 24 * 3600
"""Longest time that an item can have been open; what a tool counts beyond it is no time."""
_YEARS: Final = range(1990, 2200)
"""Years in which exams are taken: a time in another one is none."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one annotator handed in, each item once."""

    items: int
    """So many were to be done."""
    graded: tuple[Graded, ...]
    """The first of each item."""
    missing: int
    """Items that are not handed in."""
    minutes: float | None
    """From opening the first item to handing in the last; None: not told."""
    finished_at: datetime | None
    told: tuple[str, ...]
    """What was not done as it is meant."""

    @classmethod
    def of(cls, asked: Asked, drawn: Collection[str], graded: Iterable[Graded]) -> Self:
        """Tell what somebody did of the items that were drawn; ``graded``: all that they handed in."""
        first: dict[str, Graded] = {}
        again: dict[str, None] = {}
        for one in sorted(map(_dated, graded), key=_handed_in):
            if one.item in first:
                again[one.item] = None
            first.setdefault(one.item, one)
        items = max(asked.tasks, len({*drawn}))
        missing = items - len(first)
        times = [one.handed_in_at for one in first.values() if one.handed_in_at is not None]
        begun = _begun(first.values())
        finished = max(times, default=None) if not missing and len(times) == len(first) else None
        in_time = tuple(_in_time(one, begun, finished, asked.max_minutes) for one in first.values())
        minutes = (max(times) - begun).total_seconds() / 60 if begun is not None else None
        told = (f"item {item} was done more than once: the first counts" for item in again)
        return cls(items, in_time, missing, minutes, finished, tuple(told))

    @property
    def annotator_name(self) -> str:
        """What the annotator is called; empty: not told."""
        return next((one.annotator_name for one in self.graded if one.annotator_name), "")

    def count(self, standing: Standing) -> int:
        """Count the items that are right, wrong or not graded."""
        return sum(one.standing == standing for one in self.graded)


def _handed_in(one: Graded) -> tuple[float, str]:
    return (math.inf if one.handed_in_at is None else one.handed_in_at.timestamp()), one.task


def _dated(one: Graded) -> Graded:
    known = one.handed_in_at is None or one.handed_in_at.year in _YEARS
    return one if known else replace(one, handed_in_at=None)


def _begun(graded: Iterable[Graded]) -> datetime | None:
    """Tell when the first item was opened: when it was handed in, but for the time that the tool counted for it."""
    timed = [(one.handed_in_at, one.lead_time_s or 0.0) for one in graded if one.handed_in_at is not None]
    if not timed:
        return None
    at, lead_time_s = min(timed)
    return at - timedelta(seconds=min(max(lead_time_s, 0), _MOST_S))


def _in_time(one: Graded, begun: datetime | None, finished: datetime | None, max_minutes: float | None) -> Graded:
    if one.handed_in_at is None or begun is None:
        return _otherwise(one, "not graded", "it is not told when it was handed in")
    changed = max(one.handed_in_at, one.changed_at or one.handed_in_at)
    if max_minutes is not None and changed > begun + timedelta(minutes=max_minutes):
        took = number((changed - begun).total_seconds() / 60)
        return _otherwise(
            one, "wrong", f"it was handed in or changed after {took} minutes; {number(max_minutes)} may be taken"
        )
    if finished is not None and changed > finished + _SLACK:
        return _otherwise(one, "not graded", "it was changed after the exam was over")
    return one


def _otherwise(one: Graded, standing: Literal["wrong", "not graded"], reason: str) -> Graded:
    return one if one.standing == "wrong" else replace(one, standing=standing, reasons=(reason,))
