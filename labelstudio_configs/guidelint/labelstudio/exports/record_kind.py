"""What a record is that is no task of a JSON export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_record import ABSENT, read
from guidelint.labelstudio.decoding.task_parts import TaskParts, holds
from guidelint.labelstudio.exports.kind import INSTEAD, named_by
from guidelint.labelstudio.exports.split import AnotherKindError

if TYPE_CHECKING:
    from collections.abc import KeysView

    from guidelint.labelstudio.decoding.payload import TaskPayload
    from guidelint.labelstudio.decoding.whole_payload import WholeTask

_WHOLE_COCO = "Export the whole COCO file, an object with images, categories and annotations, and check that"
_KEYS = (
    (frozenset({"image_id", "score"}), "a list of results of a model, as COCO has them, without images and categories"),
    (frozenset({"annotator", "annotation_id"}), "a JSON-MIN export: it leaves out which regions belong together"),
    (frozenset({"action", "project"}), "a webhook's message, not an export"),
    (frozenset({"image_id", "category_id"}), "a part of a COCO file, its annotations"),
    (frozenset({"bbox"}), "a part of a COCO file, its annotations"),
    (frozenset({"file_name", "height", "width"}), "a part of a COCO file, its images"),
    (frozenset({"supercategory", "name"}), "a part of a COCO file, its categories"),
)
_KEYS_OF_NO_TASK = (
    (frozenset({"completions"}), "an export of Label Studio before 1.0"),
    (frozenset({"result"}), "a list of annotations without their tasks"),
)
_MOST_KEYS = 8
"""So many keys of a record of unknown form are named."""


def refuse_record(raw: bytes, task: TaskPayload | WholeTask) -> None:
    """Refuse a record without annotations that is of another form. Raises AnotherKindError.

    A task that has not been annotated yet is none of these.
    """
    kind = _kind(read(raw, dict[str, msgspec.Raw]).keys(), task)
    if kind:
        remedy = _WHOLE_COCO if "COCO" in kind else INSTEAD
        raise AnotherKindError(f"{kind}. {remedy}", f"it is of another form: {kind}. {remedy}")


def refuse_encoding(raw: bytes) -> None:
    """Refuse a record that is not written in UTF-8. Raises AnotherKindError."""
    if raw.isascii():
        return
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        letter = bytes((byte,)).decode("cp1252", "replace")
        kind = f"text that is not in UTF-8: a byte 0x{byte:02X} stands where text is, as for {letter!r} in Latin-1"
        remedy = "Save the file as UTF-8 (or take the export itself, which is), and check that"
        said = f"it is {kind} (Windows-1252). {remedy}. It was not judged; other records like it are only counted"
        raise AnotherKindError(f"{kind} (Windows-1252). {remedy}", said, once=True) from error


def _kind(keys: KeysView[str], task: TaskPayload | WholeTask) -> str:
    named = next((name for signs, name in _KEYS if signs <= keys), "") or other_form(task)
    if named:
        return named
    if task.data != ABSENT:
        return _uncounted(task)
    named = next((name for signs, name in _KEYS_OF_NO_TASK if signs <= keys), "")
    return named or named_by(list(keys)) or f"JSON {_shown(list(keys))}"


def other_form(task: TaskParts) -> str:
    """Say where a record holds results that a JSON export of today would not have there; empty: nowhere."""
    if holds(task.completions):
        return "an export of Label Studio before 1.0, with its results under `completions`"
    if holds(task.annotation):
        return "a task with its results under `annotation` instead of `annotations`"
    if holds(task.result) and task.data != ABSENT:
        return "a task with its results under `result` instead of `annotations`"
    return ""


def _uncounted(task: TaskPayload | WholeTask) -> str:
    """Tell a task that was saved without its annotations from one that nobody has annotated."""
    counted = task.total_annotations
    if task.annotations is None and isinstance(counted, int) and counted > 0:
        return f"a task without its annotations, of which Label Studio counts {counted}"
    return ""


def _shown(keys: list[str]) -> str:
    if not keys:
        return "without any key"
    named = ", ".join(f"`{key}`" for key in keys[:_MOST_KEYS]) + (" and more" if len(keys) > _MOST_KEYS else "")
    return f"with the key{'s' * (len(keys) > 1)} {named}, but no `data`"
