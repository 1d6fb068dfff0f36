"""The rows of a webhook body, each read by itself and within bounds: a bad one costs no other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, TypeVar

import msgspec

from guidelint.annotation.decoding.parts.side_facts import FactReader, moment

MOST_ROWS = 500
"""More rows of one list are not taken one by one: the project is swept instead."""
LONGEST_UNIQUE_ID = 80
LONGEST_PREDICTION_BYTES = 4 * 1024 * 1024
"""A longer frozen prediction is not kept; nothing is judged from it."""
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""No time of Label Studio lies before."""

Id = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
"""Id of a task or an annotation, as a database can hold it."""
ProjectId = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
"""Id of a project, as Label Studio's own database can hold it."""

_FirstRows = msgspec.defstruct(
    "_FirstRows", [(f"row_{n}", msgspec.Raw, msgspec.Raw(b"")) for n in range(MOST_ROWS + 1)], array_like=True
)
"""The beginning of a list: the decoder steps over what follows, however long, without building it."""
_first_rows = msgspec.json.Decoder(_FirstRows)
Row = TypeVar("Row")


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


class ProjectRow(msgspec.Struct):
    """The project of an event: nothing but its id."""

    id: ProjectId


class AnnotationRow(msgspec.Struct):
    """An annotation as an event tells it, without what was drawn."""

    id: Id
    task: Id | None = None
    created_at: object = None
    updated_at: object = None
    unique_id: object = None
    prediction: msgspec.Raw = msgspec.Raw(b"")

    def hints(self, action: str) -> tuple[Hint, ...]:
        """Point at the annotation. Raises ValueError when its task is not told, which only a deletion need not."""
        if self.task is None and action != "ANNOTATIONS_DELETED":
            raise ValueError("an annotation without its task")
        return (
            Hint(
                task=self.task,
                annotation=self.id,
                created_at=_moment(self.created_at),
                updated_at=_moment(self.updated_at),
                unique_id=_unique_id(self.unique_id),
                prediction=_frozen_prediction(self.prediction),
            ),
        )


class TaskRow(msgspec.Struct):
    """A task as an event tells it."""

    id: Id
    created_at: object = None
    updated_at: object = None
    total_annotations: object = 0
    cancelled_annotations: object = 0

    def hints(self, action: str) -> tuple[Hint, ...]:
        """Point at a new task only when it came with annotations; at a deleted one always."""
        if action != "TASKS_DELETED" and not self.total_annotations and not self.cancelled_annotations:
            return ()
        return (Hint(task=self.id, created_at=_moment(self.created_at), updated_at=_moment(self.updated_at)),)


def first_rows(raw: msgspec.Raw) -> tuple[list[msgspec.Raw], bool]:
    """Rows of a list, or the only row; and whether there are more rows than are taken.

    Raises DecodeError when the list is damaged.
    """
    text = bytes(raw)
    if text in {b"", b"null"}:
        return [], False
    if not text.startswith(b"["):
        return [raw], False
    rows = [row for row in msgspec.structs.astuple(_first_rows.decode(text)) if bytes(row)]
    return rows[:MOST_ROWS], len(rows) > MOST_ROWS


def row_of(raw: msgspec.Raw, kind: type[Row]) -> Row:
    """Read one row. Raises ValueError when it cannot be read."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _moment(value: object) -> datetime | None:
    """Time of a hint; what is judged is read back, so one that cannot be read costs nothing."""
    time = FactReader().read("time", value, moment)
    return time if time is not None and time >= EARLIEST else None


def _unique_id(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST_UNIQUE_ID or not value.isprintable():
        return None
    return value


def _frozen_prediction(raw: msgspec.Raw) -> bytes | None:
    text = bytes(raw)
    return None if text in {b"", b"null", b"{}"} or len(text) > LONGEST_PREDICTION_BYTES else text
