"""Third step: what is to be done about a task, given how it stands and the verdicts on it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.labelstudio.writeback.judged import StandingAnnotation
from guidelint.labelstudio.writeback.write_back import TaskState, WriteBack, write_back_for
from guidelint.service.clock import after, as_text, as_time
from guidelint.service.store.known import Seen
from guidelint.service.store.subjects.contributions import OF_TASK
from guidelint.service.worker.task.subjects.gather import gathered_of_task
from guidelint.service.worker.task.subjects.membership import membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.labelstudio.connection.task_client import TaskRead
    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.handed_in import HandedIn
    from guidelint.service.store.known import AnnotationIdentity, Known
    from guidelint.service.store.subjects.contributions import Gathering, Source
    from guidelint.service.worker.task.as_it_stands import TaskAsItStands
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict


LOOKS_AGAIN_S = 30.0
"""So soon at most images that could not be read are tried again."""
GIVES_UP_S = 3600.0
"""After this they are tried by full sweeps alone."""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is to be done about one task: stored first, then written, then told, then compared with the answer."""

    key: TaskKey
    seqs: tuple[int, ...]
    """Rows of the inbox that told of it."""
    lane: int
    """How urgent it is; so is what follows from it."""
    plan: Plan
    """In force now."""
    task: TaskRead | None
    """As it was read; None: it is gone."""
    withdrawn: tuple[AnnotationIdentity, ...]
    """Known ones that somebody took out."""
    taken_out: tuple[AnnotationIdentity, ...]
    """Known ones that we took out, to be handed in again."""
    versions: tuple[HandedIn, ...]
    """All that stand, with their verdicts."""
    readings: tuple[StandingAnnotation, ...]
    """All that count in the task."""
    subjects: tuple[Verdict, ...]
    """Verdicts on the subjects above them, with what concerns this task."""
    gatherings: tuple[Gathering, ...]
    """What was gathered just now for those subjects."""
    contributes_no_more: tuple[Source, ...]
    """What contributed to them and does not stand any more."""
    drafted: bool | None
    """Whether somebody has begun and not handed in; None: as it was."""
    members: frozenset[str] | None
    """Of which series and patient the task is; None: that is kept already, or nobody asks."""
    write_back: WriteBack
    may_open_at: str
    """Before this the task is not opened to another reader."""
    lacks_unique_id: bool
    """Whether something only webhooks tell is not known yet of some annotation."""
    is_seen: bool
    """Whether it was dealt with in just this state."""
    looks_again_at: str = ""
    """When the images that could not be read are tried again; empty: none, or a full sweep does."""

    @property
    def new(self) -> tuple[HandedIn, ...]:
        """Those that were judged just now."""
        return tuple(version for version in self.versions if version.is_new)

    @property
    def handed_in(self) -> tuple[HandedIn, ...]:
        """Those that an annotator has just handed in."""
        return tuple(version for version in self.versions if version.is_new_content)

    @property
    def is_stored(self) -> bool:
        """Whether the store holds all of it already."""
        return not (self.task is None or self.is_news or self.lacks_unique_id or self.looks_again_at)

    @property
    def is_news(self) -> bool:
        """Whether anything of the task, its annotations or what they contribute is otherwise than the store has it."""
        annotations = self.withdrawn or self.taken_out or self.new
        of_task = self.drafted is not None or self.members is not None
        return bool(annotations or self.gatherings or self.contributes_no_more or of_task)

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to write, and nothing to note about the task."""
        return self.write_back.silent and not self.write_back.opening_waits and self.is_seen


def decide(stands: TaskAsItStands, versions: Sequence[HandedIn], open_after_s: float) -> Changes:
    """Compare what is known with what stands.

    ``open_after_s``: how long the first reader of an escalated task still sees the verdict, before the next reader may
    open it.
    """
    gone = _gone(stands, versions)
    taken_out = [item for item in gone if _waits_for_its_reader(item, stands, versions)]
    readings = [*map(_reading, versions), *(_requeued(item) for item in taken_out if item.verdict)]
    if stands.exam is not None:
        readings = []  # what is graded asks nobody else, and is told by the exam
    latest = max((reading.submitted_at for reading in readings), default=stands.at)
    may_open_at = after(open_after_s, latest)
    return Changes(
        key=stands.job.key,
        seqs=stands.job.seqs,
        lane=stands.job.lane,
        plan=stands.plan,
        task=stands.task,
        withdrawn=tuple(item.identity for item in gone if item not in taken_out),
        taken_out=tuple(item.identity for item in taken_out),
        versions=tuple(versions),
        readings=tuple(readings),
        subjects=stands.subjects,
        gatherings=_gatherings(stands, versions),
        contributes_no_more=tuple(sorted(stands.gathered.keys() - _sources(stands, versions))),
        drafted=None if stands.is_drafted == stands.was_drafted else stands.is_drafted,
        members=membership(stands),
        write_back=_write_back(stands, versions, readings, may_open=may_open_at <= stands.at),
        may_open_at=may_open_at,
        lacks_unique_id=any(item.unique_id is None for item in stands.known.values()),
        is_seen=stands.task is not None and seen_state(stands.task) in stands.seen,
        looks_again_at=_looks_again_at(stands, versions),
    )


def _looks_again_at(stands: TaskAsItStands, versions: Sequence[HandedIn]) -> str:
    """Wait as long again as since it was handed in, so that what is not there is asked for less and less."""
    handed_in = [version.submitted_at for version in versions if version.lacks_images]
    if not handed_in:
        return ""
    waited_s = (as_time(stands.at) - as_time(max(handed_in))).total_seconds()
    return after(max(waited_s, LOOKS_AGAIN_S), stands.at) if waited_s < GIVES_UP_S else ""


def _gatherings(stands: TaskAsItStands, versions: Sequence[HandedIn]) -> tuple[Gathering, ...]:
    found = (*(version.gathering for version in versions), gathered_of_task(stands, versions))
    return tuple(one for one in found if one is not None)


def _sources(stands: TaskAsItStands, versions: Sequence[HandedIn]) -> set[Source]:
    """Find what may contribute to subjects: the task, and what stands in it."""
    task = stands.task
    return {version.identity for version in versions} | ({(OF_TASK, as_text(task.created_at))} if task else set())


def seen_state(task: TaskRead) -> Seen:
    """State by which a sweep knows that nothing happened since."""
    return Seen(as_text(task.created_at), as_text(task.updated_at))


def _gone(stands: TaskAsItStands, versions: Sequence[HandedIn]) -> list[Known]:
    standing = {version.identity for version in versions}
    return [item for identity, item in stands.known.items() if identity not in standing]


def _waits_for_its_reader(item: Known, stands: TaskAsItStands, versions: Sequence[HandedIn]) -> bool:
    """Whether we took it out, and neither the one who had it back nor anybody else has handed it in again."""
    way = stands.on_their_way.get(item.identity)
    ours = stands.task is not None and way is not None and way.taken_out_by_us
    return ours and not any(version.created_at > item.created_at for version in versions)


def _write_back(
    stands: TaskAsItStands, versions: Sequence[HandedIn], readings: Sequence[StandingAnnotation], *, may_open: bool
) -> WriteBack:
    if stands.task is None:
        return WriteBack()
    task = stands.task
    if stands.exam is not None:
        return stands.exam.write_back(task, versions)
    state = TaskState(task.data, task.overlap, task.is_labeled, stands.readers_of_project)
    return write_back_for(state, readings, stands.plan.routes, stands.subjects, may_open=may_open)


def _reading(version: HandedIn) -> StandingAnnotation:
    return StandingAnnotation(
        annotation=version.annotation,
        annotator=version.annotator,
        submitted_at=version.submitted_at,
        verdict=version.verdict,
        digest=version.verdict_digest,
        annotator_name=version.annotator_name,
        annotator_address=version.annotator_address,
        redo=version.redo,
    )


def _requeued(item: Known) -> StandingAnnotation:
    if item.verdict is None or item.verdict_digest is None:
        raise AssertionError("asked for only with a verdict")
    return StandingAnnotation(
        annotation=item.annotation,
        annotator=item.annotator,
        submitted_at=item.submitted_at,
        verdict=item.verdict,
        digest=item.verdict_digest,
        requeued=True,
    )
