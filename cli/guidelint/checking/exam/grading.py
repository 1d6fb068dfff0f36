"""What was handed in of an item, graded: judged as any work is, and held against what is expected."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - results are read back from JSON
from typing import TYPE_CHECKING, Any, Literal

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.format_name import AT_HOME
from guidelint.checking.delivery import Delivery
from guidelint.checking.exam.agreement import Compared, compared
from guidelint.checking.examples.outcome import UNLESS_READ, outcome_of
from guidelint.checking.input.in_memory import InMemory
from guidelint.checking.input.submissions import submissions
from guidelint.validation.judging.verdict import returns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.submission import Submission
    from guidelint.checking.exam.known_item import KnownItem, Paper
    from guidelint.checking.examples.outcome import Outcome

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

    exam: Paper
    _expected: dict[str, Submission] = field(default_factory=dict[str, "Submission"])

    def graded(self, handed: HandedIn) -> Graded:
        """Grade what was handed in of one item."""
        item = self.exam.known(handed.item)
        task = {"id": handed.task or handed.item, "data": {}} if item is None else item.task
        read = self._read(item, {**task, "annotations": [dict(handed.annotation)]})
        if isinstance(read, PayloadError):
            return Graded(handed.item, handed.task, "not graded", (f"it cannot be read: {read}",))
        standing, reasons = ("not graded", (_NO_ITEM,)) if item is None else self._standing(item, handed, read)
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

    def _standing(self, item: KnownItem, handed: HandedIn, read: Submission) -> tuple[Standing, tuple[str, ...]]:
        if read.skipped:
            return "wrong", ("it was skipped",)
        outcome = self._outcome(item, handed)
        verdict = item.verdict
        if outcome.decision == "returned":
            return "wrong", tuple(dict.fromkeys(one.message for one in outcome.findings if returns(one)))
        agreed = self._compared(item, handed.item, read) if verdict != "returned" else Compared()
        wrong = _another_verdict(verdict, outcome) + agreed.differs
        if wrong:
            return "wrong", wrong
        untold = _untold(outcome) + agreed.untold
        return ("not graded", untold) if untold or outcome.decision == "unverified" else ("right", ())

    def _outcome(self, item: KnownItem, handed: HandedIn) -> Outcome:
        """Judge it as any work is."""
        task = InMemory(handed.item, content=(_line({**item.task, "annotations": [dict(handed.annotation)]}),))
        records = Delivery(self.exam.plan, (task,), format_name=AT_HOME, given=item.given).records()
        return outcome_of(records, UNLESS_READ)

    def _compared(self, item: KnownItem, name: str, read: Submission) -> Compared:
        expected = self._expected.get(name)
        if expected is None:
            found = self._read(item, item.task)
            if isinstance(found, PayloadError):
                return Compared(untold=(f"what is expected cannot be read: {found}",))
            expected = self._expected[name] = found
        return compared(self.exam.comparing, expected, read)

    def _read(self, item: KnownItem | None, task: Mapping[str, Any]) -> Submission | PayloadError:
        source = InMemory("the exam", content=(_line(task),))
        given = () if item is None else (item.given,)
        found = submissions((source,), self.exam.plan.vocabulary, *given)
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
