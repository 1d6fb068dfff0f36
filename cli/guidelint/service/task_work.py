"""Dealing with one task: read it as it stands, judge what is new, write back what changed, look that it stands."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from guidelint.labelstudio.errors import Gone, Unreachable
from guidelint.labelstudio.tasks import AnnotationRead, TaskClient, TaskRead
from guidelint.labelstudio.writeback import KEYS, Reading, TaskState, WriteBack, plan_writeback, writeback_digest
from guidelint.service import inbox, ledger
from guidelint.service.clock import after, as_text, now
from guidelint.service.inbox import Job, TaskKey
from guidelint.service.judging import Subjected, content_digest, judge_subject, subject_digest, unjudged
from guidelint.service.ledger import Identity, Known, Version
from guidelint.service.projects import Plans
from guidelint.validation.plan import Plan
from guidelint.validation.verdict import Verdict

ROUNDS = 4
"""So often a task is looked at again because it changed while it was dealt with."""
FRESH_S = 0.25
"""Task data older than this is read again before it is written: Label Studio replaces the whole of it."""
POISON_STARTS = 3
"""A job that stopped the program so often is not judged again."""


class ServerNotKnown(Exception):  # noqa: N818 - a state of the settings
    """A hint from a server that this service has no token for."""


@dataclass(frozen=True, slots=True)
class TaskWork:
    """Deals with tasks of all servers."""

    engine: sa.Engine
    clients: Mapping[str, TaskClient]
    plans: Plans
    open_after_s: float = 20.0

    def deal_with(self, job: Job, shown: Callable[[], None] = lambda: None) -> None:
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
        """Read, judge, write, look again; False: the task changed meanwhile."""
        began = time.monotonic()
        task = self._read(client, job.key)
        known = ledger.known_of_task(self.engine, job.key)
        if task is None:
            self._withdraw(job.key, list(known))
            shown()
            return True
        readings = self._judge_all(job, task, known)
        plan = self.plans.newest(job.key.server, job.key.project)
        if plan is None:
            return True
        if time.monotonic() - began > FRESH_S:
            again = self._read(client, job.key)
            if again is None or _annotations_of(again) != _annotations_of(task):
                return False
            task = again
        return self._tell(client, task, readings, self._planned(task, readings, plan), shown)

    def _read(self, client: TaskClient, key: TaskKey) -> TaskRead | None:
        """The task, or None when it is gone; its id may meanwhile belong to a task of another project."""
        try:
            task = client.task(key.task)
        except Gone:
            return None
        return task if task.project == key.project else None

    def _judge_all(self, job: Job, task: TaskRead, known: Mapping[Identity, Known]) -> list[Reading]:
        """Verdicts on all annotations that stand; new ones are stored before anybody is told."""
        versions = [self._version(job, task, item, known) for item in task.annotations]
        judged = [version for version in versions if version is not None]
        standing = {(version.annotation, version.created_at) for version in judged}
        with self.engine.begin() as connection:
            ledger.withdraw(connection, job.key, [identity for identity in known if identity not in standing])
            ledger.store_versions(connection, job.key, [item for item in judged if not _stored(item, known)])
            ledger.keep_what_hooks_told(connection, job.key, job.seqs)
        return [_reading(version) for version in judged]

    def _version(
        self, job: Job, task: TaskRead, annotation: AnnotationRead, known: Mapping[Identity, Known]
    ) -> Version | None:
        """The annotation with the verdict on it: the one that is stored when nothing changed, else a new one."""
        identity = (annotation.id, as_text(annotation.created_at))
        before = known.get(identity)
        content = content_digest(annotation)
        changed = before is None or before.content_digest != content
        submitted_at = as_text(annotation.updated_at) if before is None or changed else before.submitted_at
        number = 1 if before is None else before.version + changed
        plan = self.plans.in_force(job.key.server, job.key.project, submitted_at)
        if plan is None:
            return None
        previous = ledger.content_of(self.engine, job.key, identity, number - 1)
        subject = Subjected(
            annotation=annotation.id,
            task=task.id,
            content=bytes(annotation.raw),
            content_digest=content,
            previous=previous[0] if previous else None,
            previous_digest=previous[1] if previous else "",
            data=task.data,
        )
        digest = subject_digest(subject, plan)
        same = before is not None and before.verdict_digest == digest
        verdict = before.verdict if same and before is not None else None
        return Version(
            annotation=annotation.id,
            created_at=identity[1],
            task_created_at=as_text(task.created_at),
            annotator=annotation.annotator,
            parent_prediction=annotation.parent_prediction,
            submitted_at=submitted_at,
            version=number,
            content=subject.content,
            content_digest=content,
            verdict=verdict or self._judge(job, subject, plan),
            verdict_digest=digest,
        )

    def _judge(self, job: Job, subject: Subjected, plan: Plan) -> Verdict:
        if job.starts >= POISON_STARTS:
            return unjudged(subject, plan, f"judging it stopped the program {job.starts} times")
        return judge_subject(subject, plan)

    def _withdraw(self, key: TaskKey, identities: Sequence[Identity]) -> None:
        with self.engine.begin() as connection:
            ledger.withdraw(connection, key, identities)

    def _planned(self, task: TaskRead, readings: Sequence[Reading], plan: Plan) -> WriteBack:
        state = TaskState(task.data, task.overlap, task.is_labeled)
        latest = max((reading.submitted_at for reading in readings), default=now())
        may_open = after(self.open_after_s, latest) <= now()
        return plan_writeback(state, readings, plan.routes, may_open=may_open)

    def _tell(
        self,
        client: TaskClient,
        task: TaskRead,
        readings: Sequence[Reading],
        writeback: WriteBack,
        shown: Callable[[], None],
    ) -> bool:
        """Write what changed and read it back; False: it does not stand as written, or the task changed meanwhile."""
        key = TaskKey(client.base_url, task.project, task.id)
        if writeback.data is not None:
            client.write_data(task.id, writeback.data)
        shown()
        if writeback.overlap is not None:
            client.open_to_readers(task.id, writeback.overlap)
        stands = task if writeback.silent else self._read(client, key)
        if stands is None or not _as_written(stands, task, writeback):
            return False
        with self.engine.begin() as connection:
            written = None if writeback.silent else writeback_digest(readings)
            ledger.seen(connection, key, as_text(stands.created_at), as_text(stands.updated_at), written)
            if writeback.opening_waits:
                due = after(self.open_after_s, max(reading.submitted_at for reading in readings))
                inbox.put_once(connection, inbox.hint_row(key, inbox.REVISIT, due))
        return True


def _annotations_of(task: TaskRead) -> set[tuple[int, str, str]]:
    return {(item.id, as_text(item.created_at), as_text(item.updated_at)) for item in task.annotations}


def _as_written(stands: TaskRead, before: TaskRead, writeback: WriteBack) -> bool:
    """Whether the task now says what was written, on the annotations that were judged."""
    wanted = writeback.data
    return _annotations_of(stands) == _annotations_of(before) and (
        wanted is None or all(stands.data.get(key) == wanted.get(key) for key in KEYS)
    )


def _stored(version: Version, known: Mapping[Identity, Known]) -> bool:
    before = known.get((version.annotation, version.created_at))
    return before is not None and before.verdict_digest == version.verdict_digest and before.version == version.version


def _reading(version: Version) -> Reading:
    return Reading(
        annotation=version.annotation,
        annotator=version.annotator,
        submitted_at=version.submitted_at,
        verdict=version.verdict,
        digest=version.verdict_digest,
    )
