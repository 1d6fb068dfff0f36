"""What came of an exam for each who took it: passed or not, why, and what they may mark until when."""

from __future__ import annotations

import math
from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping  # noqa: TC003 - results are read back from JSON
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from guidelint.annotation.qualification import Qualification
from guidelint.checking.exam.grading import Graded  # noqa: TC001 - results are read back from JSON
from guidelint.checking.exam.item import draw_in, exam_id
from guidelint.validation.rule.wording import number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.checking.exam.known_item import Paper

Outcome = Literal["passed", "failed", "undecided", "unfinished"]
"""undecided: what could not be graded decides. unfinished: items are lacking; nothing is told to annotators then."""
_SLACK: Final = timedelta(minutes=1)
"""So much later than it was handed in an annotation may be stored again by the tool itself."""
_ROUNDING: Final = 1e-9
_MOST_S: Final = 30 * 24 * 3600
"""Longest time that an item can have been open; what a tool counts beyond it is no time."""
_YEARS: Final = range(1990, 2200)
"""Years in which exams are taken: a time in another one is none."""


@dataclass(frozen=True, slots=True)
class OfClass:
    """How many items that examine in a class are right."""

    items: int
    right: int
    min_share: float | None = None
    """Its own pass mark; None: it has none."""

    @property
    def is_passed(self) -> bool:
        """Whether its own pass mark is reached."""
        return self.min_share is None or (self.items > 0 and self.right >= _least(self.min_share, self.items))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attempt of somebody."""

    guideline: str
    version: str
    role: str
    exam: str
    annotator: str
    """Empty: it is not told who took it."""
    annotator_name: str
    attempt: int
    outcome: Outcome
    reasons: tuple[str, ...]
    items: int
    right: int
    wrong: int
    not_graded: int
    missing: int
    classes: Mapping[str, OfClass]
    minutes: float | None
    """From opening the first item to handing in the last; None: not told."""
    finished_at: datetime | None
    qualification: Qualification | None
    """What it says that they may mark; None: they have not passed."""
    graded: tuple[Graded, ...]
    """The items one by one; of one that was done several times the first."""


@dataclass(frozen=True)
class Taken:
    """An exam that was taken, as its tasks say."""

    exam: Paper
    id: str
    """Which exam it was."""
    items: Sequence[str]
    """Its items, whether anybody did them or not."""

    @property
    def is_whole(self) -> bool:
        """Whether these are the items that were drawn, all of them and no other."""
        return exam_id(self.exam.guideline, self.exam.role_name, self.items, draw_in(self.id)) == self.id

    def results(self, graded: Iterable[Graded], earlier: Mapping[str, int] | None = None) -> Iterator[Result]:
        """Tell what came of it for each who took it. ``earlier``: annotator → attempts before this one."""
        by: dict[str, list[Graded]] = defaultdict(list)
        for one in graded:
            by[one.annotator or ""].append(one)
        for annotator, theirs in sorted(by.items()):
            yield self.result(annotator, theirs, (earlier or {}).get(annotator, 0) + 1)

    def result(self, annotator: str, graded: Iterable[Graded], attempt: int = 1) -> Result:
        """Tell what came of one attempt of somebody; ``graded``: all that they handed in."""
        sheet = _Sheet.of(self, graded)
        outcome, reasons = self._outcome(sheet, annotator, attempt)
        classes = self._classes(sheet)
        not_for = tuple(name for name, one in classes.items() if not one.is_passed)
        if outcome == "passed" and {*not_for} >= {*self.exam.classes}:
            outcome = "failed"
        told = (*reasons, *(_of_class(name, one) for name, one in classes.items() if not one.is_passed), *sheet.told)
        guideline = self.exam.plan.guideline
        passed = outcome == "passed" and sheet.finished_at is not None
        return Result(
            guideline=guideline.name,
            version=guideline.version,
            role=self.exam.role_name,
            exam=self.id,
            annotator=annotator,
            annotator_name=next((one.annotator_name for one in sheet.graded if one.annotator_name), ""),
            attempt=attempt,
            outcome=outcome,
            reasons=told,
            items=sheet.items,
            right=sheet.count("right"),
            wrong=sheet.count("wrong"),
            not_graded=sheet.count("not graded"),
            missing=sheet.missing,
            classes=classes,
            minutes=sheet.minutes,
            finished_at=sheet.finished_at,
            qualification=self._qualification(annotator, sheet, not_for) if passed else None,
            graded=sheet.graded,
        )

    def _outcome(self, sheet: _Sheet, annotator: str, attempt: int) -> tuple[Outcome, tuple[str, ...]]:
        asked = self.exam.asked
        if sheet.missing:
            return "unfinished", (f"{sheet.missing} of {sheet.items} items are not handed in",)
        if not annotator:
            return "undecided", ("it is not told who took it",)
        if not self.is_whole:
            return "undecided", ("its items are not those that were drawn: some were exchanged or added",)
        if asked.attempts is not None and attempt > asked.attempts:
            return "failed", (f"it is attempt {attempt}, where {asked.attempts} may be made",)
        return self._marked(sheet)

    def _marked(self, sheet: _Sheet) -> tuple[Outcome, tuple[str, ...]]:
        share = self.exam.asked.min_share
        least, right, untold = _least(share, sheet.items), sheet.count("right"), sheet.count("not graded")
        said = f"{right} of {sheet.items} items are right; {least} ({percent(share)}) are asked for"
        if right >= least:
            return "passed", ()
        if right + untold >= least:
            return "undecided", (f"{said}; {untold} could not be graded",)
        return "failed", (said,)

    def _classes(self, sheet: _Sheet) -> Mapping[str, OfClass]:
        marks = self.exam.asked.min_share_of
        named = dict.fromkeys((*marks, *(name for one in sheet.graded for name in one.classes)))
        return {
            name: OfClass(
                sum(name in one.classes for one in sheet.graded),
                sum(name in one.classes and one.standing == "right" for one in sheet.graded),
                marks.get(name),
            )
            for name in named
        }

    def _qualification(self, annotator: str, sheet: _Sheet, not_for: tuple[str, ...]) -> Qualification:
        assert sheet.finished_at is not None  # noqa: S101 - whoever calls it has looked
        months, guideline = self.exam.role.valid_months, self.exam.plan.guideline
        return Qualification(
            guideline=guideline.name,
            version=guideline.version,
            role=self.exam.role_name,
            annotator=annotator,
            annotator_name=next((one.annotator_name for one in sheet.graded if one.annotator_name), ""),
            classes=self.exam.role.of,
            not_for=not_for,
            passed_at=sheet.finished_at,
            valid_until=None if months is None else months_after(sheet.finished_at, months),
            exam=self.id,
        )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one annotator handed in, each item once."""

    items: int
    graded: tuple[Graded, ...]
    missing: int
    minutes: float | None
    finished_at: datetime | None
    told: tuple[str, ...]

    @classmethod
    def of(cls, taken: Taken, graded: Iterable[Graded]) -> _Sheet:
        first: dict[str, Graded] = {}
        again: dict[str, None] = {}
        for one in sorted(map(_dated, graded), key=_handed_in):
            if one.item in first:
                again[one.item] = None
            first.setdefault(one.item, one)
        items = max(taken.exam.asked.tasks, len({*taken.items}))
        missing = items - len(first)
        times = [one.handed_in_at for one in first.values() if one.handed_in_at is not None]
        begun = _begun(first.values())
        finished = max(times, default=None) if not missing and len(times) == len(first) else None
        in_time = tuple(_in_time(one, begun, finished, taken.exam.asked.max_minutes) for one in first.values())
        minutes = (max(times) - begun).total_seconds() / 60 if begun is not None else None
        told = (f"item {item} was done more than once: the first counts" for item in again)
        return cls(items, in_time, missing, minutes, finished, tuple(told))

    def count(self, standing: str) -> int:
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


def _least(share: float, items: int) -> int:
    """Give the fewest items that are such a share of all."""
    return math.ceil(share * items - _ROUNDING)


def _of_class(name: str, one: OfClass) -> str:
    """Say why a class may not be marked."""
    if not one.items:
        return f"{name} may not be marked: it has a pass mark of its own, and no item examines in it"
    least = percent(one.min_share or 0)
    return f"{name} may not be marked: {one.right} of {one.items} items with it are right; {least} are asked for"


def months_after(time: datetime, months: int) -> datetime:
    """Give the same day so many months later, or the last of that month."""
    year, month = divmod(time.year * 12 + time.month - 1 + months, 12)
    return time.replace(year=year, month=month + 1, day=min(time.day, monthrange(year, month + 1)[1]))
