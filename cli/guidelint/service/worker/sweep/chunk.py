"""One chunk of a sweep: tasks from a listing, compared with the store, judged where they differ, stored some at a time.

What must be shown in Label Studio is left to jobs of the bulk lane. Before anything is judged a hint at its task is put
into the inbox, not to be dealt with yet: should judging stop the program, the task is dealt with by itself afterwards,
and known to have done so. Nothing is claimed while it is judged; what others did meanwhile is seen before storing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.service.clock import as_text
from guidelint.service.given import nothing_given
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import ahead, claims, inbox
from guidelint.service.store.hints.inbox import BULK, SWEPT, hint_row
from guidelint.service.store.hints.job import Job
from guidelint.service.store.known import known_of_tasks, seen_of_tasks
from guidelint.service.store.subjects.groups import dirty_groups
from guidelint.service.store.subjects.members import lacking_with
from guidelint.service.worker.task.alarm import tell_of_failed_rules
from guidelint.service.worker.task.apply import note_dealt_with, store
from guidelint.service.worker.task.decide import decide
from guidelint.service.worker.task.read_task import LookedAt, as_they_stand
from guidelint.service.worker.task.subjects.seen_on_task import seen_on_tasks
from guidelint.service.worker.task.task_submissions import is_judged, judged
from guidelint.validation.judging.fold import least_compared

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskRead
    from guidelint.service.given import GivenOf
    from guidelint.service.store.known import AnnotationIdentity, Known
    from guidelint.service.store.projects import Plans
    from guidelint.service.worker.sweep.manners import Manners
    from guidelint.service.worker.task.as_it_stands import TaskAsItStands
    from guidelint.service.worker.task.decide import Changes


AT_ONCE = 10
"""Tasks that are stored in one transaction: nobody else can write meanwhile, deliveries among them."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one chunk, or of several."""

    looked_at: int = 0
    found: int = 0
    """Tasks that were not as they should be."""
    judged: int = 0
    """Annotations judged."""
    to_write: int = 0
    """Tasks left to jobs of their own."""

    def __add__(self, other: Done) -> Done:
        return Done(
            self.looked_at + other.looked_at,
            self.found + other.found,
            self.judged + other.judged,
            self.to_write + other.to_write,
        )


@dataclass(frozen=True, slots=True)
class _Pair:
    stands: TaskAsItStands
    changes: Changes


@dataclass(frozen=True, slots=True)
class Chunk:
    """Deals with tasks of one project."""

    engine: sa.Engine
    plans: Plans
    server: str
    project: int
    owner: str
    """Whose claims these are."""
    open_after_s: float
    manners: Manners
    readers_of_project: int = 1
    """Readings that every task of the project is meant to have."""
    drafted: frozenset[int] | None = None
    """Tasks on which somebody has begun and not handed in; None: not asked for."""
    given_of: GivenOf = nothing_given

    def deal_with(self, asked: Sequence[int], tasks: Sequence[TaskRead]) -> Done:
        """Deal with tasks; those that were ``asked`` for and are not there are left to jobs. Raises PlanError."""
        missing = set(asked) - {task.id for task in tasks}
        all_stand = as_they_stand(self.engine, self.plans, [self._looked_at(task) for task in tasks], self.given_of)
        overtaken = {item.job.key.task for item in all_stand if is_overtaken(item)}
        pairs = self._judged([item for item in all_stand if item.job.key.task not in overtaken])
        pairs = [pair for pair in pairs if is_news(pair.changes) or pair.changes.seqs]
        stored = [self._stored(pairs[begin : begin + AT_ONCE]) for begin in range(0, len(pairs), AT_ONCE)]
        to_write = sum(stored) + self.leave(missing | overtaken)
        for pair in pairs:
            tell_of_failed_rules(pair.changes.key, pair.changes.new)
        return Done(
            looked_at=len(asked),
            found=sum(is_news(pair.changes) for pair in pairs) + len(missing | overtaken),
            judged=sum(len(pair.changes.new) for pair in pairs),
            to_write=to_write,
        )

    def leave(self, tasks: Collection[int]) -> int:
        """Leave tasks to jobs of their own; returns how many."""
        if tasks:
            with self.engine.begin() as connection:
                for task in sorted(tasks):
                    inbox.put_once(connection, hint_row(self._key(task), SWEPT, lane=BULK))
        return len(tasks)

    def _judged(self, all_stand: Iterable[TaskAsItStands]) -> list[_Pair]:
        """Judge what has no verdict yet, and decide."""
        known: list[TaskAsItStands] = []
        unknown: list[TaskAsItStands] = []
        for item in all_stand:
            (known if is_judged(item) else unknown).append(item)
        begun = ahead.begin(self.engine, [item.job.key for item in unknown])
        mine = [(item, begun[item.job.key.task]) for item in unknown if item.job.key.task in begun]
        return [
            *(_decided(item, self.open_after_s) for item in known),
            *(self._judged_one(replace(item, job=replace(item.job, seqs=(seq,)))) for item, seq in mine),
        ]

    def _judged_one(self, stands: TaskAsItStands) -> _Pair:
        self.manners.before_task()
        try:
            return _decided(stands, self.open_after_s)
        finally:
            self.manners.after_task()

    def _stored(self, pairs: Sequence[_Pair]) -> int:
        """Store in one transaction what nobody else has changed meanwhile; returns how many jobs are left."""
        with self.engine.begin() as connection:
            free = [pair for pair in pairs if claims.claim(connection, pair.changes.key, self.owner)]
            settled = [pair for pair in self._as_before(connection, free) if _is_settled(connection, pair)]
            left = [pair for pair in pairs if pair not in settled]
            for pair in left:
                _leave(connection, pair.changes)
            for pair in free:
                claims.release(connection, pair.changes.key, self.owner)
        return len(left)

    def _as_before(self, connection: sa.Connection, pairs: Sequence[_Pair]) -> list[_Pair]:
        """Those of which the store knows just what it knew when they were read."""
        wanted = [pair.changes.key.task for pair in pairs]
        known = known_of_tasks(connection, self.server, self.project, wanted)
        seen = seen_of_tasks(connection, self.server, self.project, wanted)
        return [
            pair
            for pair, task in zip(pairs, wanted, strict=True)
            if _marks(known.get(task, {})) == _marks(pair.stands.known)
            and frozenset(seen.get(task, ())) == pair.stands.seen
        ]

    def _looked_at(self, task: TaskRead) -> LookedAt:
        is_drafted = None if self.drafted is None else task.id in self.drafted
        return LookedAt(Job(self._key(task.id), (), 0, 0, BULK), task, self.readers_of_project, is_drafted)

    def _key(self, task: int) -> TaskKey:
        return TaskKey(self.server, self.project, task)


