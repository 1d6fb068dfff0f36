"""Webhook bodies: what happened to which tasks and annotations, and nothing else.

Every body embeds the whole project, which carries secrets; the decoder steps over it without building it. An event is
only ever a hint: what is judged is read back from Label Studio. So a row that cannot be read, or more rows than are
taken, costs no submission: the event then says that the whole project must be swept.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from guidelint.labelstudio.connection.address import TRIAL
from guidelint.labelstudio.connection.webhook_rows import AnnotationRow, Hint, ProjectRow, TaskRow, first_rows, row_of

BODY_LIMIT_BYTES = 32 * 1024 * 1024
"""Longest body that is taken; a submission beyond it is found by the sweep."""

LONGEST_REASON = 300
"""Characters of a reason that may quote a body."""

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


class Trial(BadEvent):
    """What the doctor delivers, to see whether it arrives."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery, reduced to what may be stored."""

    action: Action
    project: int | None
    """None: it names none, or none that there can be."""
    hints: tuple[Hint, ...]
    digest: str
    """SHA-256 of the body."""
    beyond: str = ""
    """Why the hints do not say everything, so that the project must be swept; empty: they do."""


class _Body(msgspec.Struct):
    action: Action
    project: msgspec.Raw = msgspec.Raw(b"")
    annotation: msgspec.Raw = msgspec.Raw(b"")
    annotations: msgspec.Raw = msgspec.Raw(b"")
    tasks: msgspec.Raw = msgspec.Raw(b"")


_decoder = msgspec.json.Decoder(_Body)


def decode_event(body: bytes) -> Event:
    """Read a delivery. Raises BadEvent when it is too long, damaged, or not an event, and Trial when it is a trial."""
    if body == TRIAL:
        raise Trial("this is a trial of the doctor's")
    if len(body) > BODY_LIMIT_BYTES:
        raise BadEvent(f"the body has {len(body)} bytes, more than {BODY_LIMIT_BYTES}")
    try:
        read = _decoder.decode(body)
    except (ValueError, RecursionError) as error:
        raise BadEvent(f"the body is not a Label Studio event: {str(error)[:LONGEST_REASON]}") from error
    project, beyond = _project(read.project), list[str]()
    lists = ("annotation", read.annotation), ("annotations", read.annotations), ("tasks", read.tasks)
    hints = tuple(hint for name, raw in lists for hint in _hints(name, raw, read.action, beyond))
    if project is None and beyond and not hints:
        raise BadEvent(f"the body is not a Label Studio event: {beyond[0]}")
    if project is None and hints:
        beyond.append("it names no project that there can be")
    digest = hashlib.sha256(body).hexdigest()
    return Event(action=read.action, project=project, hints=hints, digest=digest, beyond="; ".join(beyond))


def _project(raw: msgspec.Raw) -> int | None:
    try:
        return row_of(raw, ProjectRow).id
    except ValueError:
        return None


def _hints(name: str, raw: msgspec.Raw, action: Action, beyond: list[str]) -> list[Hint]:
    """Hints of one list of rows; what they do not say goes ``beyond``."""
    hints, bad = list[Hint](), list[str]()
    rows, are_more = first_rows(raw)
    if are_more:
        beyond.append(f"`{name}` has more than {len(rows)} rows")
        return []
    for raw_row in rows:
        try:
            row = row_of(raw_row, TaskRow) if name == "tasks" else row_of(raw_row, AnnotationRow)
            hints.extend(row.hints(action))
        except ValueError as error:
            bad.append(str(error))
    if bad:
        beyond.append(f"{len(bad)} of {len(rows)} rows of `{name}` cannot be read: {bad[0]}")
    return hints
