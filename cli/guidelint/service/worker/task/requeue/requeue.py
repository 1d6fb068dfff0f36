"""Taking returned work back to the queue: prefilled by a prediction of ours, then taken out.

Nothing is removed before its whole content, author, times and unique_id are stored and were read back. Every step is
noted before it is taken, so that a process that is killed between two steps goes on where it was.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.labelstudio.connection.errors import Gone
from guidelint.service.clock import as_text, now
from guidelint.service.log import note
from guidelint.service.store import handed_in, requeues
from guidelint.service.store.hints import inbox
from guidelint.service.store.requeues import DROPPED, MAKING, PREFILLED, REMOVING, WAITING
from guidelint.service.worker.task.judge_annotation import content_digest
from guidelint.service.worker.task.requeue.read_queue import kept_versions, queue_as_it_stands, went_on
from guidelint.service.worker.task.requeue.way_back import due, given_up, not_noted, prefill, waiting, why_not

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskClient, TaskRead
    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.service.store.handed_in import HandedIn
    from guidelint.service.store.known import AnnotationIdentity
    from guidelint.service.store.requeues import OnItsWay
    from guidelint.service.worker.task.requeue.way_back import GivenUp, Prefill, QueueAsItStands, Waits
    from guidelint.validation.judging.plan import ReturnOfWork


@dataclass(frozen=True, slots=True)
class Requeue:
    """Takes returned annotations of one task back to the queue. ``engine`` must be durable."""

    engine: sa.Engine
    client: TaskClient
    key: TaskKey
    lane: int

    def requeue_due(
        self,
        task: TaskRead,
        versions: Sequence[HandedIn],
        ways: Mapping[AnnotationIdentity, OnItsWay],
        rule: ReturnOfWork,
    ) -> bool:
        """Take out what is due; whether anything was. What is not due yet is noted for later.

        Raises Unreachable or Refused.
        """
        for item in given_up(versions, ways, rule):
            self._give_up(item, task)
        waits = waiting(versions, ways, rule)
        if not waits:
            return False
        self._note_waiting(waits)
        goes = due(waits, went_on(self.engine, self.key, waits), now())
        if not goes:
            return False
        queue = queue_as_it_stands(self.engine, self.client, self.key, task, [item.version for item in goes])
        gone = [self._go(item, queue) for item in goes]
        return any(gone)

    def _note_waiting(self, waits: Sequence[Waits]) -> None:
        with self.engine.begin() as connection:
            for item in waits:
                requeues.wait(connection, self.key, item.version.identity, item.due)
                if item.state == WAITING and item.due > now():
                    inbox.put_once(connection, inbox.hint_row(self.key, inbox.REVISIT, item.due, self.lane))

    def _go(self, item: Waits, queue: QueueAsItStands) -> bool:
        """Prefill and take out, unless it would not come back whole."""
        version, reason = item.version, why_not(item, queue)
        if reason:
            note("not requeued", logging.WARNING, task=self.key.task, annotation=version.annotation, reason=reason)
            return False
        with self.engine.begin() as connection:
            handed_in.set_unique_id(connection, self.key, version.identity, queue.unique_ids[version.identity])
        wanted = prefill(item, queue)
        made = item.prediction if wanted is None else self._prefill(version, wanted)
        return self._take_out(version, made)

    def _prefill(self, version: HandedIn, wanted: Prefill) -> int:
        """Make the prediction, unless it was made before the process was killed; older ones of ours go first."""
        self._set(version.identity, MAKING)
        made = wanted.made
        if made is None:
            for older in wanted.older:
                with contextlib.suppress(Gone):
                    self.client.delete_prediction(older)
            made = self.client.create_prediction(self.key.task, wanted.result, wanted.model_version)
        with self.engine.begin() as connection:
            requeues.note_prediction(connection, self.key, version.annotation, made)
            requeues.set_state(connection, self.key, version.identity, PREFILLED, made)
        return made

    def _take_out(self, version: HandedIn, made: int | None) -> bool:
        """Remove the annotation, unless the annotator has touched it since it was read."""
        try:
            current = self.client.annotation(version.annotation)
        except Gone:
            return True
        if as_text(current.created_at) != version.created_at or content_digest(current) != version.content_digest:
            self._remove([made] if made is not None else [])
            self._set(version.identity, DROPPED)
            return True
        self._set(version.identity, REMOVING)
        with contextlib.suppress(Gone):
            self.client.delete_annotation(version.annotation)
        with self.engine.begin() as connection:
            requeues.note_taken_out(connection, self.key, version.identity)
        return True

    def _give_up(self, item: GivenUp, task: TaskRead) -> None:
        """Leave it: the prediction is not needed, also one that was made right before the process was killed."""
        if item.prediction is not None:
            self._remove([item.prediction])
        if item.may_be_made and task.predictions:
            queue = queue_as_it_stands(self.engine, self.client, self.key, task, [])
            self._remove(not_noted(kept_versions(self.engine, self.key, item.identity), queue))
        self._set(item.identity, DROPPED)

    def _remove(self, unneeded: Sequence[int]) -> None:
        for prediction in unneeded:
            with contextlib.suppress(Gone):
                self.client.delete_prediction(prediction)

    def _set(self, identity: AnnotationIdentity, state: str) -> None:
        with self.engine.begin() as connection:
            requeues.set_state(connection, self.key, identity, state)
