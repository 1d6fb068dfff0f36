"""Tasks and annotations read in one go: as long as nothing is wrong, no byte is looked at twice.

Where anything is wrong there is no answer here, and the record is read piece by piece to find out what it is.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from guidelint.labelstudio.decoding.payload import AnnotationFacts, ItemFacts, ItemPayload
from guidelint.labelstudio.decoding.shapes import Geometry
from guidelint.labelstudio.decoding.strokes import lean
from guidelint.labelstudio.decoding.task_parts import TaskParts

Whole = TypeVar("Whole", bound=msgspec.Struct)


class WholeItem(ItemFacts, kw_only=True):
    """One item of a result and all that its value says."""

    value: Geometry = msgspec.field(default_factory=Geometry)


class WholeAnnotation(AnnotationFacts, kw_only=True):
    """One annotation and all its items."""

    result: list[WholeItem]


class WholeTask(TaskParts):
    """One task of a JSON export and all its annotations."""

    annotations: list[WholeAnnotation]
    data: msgspec.Raw  # pyright: ignore[reportGeneralTypeIssues]  # msgspec may ask for what a base leaves open
    id: int | str | None = None
    project: object = None


Item = ItemPayload | WholeItem


def read_whole_task(raw: bytes) -> WholeTask | None:
    """Read all of a task, its painted strokes by themselves, or nothing when any of it is not as it should be."""
    without = lean(raw)
    task = None if without is None else read_whole(without.text, WholeTask)
    if without is None or task is None:
        return read_whole(raw, WholeTask)
    shapes = (item.value for annotation in task.annotations for item in annotation.result)
    return task if without.put_back(shapes, (task.drafts, task.predictions)) else read_whole(raw, WholeTask)


def read_whole(raw: bytes | msgspec.Raw, kind: type[Whole]) -> Whole | None:
    """Read all of a record, or nothing when any of it is not as it should be."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
