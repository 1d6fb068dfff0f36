"""What came of an exam for each who took it: passed or not, why, and what they may mark until when."""

from __future__ import annotations

import math
from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping  # noqa: TC003 - results are read back from JSON
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - results are read back from JSON
from typing import TYPE_CHECKING, Final, Literal

from guidelint.annotation.qualification import Qualification
from guidelint.checking.exam.attempt import Attempt
from guidelint.checking.exam.grading import Graded  # noqa: TC001 - results are read back from JSON
from guidelint.checking.exam.item import draw_in, exam_id
from guidelint.validation.rule.wording import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.checking.exam.known_item import Paper

Outcome = Literal["passed", "failed", "undecided", "unfinished"]
"""undecided: what could not be graded decides. unfinished: items are lacking; nothing is told to annotators then."""
_ROUNDING: Final = 1e-9


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
        work = Attempt.of(self.exam.asked, self.items, graded)
        outcome, reasons = self._outcome(work, annotator, attempt)
        classes = self._classes(work)
        not_for = tuple(name for name, one in classes.items() if not one.is_passed)
        if outcome == "passed" and {*not_for} >= {*self.exam.classes}:
            outcome = "failed"
        told = (*reasons, *(_of_class(name, one) for name, one in classes.items() if not one.is_passed), *work.told)
        guideline = self.exam.plan.guideline
        passed = outcome == "passed" and work.finished_at is not None
        return Result(
            guideline=guideline.name,
            version=guideline.version,
            role=self.exam.role_name,
            exam=self.id,
            annotator=annotator,
            annotator_name=work.annotator_name,
            attempt=attempt,
            outcome=outcome,
            reasons=told,
            items=work.items,
            right=work.count("right"),
            wrong=work.count("wrong"),
            not_graded=work.count("not graded"),
            missing=work.missing,
            classes=classes,
            minutes=work.minutes,
            finished_at=work.finished_at,
            qualification=self._qualification(annotator, work, not_for) if passed else None,
            graded=work.graded,
        )

    def _outcome(self, work: Attempt, annotator: str, attempt: int) -> tuple[Outcome, tuple[str, ...]]:
        asked = self.exam.asked
        if work.missing:
            return "unfinished", (f"{work.missing} of {work.items} items are not handed in",)
        if not annotator:
            return "undecided", ("it is not told who took it",)
        if not self.is_whole:
            return "undecided", ("its items are not those that were drawn: some were exchanged or added",)
        if asked.attempts is not None and attempt > asked.attempts:
            return "failed", (f"it is attempt {attempt}, where {asked.attempts} may be made",)
        return self._marked(work)

    def _marked(self, work: Attempt) -> tuple[Outcome, tuple[str, ...]]:
        share = self.exam.asked.min_share
        least, right, untold = _least(share, work.items), work.count("right"), work.count("not graded")
        said = f"{right} of {work.items} items are right; {least} ({percent(share)}) are asked for"
        if right >= least:
            return "passed", ()
        if right + untold >= least:
            return "undecided", (f"{said}; {untold} could not be graded",)
        return "failed", (said,)

    def _classes(self, work: Attempt) -> Mapping[str, OfClass]:
        marks = self.exam.asked.min_share_of
        named = dict.fromkeys((*marks, *(name for one in work.graded for name in one.classes)))
        return {
            name: OfClass(
                sum(name in one.classes for one in work.graded),
                sum(name in one.classes and one.standing == "right" for one in work.graded),
                marks.get(name),
            )
            for name in named
        }

    def _qualification(self, annotator: str, work: Attempt, not_for: tuple[str, ...]) -> Qualification:
        assert work.finished_at is not None  # noqa: S101 - whoever calls it has looked
        months, guideline = self.exam.role.valid_months, self.exam.plan.guideline
        return Qualification(
            guideline=guideline.name,
            version=guideline.version,
            role=self.exam.role_name,
            annotator=annotator,
            annotator_name=work.annotator_name,
            classes=self.exam.role.of,
            not_for=not_for,
            passed_at=work.finished_at,
            valid_until=None if months is None else months_after(work.finished_at, months),
            exam=self.id,
        )


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
