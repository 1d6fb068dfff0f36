"""Returned annotations on their way back to the queue, as the store keeps them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import now
from guidelint.service.store import handed_in
from guidelint.service.store.base.database import insert_if_absent, read_only
from guidelint.service.store.base.tables import annotation_rows, predictions, requeues, same_annotation
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox
from guidelint.service.store.known import REQUEUED, AnnotationIdentity

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from guidelint.service.store.handed_in import HandedIn

WAITING, MAKING, PREFILLED, REMOVING, DONE, DROPPED = "waiting", "making", "prefilled", "removing", "done", "dropped"
OURS = (REMOVING, DONE)
"""States in which an annotation that is gone was taken out by us."""


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """How far a returned annotation has come on its way back to the queue."""

    state: str
    due: str
    """When it goes back at the latest."""
    prediction: int | None
    """The prediction that was made of it."""

    @property
    def taken_out_by_us(self) -> bool:
        """Whether its absence is our doing."""
        return self.state in OURS


def on_their_way(
    connection: sa.Connection, server: str, project: int, wanted: Collection[int]
) -> dict[int, dict[AnnotationIdentity, OnItsWay]]:
    """Task → its annotations that wait, are on their way back to the queue, or were."""
    found = sa.select(requeues).where(
        requeues.c.server == server, requeues.c.project == project, requeues.c.task.in_(wanted)
    )
    by_task = defaultdict[int, dict[AnnotationIdentity, OnItsWay]](dict)
    for row in connection.execute(found):
        by_task[row.task][row.annotation, row.created_at] = OnItsWay(row.state, row.due, row.prediction)
    return dict(by_task)


def wait(connection: sa.Connection, key: TaskKey, identity: AnnotationIdentity, due: str) -> None:
    """Note that a returned annotation waits, and until when at the latest; one that is on its way stays so."""
    row = {**_values(key, identity), "task": key.task, "due": due, "prediction": None}
    if not insert_if_absent(connection, requeues, {**row, "state": WAITING, "changed_at": now()}):
        again = sa.and_(_is(key, identity), requeues.c.state.in_((WAITING, DROPPED, DONE)))
        connection.execute(sa.update(requeues).where(again).values(due=due, state=WAITING, prediction=None))


def set_state(
    connection: sa.Connection, key: TaskKey, identity: AnnotationIdentity, state: str, prediction: int | None = None
) -> None:
    """Note how far it has come, and what was prefilled from it."""
    values: dict[str, object] = {"state": state, "changed_at": now()}
    if prediction is not None:
        values["prediction"] = prediction
    connection.execute(sa.update(requeues).where(_is(key, identity)).values(values))


def note_prediction(connection: sa.Connection, key: TaskKey, annotation: int, prediction: int) -> None:
    """Note that a prediction is one of ours."""
    row = {"server": key.server, "project": key.project, "prediction": prediction}
    insert_if_absent(connection, predictions, {**row, "task": key.task, "annotation": annotation, "made_at": now()})


def predictions_of_ours(connection: sa.Connection, key: TaskKey) -> set[int]:
    """Predictions of a task that were made by us."""
    mine = sa.select(predictions.c.prediction).where(
        predictions.c.server == key.server, predictions.c.project == key.project, predictions.c.task == key.task
    )
    return set(connection.execute(mine).scalars())


def forget_waiting(connection: sa.Connection, key: TaskKey, gone: Sequence[AnnotationIdentity]) -> None:
    """Let what somebody else took out wait no more."""
    for identity in gone:
        this = sa.and_(_is(key, identity), requeues.c.state == WAITING)
        connection.execute(sa.update(requeues).where(this).values(state=DROPPED, changed_at=now()))


def note_taken_out(connection: sa.Connection, key: TaskKey, identity: AnnotationIdentity) -> None:
    """Note that an annotation is gone and that it was our doing."""
    handed_in.set_state(connection, key, identity, REQUEUED)
    set_state(connection, key, identity, DONE)


def is_ours(engine: sa.Engine, server: str, project: int, prediction: int) -> bool:
    """Whether a prediction is one of ours, and so no suggestion of an AI."""
    this = sa.select(predictions.c.task).where(
        predictions.c.server == server, predictions.c.project == project, predictions.c.prediction == prediction
    )
    with read_only(engine) as connection:
        return connection.execute(this).first() is not None


def wake_waiting(connection: sa.Connection, key: TaskKey, handed_in: Sequence[HandedIn], lane: int) -> None:
    """Note that an annotator went on to another task: what waits of theirs may go back to the queue now."""
    for annotator in {version.annotator for version in handed_in}:
        theirs = (
            sa.select(requeues.c.task)
            .join(annotation_rows, same_annotation(requeues, annotation_rows))
            .where(requeues.c.server == key.server, requeues.c.project == key.project, requeues.c.state == WAITING)
            .where(requeues.c.task != key.task, annotation_rows.c.annotator == annotator)
        )
        for task in connection.execute(theirs).scalars().all():
            other = TaskKey(key.server, key.project, task)
            inbox.put_once(connection, inbox.hint_row(other, inbox.REVISIT, lane=lane))


def submitted_elsewhere(connection: sa.Connection, key: TaskKey, version: HandedIn) -> bool:
    """Whether the annotator submitted another task after this one."""
    later = sa.select(annotation_rows.c.task).where(
        annotation_rows.c.server == key.server,
        annotation_rows.c.project == key.project,
        annotation_rows.c.annotator == version.annotator,
        annotation_rows.c.task != key.task,
        annotation_rows.c.submitted_at > version.submitted_at,
    )
    return connection.execute(later.limit(1)).first() is not None


def _values(key: TaskKey, identity: AnnotationIdentity) -> dict[str, object]:
    return {"server": key.server, "project": key.project, "annotation": identity[0], "created_at": identity[1]}


def _is(key: TaskKey, identity: AnnotationIdentity) -> sa.ColumnElement[bool]:
    return sa.and_(*(requeues.c[name] == value for name, value in _values(key, identity).items()))
