"""What Label Studio should be told about a task, given the verdicts on its current annotations. No effects.

Nothing to change means silence: the same verdicts on the same task give the same keys, and keys that stand already are
not written again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from guidelint.labelstudio.writeback.banner import banner_above, banner_of, held_banner, neutral_banner
from guidelint.labelstudio.writeback.columns import (
    ANNOTATOR,
    BEING_READ,
    BETWEEN,
    DIGEST,
    GUIDELINE,
    HELD,
    STATUS,
    VERDICT,
    WAITS_FOR,
    annotator_called,
    columns_of,
    guidelines_named,
)
from guidelint.labelstudio.writeback.derived_columns import derived_columns
from guidelint.labelstudio.writeback.do_again import do_again_column, is_passing_column
from guidelint.labelstudio.writeback.judged import Judged
from guidelint.labelstudio.writeback.words import Asked
from guidelint.validation.judging.verdict import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.labelstudio.writeback.derived_columns import Cell
    from guidelint.labelstudio.writeback.judged import StandingAnnotation
    from guidelint.validation.judging.plan import Route
    from guidelint.validation.judging.verdict import Verdict


@dataclass(frozen=True, slots=True)
class TaskState:
    """The task as Label Studio holds it now."""

    data: Mapping[str, Any]
    overlap: int
    is_labeled: bool
    readers_of_project: int = 1
    """Readings that every task of the project is meant to have; known of a task that is held."""

    @property
    def was_held(self) -> bool:
        """Whether it is held: fewer readings are asked for than it is meant to have."""
        return is_held(self.data)

    @property
    def readers(self) -> int:
        """Readings that it is meant to have, whether it is held or not."""
        return max(self.overlap, self.readers_of_project) if self.was_held else self.overlap

    @property
    def was_opened(self) -> bool:
        """Whether an escalation has opened it: who is asked was written together with the number of readers."""
        return bool(self.data.get(WAITS_FOR)) and not self.was_held


@dataclass(frozen=True, slots=True)
class WriteBack:
    """What to change, in this order; None: nothing to change."""

    data: Mapping[str, Any] | None = None
    """Whole new task data: Label Studio replaces, it does not merge."""
    overlap: int | None = None
    """Readings to open the task to, or to close it at."""
    opening_waits: bool = False
    """An escalation will open the task to another reader, but not yet."""
    closes: bool = False
    """The task is held: nobody else is to be given it."""

    @property
    def silent(self) -> bool:
        """Whether there is nothing to change."""
        return self.data is None and self.overlap is None


def is_held(data: Mapping[str, Any]) -> bool:
    """Whether the data of a task say that it is held."""
    return data.get(STATUS) == HELD


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
    by escalations come after the readers that every task of the project has, who are not to learn of it. What is held
    is closed at once, and opened again as far as it was when it is free.
    """
    judged = Judged(readings, subjects if any(reading.completed for reading in readings) else (), routes)
    wanted = readers_wanted(judged)
    completed = judged.completed
    opens = wanted > completed and (completed >= state.readers or state.was_opened)
    readers = max(state.readers, wanted) if opens and may_open else state.readers
    others_may_read = 0 < completed < readers
    if judged.is_held:
        return _held(state, judged, others_will_read=others_may_read or opens)
    desired = _desired(state, judged, is_open=others_may_read, opens=opens)
    is_closed = state.overlap < readers or (state.is_labeled and completed < readers)
    return WriteBack(
        data=_news(state, desired),
        overlap=readers if is_closed and ((opens and may_open) or state.was_held) else None,
        opening_waits=opens and not may_open,
    )


def _held(state: TaskState, judged: Judged, *, others_will_read: bool) -> WriteBack:
    """Close the task to everybody, and say for whom it waits; the reason only where nobody reads it afterwards."""
    told = _nothing_of(judged, HELD, held_banner()) if others_will_read else _told(state, judged)
    whos = [who for name, route in judged.routes.items() if judged.is_unanswered(name) for who in route.asked]
    is_open = state.overlap > judged.completed or not state.is_labeled
    return WriteBack(
        data=_news(state, told | {STATUS: HELD, WAITS_FOR: BETWEEN.join(dict.fromkeys(whos))}),
        overlap=judged.completed if is_open else None,
        closes=True,
    )


