"""Answers of a submission: which attribute an item answers, and with which options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.naming import QuestionNames
from guidelint.labelstudio.decoding.payload import AnswerPayload
from guidelint.labelstudio.decoding.shapes import part_of

if TYPE_CHECKING:
    from guidelint.annotation.region import Answer, Value
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.labelstudio.decoding.whole_payload import Item

ANSWER_TYPES = frozenset({"choices", "rating", "number", "textarea", "taxonomy", "datetime"})


class Questions:
    """The attributes of a guideline, by the control names that deliver them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._names = QuestionNames(vocabulary)

    def asks(self, item: Item) -> bool:
        """Whether the item answers an attribute of the guideline."""
        return item.type in ANSWER_TYPES and item.from_name in self._names

    def answer(self, item: Item) -> Answer:
        """Read an item that ``asks``. Raises PayloadError when it holds no answer that can be read."""
        return self._names.answer(item.from_name, _values(item), item.type, item.item_index)


def _values(item: Item) -> tuple[Value, ...]:
    payload = part_of(item.value, AnswerPayload)
    match item.type:
        case "choices":
            return _many(payload.choices, "choices")
        case "taxonomy":
            return tuple(_last(path) for path in _list(payload.taxonomy, "taxonomy"))
        case "textarea":
            return _many(payload.text, "text")
        case "rating":
            return _many(payload.rating, "rating")
        case "datetime":
            return _many(payload.datetime, "datetime")
        case _:
            return _many(payload.number, "number")


def _many(value: object, name: str) -> tuple[Value, ...]:
    return tuple(_one(each, name) for each in _list(value, name))


def _list(value: object, name: str) -> list[object]:
    if value is None:
        raise PayloadError(f"{name} is missing")
    return value if isinstance(value, list) else [value]


def _one(value: object, name: str) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PayloadError(f"{name} should be text or a number")
    return float(value)


def _last(path: object) -> Value:
    """Take the last step of a path from the root: that is what was chosen."""
    steps = _list(path, "taxonomy")
    if not steps:
        raise PayloadError("taxonomy has an empty path")
    return _one(steps[-1], "taxonomy")
