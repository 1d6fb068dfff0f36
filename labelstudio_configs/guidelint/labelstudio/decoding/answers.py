"""Answers of a submission: which attribute an item answers, and with which options."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.annotation.region import Answer, Value
from guidelint.labelstudio.decoding.payload import AnswerPayload, PayloadError
from guidelint.labelstudio.decoding.shapes import part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.annotation.vocabulary import AttributeEntry, Vocabulary
    from guidelint.labelstudio.decoding.whole_payload import Item

ANSWER_TYPES = frozenset({"choices", "rating", "number", "textarea", "taxonomy", "datetime"})


class Questions:
    """The attributes of a guideline, by the control names that deliver them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_control = {
            control: (key, _option_of(entry))
            for key, entry in vocabulary.attributes.items()
            for control in (key, *entry.controls)
        }

    def asks(self, item: Item) -> bool:
        """Whether the item answers an attribute of the guideline."""
        return item.type in ANSWER_TYPES and item.from_name in self._by_control

    def answer(self, item: Item) -> Answer:
        """Read an item that ``asks``. Raises PayloadError when it holds no answer that can be read."""
        attribute, options = self._by_control[item.from_name]
        values = tuple(options.get(_spelling(value), value) for value in _values(item))
        return Answer(attribute, values, item.from_name, item.type, item.item_index)


def together(answers: Iterable[Answer]) -> dict[str, Answer]:
    """Answers by attribute; what several items say of one attribute is one answer with all their values."""
    by_attribute: dict[str, list[Answer]] = {}
    for answer in answers:
        by_attribute.setdefault(answer.attribute, []).append(answer)
    return {attribute: _joined(*said) for attribute, said in by_attribute.items()}


def about_images(answers: Iterable[Answer]) -> tuple[dict[str, Answer], dict[int, dict[str, Answer]]]:
    """Answers about the task as a whole by attribute, and those about single images of it by image."""
    of_item: dict[int | None, list[Answer]] = defaultdict(list)
    for answer in answers:
        of_item[answer.item].append(answer)
    whole = together(of_item.pop(None, ()))
    return whole, {item: together(said) for item, said in of_item.items() if item is not None}


def _joined(first: Answer, *others: Answer) -> Answer:
    if not others:
        return first
    new = dict.fromkeys(value for other in others for value in other.values)
    for value in first.values:
        new.pop(value, None)
    return replace(first, values=(*first.values, *new))


def _option_of(entry: AttributeEntry) -> Mapping[str, Value]:
    """Delivered spelling → option key."""
    return {spelling: key for key, spellings in entry.options.items() for spelling in (key, *spellings)}


def _spelling(value: Value) -> str:
    """How an option would be written: a rating of 3 means the option ``3``."""
    return value if isinstance(value, str) else f"{value:g}"


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
