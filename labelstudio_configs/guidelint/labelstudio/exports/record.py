"""One record of an export as a task: as exports give it, or one annotation with its task inside."""

from __future__ import annotations

import msgspec

from guidelint.annotation.decoding.files.json_record import ABSENT, read
from guidelint.labelstudio.decoding.payload import TaskPayload
from guidelint.labelstudio.decoding.whole_payload import WholeTask, read_whole, read_whole_task
from guidelint.labelstudio.exports.record_kind import refuse_encoding, refuse_record


class _StoredAnnotation(msgspec.Struct):
    """What Label Studio writes to a target storage, a file for each annotation."""

    result: msgspec.Raw
    task: TaskPayload


def read_task(raw: bytes) -> TaskPayload | WholeTask:
    """Read one record. Raises PayloadError; AnotherKindError among them when it is sound but no task."""
    refuse_encoding(raw)
    task = read_whole_task(raw) or _stored(raw) or read(raw, TaskPayload)
    if not task.annotations or task.data == ABSENT:
        refuse_record(raw, task)
    return task


def _stored(raw: bytes) -> TaskPayload | None:
    stored = read_whole(raw, _StoredAnnotation)
    if stored is None or stored.task.data == ABSENT:
        return None
    annotation = {key: part for key, part in read(raw, dict[str, msgspec.Raw]).items() if key != "task"}
    return TaskPayload(
        id=stored.task.id, data=stored.task.data, annotations=[msgspec.Raw(msgspec.json.encode(annotation))]
    )
