"""What Label Studio should be told about a task, given the verdicts on its current annotations. No effects.

Nothing to change means silence: the same verdicts on the same task give the same keys, and keys that stand already are
not written again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from guidelint.labelstudio.writeback.banner import banner_above, banner_of, neutral_banner
from guidelint.labelstudio.writeback.columns import (
    ANNOTATOR,
    BEING_READ,
    DIGEST,
    VERDICT,
    WAITS_FOR,
    annotator_called,
    columns_of,
)
from guidelint.validation.judging.verdict import DECISIONS, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from guidelint.validation.judging.plan import Route


@dataclass(frozen=True, slots=True)
class StandingAnnotation:
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
    annotator_name: str = ""
    """Empty: not known, or not known any more."""

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


def write_back_for(
    state: TaskState,
    readings: Sequence[StandingAnnotation],
    routes: Mapping[str, Route],
    subjects: Sequence[Verdict] = (),
    *,
    may_open: bool = True,
) -> WriteBack:
    """Compare what stands in the task with what should.

    ``subjects``: verdicts on what lies above its annotations (the task itself, a series, a patient), with what concerns
    this task.
    ``may_open``: an escalated task may be opened to another reader now; until then the first reader still sees their
    own verdict above the image. Returned work is never opened: the first reader corrects it first. Those who are asked
    by escalations come after the readers that every task of the project has, who are not to learn of it.
    """
    judged = Judged(readings, subjects if any(reading.completed for reading in readings) else (), routes)
    wanted = readers_wanted(judged)
    completed = sum(reading.completed for reading in readings)
    opens = wanted > completed and (completed >= state.overlap or was_opened(state))
    overlap = max(state.overlap, wanted) if opens and may_open else state.overlap
    others_may_read = 0 < completed < overlap
    desired = _desired(state, judged, is_open=others_may_read, opens=opens)
    return WriteBack(
        data=None if _stand(state.data, desired) else {**state.data, **desired},
        overlap=overlap if opens and may_open and (state.overlap < overlap or state.is_labeled) else None,
        opening_waits=opens and not may_open,
    )


def was_opened(state: TaskState) -> bool:
    """Whether an escalation has opened the task: who is asked was written together with the number of readers."""
    return bool(state.data.get(WAITS_FOR))


@dataclass(frozen=True, slots=True)
class Judged:
    """All that is judged about one task."""

    readings: Sequence[StandingAnnotation]
    subjects: Sequence[Verdict]
    """On what lies above its readings, with what concerns this task."""
    routes: Mapping[str, Route]

    @property
    def completed(self) -> int:
        """Readings that Label Studio counts."""
        return sum(reading.completed for reading in self.readings)

    def routes_asked(self) -> set[str]:
        """Routes that escalations of unreturned work ask for."""
        verdicts = [reading.verdict for reading in self.readings if reading.completed]
        return {
            escalation.route
            for verdict in (*verdicts, *self.subjects)
            if verdict.decision != "returned"
            for escalation in verdict.escalations
        }


def readers_wanted(judged: Judged) -> int:
    """Count the readings that the escalations of unreturned work ask for; 0: none is escalated."""
    routes = judged.routes
    return max((routes[name].readers for name in judged.routes_asked() if name in routes), default=0)


def aggregate_status(readings: Sequence[StandingAnnotation], subjects: Sequence[Verdict] = ()) -> str:
    """Find the gravest decision on the current annotations and what lies above; skipped only when there is no other."""
    decisions = {reading.verdict.decision for reading in readings} | {verdict.decision for verdict in subjects}
    return next((decision for decision in DECISIONS if decision in decisions), "")


def writeback_digest(readings: Sequence[StandingAnnotation], subjects: Sequence[Verdict] = ()) -> str:
    """Digest of everything that was judged on this task; empty when nothing was."""
    return _digest(
        (
            *(f"{reading.annotation} {reading.digest} {reading.requeued}" for reading in readings),
            *(f"{verdict.subject.key} {msgspec.json.encode(verdict).decode()}" for verdict in _telling(subjects)),
        )
    )


def _digest(lines: Iterable[str]) -> str:
    text = "\n".join(sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def _telling(subjects: Sequence[Verdict]) -> list[Verdict]:
    """Leave out verdicts that say nothing."""
    return [verdict for verdict in subjects if verdict.findings]


def waits_for(judged: Judged, *, is_open: bool) -> tuple[str, ...]:
    """Name those who are asked for by escalations of unreturned work, in the guideline's order.

    Those are asked to read the task while it is open, and to look at it, without reading it, when all readings are in.
    """
    asked, completed = judged.routes_asked(), judged.completed
    whos = (
        route.who
        for name, route in judged.routes.items()
        if name in asked and (route.readers > completed if is_open else route.readers <= 1)
    )
    return tuple(dict.fromkeys(whos))


def _desired(state: TaskState, judged: Judged, *, is_open: bool, opens: bool) -> dict[str, str]:
    """Say everything, or, while a further reading is open, nothing that depends on a verdict."""
    if not is_open and not opens:
        return _told(state, judged)
    whos = waits_for(judged, is_open=True) if is_open and opens else ()
    return {
        **columns_of(BEING_READ, None, judged.routes, "", whos),
        VERDICT: neutral_banner() if is_open else _banner(judged, all_in=False),
        DIGEST: _digest(f"{reading.annotation} {reading.requeued}" for reading in judged.readings),
    }


def _told(state: TaskState, judged: Judged) -> dict[str, str]:
    readings, subjects = judged.readings, judged.subjects
    status = aggregate_status(readings, subjects)
    one = max((item for item in readings if item.verdict.decision == status), key=_handed_in, default=None)
    above = next((verdict for verdict in subjects if verdict.decision == status), None)
    verdict, annotator = (one.verdict, _annotator(state, one)) if one else (above, "")
    return {
        **columns_of(status, verdict, judged.routes, annotator, waits_for(judged, is_open=False)),
        VERDICT: _banner(judged, all_in=True),
        DIGEST: writeback_digest(readings, subjects),
    }


def _annotator(state: TaskState, reading: StandingAnnotation) -> str:
    """Call who has read it; of what was taken out Label Studio tells no name, so the one that stands there stays."""
    standing = str(state.data.get(ANNOTATOR) or "") if reading.requeued and not reading.annotator_name else ""
    return standing or annotator_called(reading.annotator_name, reading.annotator)


def _banner(judged: Judged, *, all_in: bool) -> str:
    """Say the verdict on the latest reading, and beside it what was found over several; that once all are in."""
    if not judged.readings:
        return ""
    latest = max(judged.readings, key=_handed_in)
    own = banner_of(latest.verdict, judged.routes, back_in_queue=latest.requeued, all_in=all_in)
    above = [banner_above(verdict, judged.routes) for verdict in _telling(judged.subjects)] if all_in else []
    return "".join((own, *above))


def _handed_in(reading: StandingAnnotation) -> tuple[str, int]:
    return reading.submitted_at, reading.annotation


def _stand(data: Mapping[str, Any], desired: Mapping[str, str]) -> bool:
    """Whether the task says so already; a task that never had our keys says nothing."""
    return all(data.get(key, "") == value for key, value in desired.items())
