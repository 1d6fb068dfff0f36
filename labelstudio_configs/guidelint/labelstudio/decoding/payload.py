"""What Label Studio sends, as typed records; what is not needed is skipped unread.

Geometry and free-form parts stay raw JSON until somebody asks for them: one brush stroke is megabytes of numbers.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import Annotated

import msgspec

from guidelint.annotation.decoding.files.json_record import ABSENT, text_of
from guidelint.annotation.decoding.parts.task_data import MAX_IMAGES
from guidelint.labelstudio.decoding.task_parts import TaskParts

ItemIndex = Annotated[int, msgspec.Meta(ge=0, lt=MAX_IMAGES)]
"""Which image of the task, from 0."""
MAX_ANNOTATIONS = 10_000
"""Most annotations of one task; a reading by a whole crowd has some hundred."""
MAX_ITEMS = 100_000
"""Most result items of one annotation."""


class TaskPayload(TaskParts):
    """One task of a JSON export."""

    id: object = None
    """A whole number or a text; whatever else is delivered counts as none."""
    annotations: list[msgspec.Raw] | None = None
    project: object = None

    def __post_init__(self) -> None:
        """Keep an id that can be read."""
        if isinstance(self.id, bool) or not isinstance(self.id, int | str):
            self.id = text_of(self.id) or None


class AnnotationFacts(msgspec.Struct, kw_only=True):
    """What one annotation says of itself, all of it as it should be."""

    id: int | str | None = None
    task: int | str | None = None
    completed_by: object = None
    was_cancelled: bool | None = None
    lead_time: float | None = None
    created_at: str | None = None
    updated_at: str | None = None
    parent_prediction: int | None = None


class AnnotationPayload(msgspec.Struct, kw_only=True):
    """One annotation, its result items and what it says of itself still unread."""

    result: list[msgspec.Raw]
    id: msgspec.Raw = ABSENT
    task: msgspec.Raw = ABSENT
    completed_by: msgspec.Raw = ABSENT
    was_cancelled: msgspec.Raw = ABSENT
    lead_time: msgspec.Raw = ABSENT
    created_at: msgspec.Raw = ABSENT
    updated_at: msgspec.Raw = ABSENT
    parent_prediction: msgspec.Raw = ABSENT


class ItemFacts(msgspec.Struct, kw_only=True):
    """One item of a result, a region, an answer or a relation, but for its value."""

    type: str
    id: str | int | None = None
    from_name: str = ""
    to_name: str = ""
    original_width: object = None
    original_height: object = None
    image_rotation: float | None = None
    """NaN: what is stated cannot be read."""
    origin: object = None
    meta: msgspec.Raw = ABSENT
    parent_id: str | int | None = msgspec.field(name="parentID", default=None)
    item_index: ItemIndex | None = None
    from_id: str | int | None = None
    to_id: str | int | None = None
    labels: list[str] | None = None

    @property
    def key(self) -> str:
        """Region id as text, empty where there is none."""
        return "" if self.id is None else str(self.id)


class ItemPayload(ItemFacts, kw_only=True):
    """One item of a result, its value still unread."""

    value: msgspec.Raw = ABSENT


class LooseItem(msgspec.Struct, kw_only=True):
    """One item of a result: what it cannot be judged without, and side facts that are still unread."""

    type: str
    from_name: str = ""
    to_name: msgspec.Raw = ABSENT
    original_width: object = None
    original_height: object = None
    item_index: ItemIndex | None = None
    value: msgspec.Raw = ABSENT
    id: msgspec.Raw = ABSENT
    image_rotation: msgspec.Raw = ABSENT
    origin: msgspec.Raw = ABSENT
    meta: msgspec.Raw = ABSENT
    parent_id: msgspec.Raw = msgspec.field(name="parentID", default=ABSENT)
    from_id: msgspec.Raw = ABSENT
    to_id: msgspec.Raw = ABSENT
    labels: msgspec.Raw = ABSENT


class AnswerPayload(msgspec.Struct):
    """What was answered, under whichever key its control uses."""

    choices: object = None
    rating: object = None
    number: object = None
    text: object = None
    taxonomy: object = None
    datetime: object = None


class LabelsPayload(AnswerPayload):
    """Labels of one item, under whichever key its control uses; and its answers, which are read with them."""

    labels: list[str] | None = None
    polygonlabels: list[str] | None = None
    rectanglelabels: list[str] | None = None
    ellipselabels: list[str] | None = None
    keypointlabels: list[str] | None = None
    brushlabels: list[str] | None = None
    bitmasklabels: list[str] | None = None
    vectorlabels: list[str] | None = None

    @property
    def delivered(self) -> tuple[str, ...]:
        """All labels in delivered order."""
        return tuple(chain.from_iterable(filter(None, _labels_of(self))))


LABEL_KEYS = LabelsPayload.__struct_fields__[len(AnswerPayload.__struct_fields__) :]
_labels_of = attrgetter(*LABEL_KEYS)
