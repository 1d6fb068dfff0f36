"""What Label Studio should be told about a task, given the verdicts on its current annotations. No effects.

Nothing to change means silence: the same verdicts on the same task give the same keys, and keys that stand already are
not written again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidelint.labelstudio.banner import BLANK, Banner, banner_of, neutral_banner
from guidelint.validation.verdict import DECISIONS, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.validation.plan import Route

PREFIX = "gl_"
STATUS, SUMMARY, VERDICT, DIGEST = "gl_status", "gl_summary", "gl_verdict_md", "gl_digest"
KEYS = (STATUS, SUMMARY, VERDICT, DIGEST)
"""The only keys of the task data that are ours."""
BEING_READ = "being read"
"""Status while somebody else may still read the task: every user sees every column, also whoever reads next."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One annotation that stands in Label Studio now (or was requeued by us), with the verdict on it."""

    annotation: int
    annotator: int | None
    submitted_at: str
    """ISO 8601, UTC; sorts by time."""
    verdict: Verdict
    digest: str
    """Of everything the verdict was judged from."""
    requeued: bool = False
    """Taken out by us; its regions stand prefilled in the label stream."""

    @property
    def completed(self) -> bool:
        """Whether Label Studio counts it as a reading of the task."""
        return not self.requeued and self.verdict.decision != "skipped"


@dataclass(frozen=True, slots=True)
class TaskState:
    """The task as Label Studio holds it now."""

    data: Mapping[str, Any]
    overlap: int
    is_labeled: bool


@dataclass(frozen=True, slots=True)
class WriteBack:
    """What to change, in this order; None: nothing to change."""

    data: Mapping[str, Any] | None = None
    """Whole new task data: Label Studio replaces, it does not merge."""
    overlap: int | None = None
    """Readings to open the task to."""
    opening_waits: bool = False
    """An escalation will open the task to another reader, but not yet."""

    @property
    def silent(self) -> bool:
        """Whether there is nothing to change."""
        return self.data is None and self.overlap is None


def plan_writeback(
    state: TaskState, readings: Sequence[Reading], routes: Mapping[str, Route], *, may_open: bool = True
) -> WriteBack:
    """Compare what stands in the task with what should.

    ``may_open``: an escalated task may be opened to another reader now; until then the first reader still sees their
    own verdict above the image. Returned work is never opened: the first reader corrects it first.
    """
    wanted = readers_wanted(readings, routes)
    completed = sum(reading.completed for reading in readings)
    opens = wanted > completed
    overlap = max(state.overlap, wanted) if opens and may_open else state.overlap
    others_may_read = 0 < completed < overlap
    desired = _keys(readings, routes, is_open=others_may_read, opens_soon=opens)
    return WriteBack(
        data=None if _stand(state.data, desired) else {**state.data, **desired},
        overlap=overlap if opens and may_open and (state.overlap < overlap or state.is_labeled) else None,
        opening_waits=opens and not may_open,
    )


def readers_wanted(readings: Sequence[Reading], routes: Mapping[str, Route]) -> int:
    """Count the readings that the escalations of unreturned work ask for; 0: none is escalated."""
    return max(
        (
            routes[escalation.route].readers
            for reading in readings
            if reading.completed and reading.verdict.decision != "returned"
            for escalation in reading.verdict.escalations
            if escalation.route in routes
        ),
        default=0,
    )


def aggregate_status(readings: Sequence[Reading]) -> str:
    """Find the gravest decision on the current annotations; skipped only when there is no other."""
    decisions = {reading.verdict.decision for reading in readings}
    return next((decision for decision in DECISIONS if decision in decisions), "")


def writeback_digest(readings: Sequence[Reading]) -> str:
    """Digest of everything that was judged on this task; empty when nothing was."""
    if not readings:
        return ""
    text = "\n".join(sorted(f"{reading.annotation} {reading.digest} {reading.requeued}" for reading in readings))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _keys(
    readings: Sequence[Reading], routes: Mapping[str, Route], *, is_open: bool, opens_soon: bool
) -> dict[str, str]:
    """Say everything, or, while a further reading is open, nothing that depends on a verdict."""
    if is_open:
        return _neutral(neutral_banner(BEING_READ).html)
    told = _told(readings, routes)
    return _neutral(told[VERDICT]) if opens_soon else told


def _neutral(html: str) -> dict[str, str]:
    neutral = neutral_banner(BEING_READ)
    return {STATUS: BEING_READ, SUMMARY: neutral.summary, VERDICT: html, DIGEST: ""}


def _told(readings: Sequence[Reading], routes: Mapping[str, Route]) -> dict[str, str]:
    banner = _banner(readings, routes)
    return {
        STATUS: aggregate_status(readings),
        SUMMARY: banner.summary,
        VERDICT: banner.html,
        DIGEST: writeback_digest(readings),
    }


def _banner(readings: Sequence[Reading], routes: Mapping[str, Route]) -> Banner:
    if not readings:
        return BLANK
    latest = max(readings, key=lambda reading: (reading.submitted_at, reading.annotation))
    return banner_of(latest.verdict, routes, back_in_queue=latest.requeued)


def _stand(data: Mapping[str, Any], desired: Mapping[str, str]) -> bool:
    """Whether the task says so already; a task that never had our keys says nothing."""
    return all(data.get(key, "") == value for key, value in desired.items())
