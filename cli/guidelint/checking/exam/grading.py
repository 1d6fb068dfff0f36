"""What was handed in of an item, graded: judged as any work is, and held against what is expected."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - results are read back from JSON
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.checking.exam.agreement import Compared, compared, comparing
from guidelint.checking.input.in_memory import InMemory
from guidelint.checking.input.submissions import submissions
from guidelint.validation.judging.verdict import returns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.submission import Submission
    from guidelint.checking.exam.exam import Exam
    from guidelint.checking.exam.item import Item
    from guidelint.checking.examples.outcome import Outcome
    from guidelint.validation.judging.plan import Plan

Standing = Literal["right", "wrong", "not graded"]
_NO_ITEM = (
    "no example of the guideline is this item: the example was changed or taken out since, or is that of another "
    "guideline"
)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What somebody handed in of an item."""

    item: str
    """As the data of the task say."""
    annotation: Mapping[str, Any]
    """The annotation as Label Studio exports it. Nothing else of the task is looked at."""
    task: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """What came of an item."""

    item: str
    task: str
    standing: Standing
    reasons: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    """Classes that it examines in."""
    annotator: str | None = None
    annotator_name: str = ""
    handed_in_at: datetime | None = None
    changed_at: datetime | None = None
    lead_time_s: float | None = None


@dataclass(frozen=True)
class Grader:
    """Grades the items of an exam."""

    exam: Exam
    _expected: dict[str, Submission] = field(default_factory=dict[str, "Submission"])

    @cached_property
    def _comparing(self) -> Plan:
        return comparing(self.exam.runner.guideline, self.exam.runner.plan)

    def graded(self, handed: HandedIn) -> Graded:
        """Grade what was handed in of one item."""
        item = self.exam.by_id.get(handed.item)
        task = {"id": handed.task or handed.item, "data": {}} if item is None else self._task(item)
        read = self._read(item, {**task, "annotations": [dict(handed.annotation)]})
        if isinstance(read, PayloadError):
            return Graded(handed.item, handed.task, "not graded", (f"it cannot be read: {read}",))
        standing, reasons = ("not graded", (_NO_ITEM,)) if item is None else self._standing(item, task, handed, read)
        return Graded(
            handed.item,
            handed.task,
            standing,
            reasons,
            () if item is None else item.classes,
            read.annotator,
            read.annotator_name,
            read.submitted_at,
            read.updated_at,
            read.lead_time_s,
        )

    def _standing(
        self, item: Item, task: Mapping[str, Any], handed: HandedIn, read: Submission
    ) -> tuple[Standing, tuple[str, ...]]:
        if read.skipped:
            return "wrong", ("it was skipped",)
        outcome = self.exam.runner.outcome(item.found, _line({**task, "annotations": [dict(handed.annotation)]}))
        verdict = item.found.example.verdict
        if outcome.decision == "returned":
            return "wrong", tuple(dict.fromkeys(one.message for one in outcome.findings if returns(one)))
        agreed = self._compared(item, read) if verdict != "returned" else Compared()
        wrong = _another_verdict(verdict, outcome) + agreed.differs
        if wrong:
            return "wrong", wrong
        untold = _untold(outcome) + agreed.untold
        return ("not graded", untold) if untold or outcome.decision == "unverified" else ("right", ())

    def _compared(self, item: Item, read: Submission) -> Compared:
        expected = self._expected.get(item.id)
        if expected is None:
            found = self._read(item, self._task(item))
            if isinstance(found, PayloadError):
                return Compared(untold=(f"what is expected cannot be read: {found}",))
            expected = self._expected[item.id] = found
        return compared(self._comparing, expected, read)

    def _task(self, item: Item) -> dict[str, Any]:
        """Give the task of an item, with what is expected as its annotation."""
        task: dict[str, Any] = json.loads(self.exam.runner.written(item.found))
        return task

    def _read(self, item: Item | None, task: Mapping[str, Any]) -> Submission | PayloadError:
        runner = self.exam.runner
        source = InMemory("the exam", content=(_line(task),))
        given = () if item is None else (runner.given_of(item.found),)
        found = submissions((source,), runner.plan.vocabulary, *given)
        return next(iter(found), PayloadError("nothing was handed in"))


def _line(task: Mapping[str, Any]) -> bytes:
    return json.dumps(task).encode() + b"\n"


def _another_verdict(verdict: str, outcome: Outcome) -> tuple[str, ...]:
    """Say that work is accepted which somebody else should look at, or the other way round."""
    if verdict == "escalated" and outcome.decision == "accepted":
        return ("it is accepted, and what is expected goes to somebody else",)
    if verdict == "accepted" and outcome.decision == "escalated":
        routes = sorted({one.escalates_to for one in outcome.findings if one.escalates_to})
        return (f"it goes to {', '.join(routes)}, and what is expected is accepted",)
    return ()


def _untold(outcome: Outcome) -> tuple[str, ...]:
    if outcome.unread:
        return (f"it cannot be read: {outcome.unread}",)
    return tuple(dict.fromkeys(one.message for one in outcome.findings if one.outcome != "departs"))
