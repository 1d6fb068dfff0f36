"""Dealing with one task: read it as it stands, judge what is new, write back what changed, look that it stands."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.labelstudio.errors import Gone, Unreachable
from guidelint.labelstudio.writeback import KEYS, Reading, TaskState, WriteBack, plan_writeback, writeback_digest
from guidelint.service.clock import after, as_text, now
from guidelint.service.store import handed_in, inbox
from guidelint.service.store.escalations import record_escalations
from guidelint.service.store.handed_in import Identity, Known, Version
from guidelint.service.store.inbox import Job, TaskKey
from guidelint.service.store.requeues import forget_waiting, note_taken_out, taken_out_by_us, wake_waiting
from guidelint.service.worker.alarm import tell_of_failed_rules
from guidelint.service.worker.requeue import Requeue
from guidelint.service.worker.task_submissions import Submissions, new_content

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.tasks import TaskClient, TaskRead
    from guidelint.service.store.projects import Plans
    from guidelint.validation.plan import Plan

ROUNDS = 5
"""So often a task is looked at again because it changed while it was dealt with."""
FRESH_S = 0.25
"""Task data older than this is read again before it is written: Label Studio replaces the whole of it."""


class ServerNotKnown(Exception):  # noqa: N818 - a state of the settings
    """A hint from a server that this service has no token for."""


def _nobody() -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class TaskWork:
    """Deals with tasks of all servers."""

    engine: sa.Engine
    durable: sa.Engine
    """The same store, with commits that a power cut cannot undo: for what is about to be removed elsewhere."""
    clients: Mapping[str, TaskClient]
    plans: Plans
    open_after_s: float = 20.0

    def deal_with(self, job: Job, shown: Callable[[], None] = _nobody) -> None:
        """Deal with all that is pending for one task; ``shown`` is called once the verdict can be seen.

        Raises Unreachable when Label Studio is away or the task would not settle, Refused when it says no,
        ServerNotKnown, PlanError.
        """
        client = self.clients.get(job.key.server)
        if client is None:
            raise ServerNotKnown(job.key.server)
        for _ in range(ROUNDS):
            if self._round(client, job, shown):
                return
        raise Unreachable(f"task {job.key.task} changes faster than it can be dealt with")

    def _round(self, client: TaskClient, job: Job, shown: Callable[[], None]) -> bool:
        """Read, judge, write, look again; False: the task changed meanwhile, by others or by us."""
        began = time.monotonic()
        plan = self.plans.newest(job.key.server, job.key.project)
        if plan is None:
            return True
        task = _read(client, job.key)
        known = handed_in.known_of_task(self.engine, job.key)
        if task is None:
            self._withdraw(job.key, list(known))
            return True
        versions = Submissions(self.engine, self.plans).judged(job, task, known)
        readings = self._stored(job, versions, known)
        if time.monotonic() - began > FRESH_S:
            again = _read(client, job.key)
            if again is None or not _same_annotations(again, task):
                return False
            task = again
        if not self._told(client, task, readings, plan, shown):
            return False
        return not Requeue(self.durable, client, job.key).requeue_due(task, versions, plan.return_of_work)

    def _stored(self, job: Job, versions: Sequence[Version], known: Mapping[Identity, Known]) -> list[Reading]:
        """Store what is new before anybody is told; returns the readings that count."""
        standing = {version.identity for version in versions}
        gone = [item for identity, item in known.items() if identity not in standing]
        ours = taken_out_by_us(self.engine, job.key) if gone else set[Identity]()
        requeued = [item for item in gone if item.identity in ours and not _superseded(item, versions)]
        kept = {item.identity for item in requeued}
        withdrawn = [item.identity for item in gone if item.identity not in kept]
        new = [version for version in versions if version.is_new]
        if withdrawn or requeued or new or _lacks_unique_id(known):
            with self.engine.begin() as connection:
                handed_in.withdraw(connection, job.key, withdrawn)
                forget_waiting(connection, job.key, withdrawn)
                for item in requeued:
                    note_taken_out(connection, job.key, item.identity)
                handed_in.store_versions(connection, job.key, new)
                handed_in.keep_what_hooks_told(connection, job.key, job.seqs)
                wake_waiting(connection, job.key, new_content(versions))
        tell_of_failed_rules(job.key, new)
        return [*(_reading(version) for version in versions), *(_requeued(item) for item in requeued if item.verdict)]

    def _withdraw(self, key: TaskKey, identities: Sequence[Identity]) -> None:
        with self.engine.begin() as connection:
            handed_in.withdraw(connection, key, identities)

    def _told(
        self,
        client: TaskClient,
        task: TaskRead,
        readings: Sequence[Reading],
        plan: Plan,
        shown: Callable[[], None],
    ) -> bool:
        """Write what changed and read it back; False: it does not stand as written, or the task changed meanwhile."""
        latest = max((reading.submitted_at for reading in readings), default=now())
        may_open_at = after(self.open_after_s, latest)
        state = TaskState(task.data, task.overlap, task.is_labeled)
        writeback = plan_writeback(state, readings, plan.routes, may_open=may_open_at <= now())
        key = TaskKey(client.base_url, task.project, task.id)
        try:
            stands = _write(client, key, task, writeback, shown)
        except Gone:
            return False
        if stands is None or not _as_written(stands, task, writeback):
            return False
        opened = not stands.is_labeled and any(reading.completed for reading in readings)
        created_at, updated_at = as_text(stands.created_at), as_text(stands.updated_at)
        if (
            writeback.silent
            and not writeback.opening_waits
            and handed_in.is_seen(self.engine, key, created_at, updated_at)
        ):
            return True
        with self.engine.begin() as connection:
            written = None if writeback.silent else writeback_digest(readings)
            handed_in.seen(connection, key, created_at, updated_at, written)
            record_escalations(connection, key, created_at, readings, plan.routes, opened=opened)
            if writeback.opening_waits:
                inbox.put_once(connection, inbox.hint_row(key, inbox.REVISIT, may_open_at))
        return True


def _read(client: TaskClient, key: TaskKey) -> TaskRead | None:
    """Read the task, or None when it is gone; its id may meanwhile belong to a task of another project."""
    try:
        task = client.task(key.task)
    except Gone:
        return None
    return task if task.project == key.project else None


def _write(
    client: TaskClient, key: TaskKey, task: TaskRead, writeback: WriteBack, shown: Callable[[], None]
) -> TaskRead | None:
    """Write, tell that it can be seen, read back; the banner is neutral before the task opens to another reader."""
    if writeback.data is not None:
        client.write_data(task.id, writeback.data)
    shown()
    if writeback.overlap is not None:
        client.open_to_readers(task.id, writeback.overlap)
    return task if writeback.silent else _read(client, key)


def _same_annotations(one: TaskRead, other: TaskRead) -> bool:
    """Whether the same annotations stand, unchanged."""
    marks = [{(item.id, item.created_at, item.updated_at) for item in task.annotations} for task in (one, other)]
    return marks[0] == marks[1]


def _as_written(stands: TaskRead, before: TaskRead, writeback: WriteBack) -> bool:
    """Whether the task now says what was written, on the annotations that were judged."""
    wanted = writeback.data
    return _same_annotations(stands, before) and (
        wanted is None or all(stands.data.get(key) == wanted.get(key) for key in KEYS)
    )


def _lacks_unique_id(known: Mapping[Identity, Known]) -> bool:
    return any(item.unique_id is None for item in known.values())


def _superseded(requeued: Known, versions: Sequence[Version]) -> bool:
    """Whether the one who had it back, or anybody else, has handed it in again."""
    return any(version.created_at > requeued.created_at for version in versions)


def _reading(version: Version) -> Reading:
    return Reading(
        annotation=version.annotation,
        annotator=version.annotator,
        submitted_at=version.submitted_at,
        verdict=version.verdict,
        digest=version.verdict_digest,
    )


def _requeued(item: Known) -> Reading:
    if item.verdict is None or item.verdict_digest is None:
        raise AssertionError("asked for only with a verdict")
    return Reading(
        annotation=item.annotation,
        annotator=item.annotator,
        submitted_at=item.submitted_at,
        verdict=item.verdict,
        digest=item.verdict_digest,
        requeued=True,
    )