def is_overtaken(stands: TaskAsItStands) -> bool:
    """Whether a job has dealt with a later state of the task than was read."""
    task = stands.task
    if task is None:
        return False
    created_at, updated_at = as_text(task.created_at), as_text(task.updated_at)
    return any(seen.created_at == created_at and seen.updated_at > updated_at for seen in stands.seen)


def is_news(changes: Changes) -> bool:
    """Whether anything is to be stored, written or noted."""
    return changes.is_news or not (changes.write_back.silent and changes.is_seen)


def _decided(stands: TaskAsItStands, open_after_s: float) -> _Pair:
    return _Pair(stands, decide(stands, judged(stands), open_after_s))


def _is_settled(connection: sa.Connection, pair: _Pair) -> bool:
    """Store what is new, and note that the task was dealt with unless it needs a job of its own."""
    changes = pair.changes
    store(connection, changes)
    if changes.task is None or not changes.write_back.silent or _goes_back(pair) or _subjects_changed(connection, pair):
        return False
    if pair.stands.exam is not None and changes.new:
        return False  # it may be the last item, after which all are graded
    note_dealt_with(connection, changes, changes.task)
    if changes.seqs:
        inbox.settle(connection, pair.stands.job)
    return True


def _subjects_changed(connection: sa.Connection, pair: _Pair) -> bool:
    """Whether a subject that is seen on the task waits to be judged anew because of it."""
    key, checks = pair.changes.key, pair.stands.checks
    seen = least_compared(checks, seen_on_tasks(checks))
    dirty = seen and dirty_groups(connection, key.server, key.project, seen, key.task)
    return bool(dirty or (seen and lacking_with(connection, key)))


def _goes_back(pair: _Pair) -> bool:
    """Whether something of it may be on its way back to the queue."""
    if pair.changes.plan.return_of_work.mode != "requeue":
        return False
    returned = any(version.verdict.decision == "returned" for version in pair.changes.versions)
    return returned or bool(pair.stands.on_their_way)


def _leave(connection: sa.Connection, changes: Changes) -> None:
    if changes.seqs:
        ahead.make_due(connection, changes.seqs)
    else:
        inbox.put_once(connection, hint_row(changes.key, SWEPT, lane=BULK))


def _marks(known: Mapping[AnnotationIdentity, Known]) -> set[tuple[object, ...]]:
    return {(*key, item.version, item.state, item.content_digest, item.verdict_digest) for key, item in known.items()}
