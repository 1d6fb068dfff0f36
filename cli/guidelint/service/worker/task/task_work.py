"""Dealing with one task in rounds: read it as it stands, judge what is new, decide what to change, apply that."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guidelint.labelstudio.connection.errors import Unreachable
from guidelint.service.given import nothing_given
from guidelint.service.store.base.database import place_of, read_only
from guidelint.service.worker.servers.not_known import ProjectNotKnown, ServerNotKnown, no_token, not_pushed
from guidelint.service.worker.task.alarm import tell_of_failed_rules
from guidelint.service.worker.task.apply import note_dealt_with, same_annotations, stands_as_written, store, write
from guidelint.service.worker.task.decide import decide
from guidelint.service.worker.task.exam.stands import exam_stands
from guidelint.service.worker.task.judging_times import JudgingTimes
from guidelint.service.worker.task.read_task import as_they_stand, look_at, read_back
from guidelint.service.worker.task.requeue.requeue import Requeue
from guidelint.service.worker.task.subjects.judge_subjects import Subjects
from guidelint.service.worker.task.subjects.seen_on_task import on_tasks
from guidelint.service.worker.task.task_submissions import judged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskClient
    from guidelint.service.given import GivenOf
    from guidelint.service.store.hints.job import Job
    from guidelint.service.store.projects import Plans
    from guidelint.service.worker.task.as_it_stands import TaskAsItStands
    from guidelint.service.worker.task.decide import Changes
    from guidelint.service.worker.task.exam.stands import ExamStands

ROUNDS = 5
"""So often a task is looked at again because it changed while it was dealt with."""
FRESH_S = 0.25
"""Task data older than this is read again before it is written: Label Studio replaces the whole of it."""


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
    judging: JudgingTimes = field(default_factory=JudgingTimes)
    given_of: GivenOf = nothing_given

    def deal_with(self, job: Job, shown: Callable[[], None] = _nobody) -> None:
        """Deal with all that is pending for one task; ``shown`` is called once the verdict can be seen.

        Raises Unreachable when Label Studio is away or the task would not settle, Refused when it says no,
        ServerNotKnown, ProjectNotKnown, PlanError.
        """
        client = self.clients.get(job.key.server)
        if client is None:
            raise ServerNotKnown(no_token(job.key.server))
        for _ in range(ROUNDS):
            if self._round(client, job, shown):
                return
        raise Unreachable(f"task {job.key.task} changes faster than it can be dealt with")

    def _round(self, client: TaskClient, job: Job, shown: Callable[[], None]) -> bool:
        """Read, judge, decide, apply; False: the task changed meanwhile, by others or by us."""
        if self.plans.newest(job.key.server, job.key.project) is None:
            raise ProjectNotKnown(not_pushed(job.key.server, job.key.project, place_of(self.engine)))
        found = look_at(client, job)
        read_at = time.monotonic()
        (stands,) = as_they_stand(self.engine, self.plans, [found], self.given_of)
        with self.judging.one():
            versions = judged(stands)
        changes = decide(stands, versions, self.open_after_s)
        if not changes.is_stored:
            with self.engine.begin() as connection:
                store(connection, changes)
        if stands.exam is not None and self._graded(client, stands, stands.exam):
            stands = self._with_exam(stands)
            changes = decide(stands, changes.versions, self.open_after_s)
        subjects = Subjects(self.engine, job.key.server, job.key.project, stands.plan, stands.checks, job.lane)
        if stands.checks and subjects.touched_by(job.key.task):
            stands = self._with_subjects(stands)
            changes = decide(stands, changes.versions, self.open_after_s)
        tell_of_failed_rules(job.key, changes.new)
        if stands.task is None:
            return True
        if changes.write_back.data is not None and time.monotonic() - read_at > FRESH_S:
            again = read_back(client, job.key)
            if again is None or not same_annotations(again, stands.task):
                return False
            changes = decide(replace(stands, task=again), changes.versions, self.open_after_s)
        return self._written(client, changes, shown) and not self._requeued(client, changes, stands)

    def _graded(self, client: TaskClient, stands: TaskAsItStands, exam: ExamStands) -> bool:
        """Grade those who have handed in the last item of an exam; whether anybody has."""
        from guidelint.service.worker.task.exam.grade import Grading  # noqa: PLC0415 - few projects are exams

        grading = Grading(self.engine, client, stands.job.key, stands.job.lane, stands.given)
        with self.judging.one():
            return grading.grade_due(exam, [item.read.annotator for item in stands.annotations])

    def _with_exam(self, stands: TaskAsItStands) -> TaskAsItStands:
        """Add what came of the exam just now."""
        key = stands.job.key
        with read_only(self.engine) as connection:
            return replace(stands, exam=exam_stands(connection, key.server, key.project))

    def _with_subjects(self, stands: TaskAsItStands) -> TaskAsItStands:
        """Add what was judged just now of the subjects above it."""
        key = stands.job.key
        with read_only(self.engine) as connection:
            found = on_tasks(connection, key.server, key.project, [key.task], stands.checks)
        return replace(stands, subjects=found.get(key.task, ()))

    def _written(self, client: TaskClient, changes: Changes, shown: Callable[[], None]) -> bool:
        """Write what changed; False: it does not stand as written, or the task changed meanwhile."""
        stands = write(client, changes, shown)
        if stands is None or not stands_as_written(stands, changes):
            return False
        if not changes.is_settled:
            with self.engine.begin() as connection:
                note_dealt_with(connection, changes, stands)
        return True

    def _requeued(self, client: TaskClient, changes: Changes, stands: TaskAsItStands) -> bool:
        """Take back to the queue what is due; whether anything was."""
        if changes.task is None:
            return False
        requeue = Requeue(self.durable, client, changes.key, changes.lane)
        return requeue.requeue_due(changes.task, changes.versions, stands.on_their_way, changes.plan.return_of_work)
