"""Webhook bodies: what happened to which tasks and annotations, and nothing else.

Every body embeds the whole project, which carries secrets; the decoder steps over it without building it. An event is
only ever a hint: what is judged is read back from Label Studio.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

import msgspec

from guidelint.labelstudio.side_facts import FactReader, moment

BODY_LIMIT_BYTES = 32 * 1024 * 1024
"""Longest body that is taken; a submission beyond it is found by the sweep."""

Action = Literal[
    "PROJECT_CREATED",
    "PROJECT_UPDATED",
    "PROJECT_DELETED",
    "TASKS_CREATED",
    "TASKS_DELETED",
    "ANNOTATION_CREATED",
    "ANNOTATIONS_CREATED",
    "ANNOTATION_UPDATED",
    "ANNOTATIONS_DELETED",
    "LABEL_LINK_CREATED",
    "LABEL_LINK_UPDATED",
    "LABEL_LINK_DELETED",
]
PROJECT_ACTIONS: tuple[Action, ...] = (
    "PROJECT_UPDATED",
    "TASKS_CREATED",
    "TASKS_DELETED",
    "ANNOTATION_CREATED",
    "ANNOTATIONS_CREATED",
    "ANNOTATION_UPDATED",
    "ANNOTATIONS_DELETED",
)
"""Actions the service wants to hear of, as a project's webhook lists them."""


class BadEvent(ValueError):  # noqa: N818 - what it is
    """A body that is not a Label Studio event; the message says what is wrong with it."""


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """One task or annotation that an event points at."""

    task: int | None = None
    annotation: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    unique_id: str | None = None
    """Only webhooks and exports have it; reading the annotation back does not give it."""
    prediction: bytes | None = None
    """JSON of the prediction the annotation started from, frozen by Label Studio; only webhooks and exports have it."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery, reduced to what may be stored."""

    action: Action
    project: int | None
    hints: tuple[Hint, ...]
    digest: str
    """SHA-256 of the body."""


class _Ref(msgspec.Struct):
    id: int


class _Task(msgspec.Struct):
    id: int
    created_at: object = None
    updated_at: object = None
    total_annotations: int = 0
    cancelled_annotations: int = 0


class _Annotation(msgspec.Struct):
    id: int
    task: int | None = None
    created_at: object = None
    updated_at: object = None
    unique_id: object = None
    prediction: msgspec.Raw = msgspec.Raw(b"")


class _Body(msgspec.Struct):
    action: Action
    project: _Ref | None = None
    annotation: _Annotation | list[_Annotation] | None = None
    annotations: list[_Annotation] = []
    tasks: list[_Task] = []


_decoder = msgspec.json.Decoder(_Body)


def decode_event(body: bytes) -> Event:
    """Read a delivery. Raises BadEvent when it is too long, damaged, or not an event."""
    if len(body) > BODY_LIMIT_BYTES:
        raise BadEvent(f"the body has {len(body)} bytes, more than {BODY_LIMIT_BYTES}")
    try:
        read = _decoder.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadEvent(f"the body is not a Label Studio event: {error}") from error
    return Event(
        action=read.action,
        project=read.project.id if read.project else None,
        hints=_hints(read),
        digest=hashlib.sha256(body).hexdigest(),
    )


def _hints(body: _Body) -> tuple[Hint, ...]:
    single = [] if body.annotation is None else body.annotation
    annotations = [*(single if isinstance(single, list) else [single]), *body.annotations]
    return (*(_of_annotation(item) for item in annotations), *_of_tasks(body))


def _of_annotation(item: _Annotation) -> Hint:
    return Hint(
        task=item.task,
        annotation=item.id,
        created_at=_moment(item.created_at),
        updated_at=_moment(item.updated_at),
        unique_id=item.unique_id if isinstance(item.unique_id, str) else None,
        prediction=_frozen_prediction(item.prediction),
    )


def _moment(value: object) -> datetime | None:
    """Time of a hint; what is judged is read back, so one that cannot be read costs nothing."""
    return FactReader().read("time", value, moment)


def _frozen_prediction(raw: msgspec.Raw) -> bytes | None:
    text = bytes(raw)
    return None if text in {b"", b"null", b"{}"} else text


def _of_tasks(body: _Body) -> tuple[Hint, ...]:
    """Point at new tasks only when they came with annotations; at deleted ones always."""
    return tuple(
        Hint(task=task.id, created_at=_moment(task.created_at), updated_at=_moment(task.updated_at))
        for task in body.tasks
        if body.action == "TASKS_DELETED" or task.total_annotations or task.cancelled_annotations
    )
