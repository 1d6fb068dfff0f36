"""Returned work that goes back to the queue: prefilled by a prediction of ours, then taken out.

Nothing is removed before its whole content, author, times and unique_id are stored and were read back. Every step is
noted before it is taken, so that a process that is killed between two steps goes on where it was.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from guidelint.labelstudio.errors import Gone
from guidelint.labelstudio.tasks import TaskClient, TaskRead, annotation_of
from guidelint.service.clock import after, as_text, now
from guidelint.service.log import note
from guidelint.service.store import handed_in, inbox, known
from guidelint.service.store.database import insert_if_absent, reading
from guidelint.service.store.requeues import (
    DROPPED,
    MAKING,
    PREFILLED,
    REMOVING,
    WAITING,
    note_taken_out,
    submitted_elsewhere,
)
from guidelint.service.store.tables import predictions, requeues
from guidelint.service.worker.judge_annotation import content_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.service.store.handed_in import Version
    from guidelint.service.store.inbox import TaskKey
    from guidelint.service.store.known import Identity, Known
    from guidelint.validation.plan import ReturnOfWork


@dataclass(frozen=True, slots=True)
class Requeue:
    """Takes returned annotations of one project back to the queue. ``engine`` must be durable."""

    engine: sa.Engine
    client: TaskClient
    key: TaskKey

    def requeue_due(self, task: TaskRead, versions: Sequence[Version], rule: ReturnOfWork) -> bool:
        """Take out what is due; whether anything was. What is not due yet is noted for later."""
        if rule.mode != "requeue":
            return False
        returned = [version for version in versions if version.verdict.decision == "returned"]
        self._drop_others([version.identity for version in versions if version not in returned])
        taken_out = [self._one(task, version, rule) for version in returned]
        return any(taken_out)

    def _one(self, task: TaskRead, version: Version, rule: ReturnOfWork) -> bool:
        state = self._wait_for(version, rule)
        if state == WAITING and not self._is_due(version):
            return False
        problem = self._problem(task, version)
        if problem:
            note("not requeued", logging.WARNING, task=self.key.task, annotation=version.annotation, reason=problem)
            return False
        self._prefill(task, version)
        return self._take_out(version)

    def _wait_for(self, version: Version, rule: ReturnOfWork) -> str:
        """Note that it waits, and when it is due at the latest; returns how far it has come."""
        due = after(rule.requeue_after_minutes * 60, version.submitted_at)
        row = {**self._key(version.identity), "task": self.key.task, "due": due, "prediction": None}
        with self.engine.begin() as connection:
            made = insert_if_absent(connection, requeues, {**row, "state": WAITING, "changed_at": now()})
            if not made:
                again = sa.and_(self._is(version.identity), requeues.c.state.in_((WAITING, DROPPED)))
                connection.execute(sa.update(requeues).where(again).values(due=due, state=WAITING))
            state = connection.execute(sa.select(requeues.c.state).where(self._is(version.identity))).scalar_one()
            if state == WAITING and due > now():
                inbox.put_once(connection, inbox.hint_row(self.key, inbox.REVISIT, due))
        return str(state)

    def _is_due(self, version: Version) -> bool:
        with reading(self.engine) as connection:
            due = connection.execute(sa.select(requeues.c.due).where(self._is(version.identity))).scalar_one()
            return due <= now() or submitted_elsewhere(connection, self.key, version)

    def _problem(self, task: TaskRead, version: Version) -> str:
        """Why it must stay; empty: it may go."""
        project = self.client.project(self.key.project)
        if not project.show_collab_predictions:
            return "the project does not show predictions, so nothing would be prefilled"
        mine = self._predictions_of_ours()
        wanted = project.model_version or ""
        others = [item for item in task.predictions if (item.model_version or "") == wanted and item.id not in mine]
        if others and self._made_before(task, version, wanted) is None:
            return "another prediction would be prefilled in its place"
        return self._not_kept(version)

    def _not_kept(self, version: Version) -> str:
        """Say what the store does not hold of it yet; empty: everything."""
        self._fetch_unique_id(version)
        row = known.known_of_task(self.engine, self.key).get(version.identity)
        wanted = (*version.identity, version.version)
        with reading(self.engine) as connection:
            kept = known.contents_of(connection, self.key.server, self.key.project, [wanted]).get(wanted)
        if row is None or kept is None:
            return "it is not stored"
        return _incomplete(row, kept.json, version)

    def _fetch_unique_id(self, version: Version) -> None:
        row = known.known_of_task(self.engine, self.key).get(version.identity)
        if row is not None and row.unique_id is None:
            found = self.client.unique_ids(self.key.project, self.key.task).get(version.annotation)
            with self.engine.begin() as connection:
                handed_in.set_unique_id(connection, self.key, version.identity, found)

    def _prefill(self, task: TaskRead, version: Version) -> None:
        """Make the prediction, unless it was made before the process was killed; older ones of ours go first."""
        if self._state(version.identity) in (PREFILLED, REMOVING):
            return
        model_version = self.client.project(self.key.project).model_version or ""
        self._set(version.identity, MAKING)
        made = self._made_before(task, version, model_version)
        if made is None:
            self._remove_older(task)
            result = annotation_of(msgspec.Raw(version.content)).result
            made = self.client.create_prediction(self.key.task, result, model_version)
        row = {"server": self.key.server, "project": self.key.project, "prediction": made}
        with self.engine.begin() as connection:
            insert_if_absent(
                connection,
                predictions,
                {**row, "task": self.key.task, "annotation": version.annotation, "made_at": now()},
            )
        self._set(version.identity, PREFILLED, made)

    def _made_before(self, task: TaskRead, version: Version, model_version: str) -> int | None:
        """Find a prediction that equals the annotation and is not noted: made right before the process was killed."""
        if self._state(version.identity) != MAKING:
            return None
        wanted = _canonical(annotation_of(msgspec.Raw(version.content)).result)
        mine = self._predictions_of_ours()
        return next(
            (
                item.id
                for item in task.predictions
                if item.id not in mine
                and (item.model_version or "") == model_version
                and _canonical(item.result) == wanted
            ),
            None,
        )

    def _remove_older(self, task: TaskRead) -> None:
        mine = self._predictions_of_ours()
        for item in task.predictions:
            if item.id in mine:
                self.client.delete_prediction(item.id)

    def _take_out(self, version: Version) -> bool:
        """Remove the annotation, unless the annotator has touched it since it was read."""
        try:
            current = self.client.annotation(version.annotation)
        except Gone:
            return True
        same = as_text(current.created_at) == version.created_at and content_digest(current) == version.content_digest
        if not same:
            self._give_up(version.identity)
            return True
        self._set(version.identity, REMOVING)
        with contextlib.suppress(Gone):
            self.client.delete_annotation(version.annotation)
        with self.engine.begin() as connection:
            note_taken_out(connection, self.key, version.identity)
        return True

    def _give_up(self, identity: Identity) -> None:
        """Leave it, for the annotator was faster: the prediction is not needed."""
        with reading(self.engine) as connection:
            made = connection.execute(sa.select(requeues.c.prediction).where(self._is(identity))).scalar()
        if made is not None:
            with contextlib.suppress(Gone):
                self.client.delete_prediction(made)
        self._set(identity, DROPPED)

    def _drop_others(self, others: Sequence[Identity]) -> None:
        """Let what stands and is no longer returned wait no more."""
        on_task = sa.and_(*(requeues.c[name] == getattr(self.key, name) for name in ("server", "project", "task")))
        with reading(self.engine) as connection:
            waiting = sa.select(requeues).where(on_task, requeues.c.state.in_((WAITING, MAKING, PREFILLED, REMOVING)))
            rows = connection.execute(waiting).all()
        for row in rows:
            if (row.annotation, row.created_at) in others:
                self._give_up((row.annotation, row.created_at))

    def _predictions_of_ours(self) -> set[int]:
        mine = sa.select(predictions.c.prediction).where(
            predictions.c.server == self.key.server, predictions.c.project == self.key.project
        )
        with reading(self.engine) as connection:
            return set(connection.execute(mine.where(predictions.c.task == self.key.task)).scalars())

    def _state(self, identity: Identity) -> str:
        with reading(self.engine) as connection:
            return str(connection.execute(sa.select(requeues.c.state).where(self._is(identity))).scalar())

    def _set(self, identity: Identity, state: str, prediction: int | None = None) -> None:
        values: dict[str, object] = {"state": state, "changed_at": now()}
        if prediction is not None:
            values["prediction"] = prediction
        with self.engine.begin() as connection:
            connection.execute(sa.update(requeues).where(self._is(identity)).values(values))

    def _key(self, identity: Identity) -> dict[str, object]:
        return {
            "server": self.key.server,
            "project": self.key.project,
            "annotation": identity[0],
            "created_at": identity[1],
        }

    def _is(self, identity: Identity) -> sa.ColumnElement[bool]:
        return sa.and_(*(requeues.c[name] == value for name, value in self._key(identity).items()))


def _incomplete(known: Known, content: bytes, version: Version) -> str:
    if known.unique_id is None or known.annotator is None:
        return "its unique_id or its author is not known"
    if content_digest(annotation_of(msgspec.Raw(content))) != version.content_digest:
        return "what is stored of it is not what was read"
    return ""


def _canonical(result: msgspec.Raw) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(result), order="sorted")