def _news(state: TaskState, desired: Mapping[str, Cell]) -> dict[str, Any] | None:
    """Give the whole new data, unless the task says so already; one that never had our keys says nothing.

    What no longer follows from any answer is taken out with its key: an empty text is no number to sort by.
    """
    kept = {key: value for key, value in state.data.items() if key in desired or not is_passing_column(key)}
    stand = len(kept) == len(state.data) and all(state.data.get(key, "") == value for key, value in desired.items())
    return None if stand else {**kept, **desired}


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
    return [verdict for verdict in subjects if verdict.findings or verdict.held]


def waits_for(judged: Judged, *, is_open: bool) -> tuple[str, ...]:
    """Name those who are asked for by escalations of unreturned work, in the guideline's order.

    Those are asked to read the task while it is open, and to look at it, without reading it, when all readings are in.
    """
    asked, completed = judged.routes_asked(), judged.completed
    whos = (
        who
        for name, route in judged.routes.items()
        if name in asked and (route.readers > completed if is_open else _looks(judged, name, route))
        for who in route.asked
    )
    return tuple(dict.fromkeys(whos))


def _looks(judged: Judged, name: str, route: Route) -> bool:
    """Whether somebody is still asked to look at a task with all its readings; of a role nobody knows when it has."""
    return judged.is_unanswered(name) if route.persons else route.readers <= 1


def _desired(state: TaskState, judged: Judged, *, is_open: bool, opens: bool) -> dict[str, Cell]:
    """Say everything, or, while a further reading is open, nothing that depends on a verdict."""
    if not is_open and not opens:
        return _told(state, judged)
    banner = neutral_banner() if is_open else _banner(judged, all_in=False)
    whos = waits_for(judged, is_open=True) if is_open and opens else ()
    return _nothing_of(judged, BEING_READ, banner) | {WAITS_FOR: BETWEEN.join(whos)}


def _nothing_of(judged: Judged, status: str, banner: str) -> dict[str, Cell]:
    """Say nothing that depends on a verdict."""
    return {
        **columns_of(status, None, judged.routes, "", ()),
        VERDICT: banner,
        DIGEST: _digest(f"{reading.annotation} {reading.requeued}" for reading in judged.readings),
    }


def _told(state: TaskState, judged: Judged) -> dict[str, Cell]:
    digest, judged = writeback_digest(judged.readings, judged.subjects), judged.by_name
    readings, subjects = judged.readings, judged.subjects
    status = aggregate_status(readings, subjects)
    one = max((item for item in readings if item.verdict.decision == status), key=_handed_in, default=None)
    above = next((verdict for verdict in subjects if verdict.decision == status), None)
    verdict, annotator = (one.verdict, _annotator(state, one)) if one else (above, "")
    return {
        **columns_of(status, verdict, judged.routes, annotator, waits_for(judged, is_open=False)),
        GUIDELINE: guidelines_named(verdict, [(item.verdict.guideline, item.annotator) for item in readings]),
        VERDICT: _banner(judged, all_in=True),
        DIGEST: digest,
        **derived_columns((*_read(one, readings), *subjects)),
        **do_again_column(redo for item in readings for redo in item.redo),
    }


def _read(one: StandingAnnotation | None, readings: Sequence[StandingAnnotation]) -> Iterator[Verdict]:
    """Give the verdict on the reading that the columns are about; where what lies above decides, on the latest."""
    told = one or max(readings, key=_handed_in, default=None)
    if told is not None:
        yield told.verdict


def _annotator(state: TaskState, reading: StandingAnnotation) -> str:
    """Call who has read it; of what was taken out Label Studio tells no name, so the one that stands there stays."""
    standing = str(state.data.get(ANNOTATOR) or "") if reading.requeued and not reading.annotator_name else ""
    return standing or annotator_called(reading.annotator_name, reading.annotator)


def _banner(judged: Judged, *, all_in: bool) -> str:
    """Say the verdict on the latest reading, and beside it what was found over several; that once all are in."""
    if not judged.readings:
        return ""
    latest = max(judged.readings, key=_handed_in)
    by_name = (name for name, route in judged.routes.items() if route.persons)
    asked = Asked(all_in, frozenset(name for name in by_name if not judged.is_unanswered(name)))
    own = banner_of(latest.verdict, judged.routes, back_in_queue=latest.requeued, asked=asked)
    above = [banner_above(verdict, judged.routes, asked) for verdict in _telling(judged.subjects)] if all_in else []
    return "".join((own, *above))


def _handed_in(reading: StandingAnnotation) -> tuple[str, int]:
    return reading.submitted_at, reading.annotation
