"""The items of one result, sorted into what was drawn, what was answered, and what nobody asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_record import PayloadError, read, text_of
from guidelint.annotation.decoding.parts.side_facts import FactReader, note, origin
from guidelint.annotation.region import Answer, Origin
from guidelint.annotation.submission import Relation, RepeatedItem, UnknownItem, UnreadableItem
from guidelint.annotation.tool import Tool
from guidelint.labelstudio.decoding.answers import ANSWER_TYPES, Questions
from guidelint.labelstudio.decoding.joined import Unnamed, is_placed
from guidelint.labelstudio.decoding.loose import sound_item
from guidelint.labelstudio.decoding.named_images import NamedImages
from guidelint.labelstudio.decoding.payload import ItemFacts, ItemPayload, LabelsPayload, LooseItem
from guidelint.labelstudio.decoding.shapes import TOOL_OF_TYPE, Geometry, part_of
from guidelint.labelstudio.decoding.whole_payload import Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.labelstudio.decoding.whole_payload import WholeItem


class DrawnItem(msgspec.Struct, frozen=True, eq=False):
    """One item that carries a region's geometry."""

    item: Item
    tool: Tool | None
    """None for a ``labels`` item: its geometry is told by its numbers."""
    labels: tuple[str, ...] = ()
    note: str = ""
    origin: Origin = "manual"
    number: int = 0
    """Which item of the result it is, from 1."""


@dataclass(slots=True)
class SortedItems:
    """Items by what they are; ``drawn`` and ``answers`` by region id, in delivered order."""

    drawn: dict[str, list[DrawnItem]] = field(default_factory=dict[str, list[DrawnItem]])
    answers: dict[str, list[Answer]] = field(default_factory=dict[str, list[Answer]])
    relations: list[Relation] = field(default_factory=list[Relation])
    unknown: list[UnknownItem] = field(default_factory=list[UnknownItem])
    unreadable: list[UnreadableItem] = field(default_factory=list[UnreadableItem])
    facts: FactReader = field(default_factory=FactReader)
    answered: dict[str, tuple[int, Item]] = field(default_factory=dict[str, "tuple[int, Item]"])
    """First answer item of each id, and which of the result it is."""
    unnamed: Unnamed = field(default_factory=Unnamed)
    repeated: list[RepeatedItem] = field(default_factory=list[RepeatedItem])
    _first: dict[object, int] = field(default_factory=dict[object, int])

    @property
    def image_answers(self) -> Iterable[Answer]:
        """Answers that belong to no region."""
        return (answer for key, answers in self.answers.items() if key not in self.drawn for answer in answers)

    def note_repeated(self, said: object, number: int) -> None:
        """Keep an answer or a relation that says in full what an earlier item has said."""
        first = self._first.setdefault(said, number)
        if first != number:
            self.repeated.append(RepeatedItem(number - 1, first - 1))


class ItemSorter:
    """Sorts the items of any number of results under one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._questions = Questions(vocabulary)
        self._images = NamedImages(vocabulary)
        self._tool_of = {
            control: tool for tool, controls in vocabulary.geometry_controls.items() for control in (tool, *controls)
        }

    def sort(self, items: Iterable[msgspec.Raw | WholeItem]) -> SortedItems:
        """Read every item; what cannot be read is kept with its position and reason."""
        result = SortedItems()
        for position, item in enumerate(items):
            try:
                self._sort(_whole(item, position, result.facts), position + 1, result)
            except PayloadError as error:
                result.unreadable.append(UnreadableItem(position, str(error)))
        _draw_what_only_answers_show(result)
        return result

    def _sort(self, item: Item, number: int, result: SortedItems) -> None:
        if item.type == "relation":
            relation = Relation(text_of(item.from_id), text_of(item.to_id), tuple(item.labels or ()))
            result.relations.append(relation)
            result.note_repeated(relation, number)
            return
        is_placed = self._images.place(item)
        if item.type in TOOL_OF_TYPE or item.type == "labels":
            key = item.key or result.unnamed.drawn(item)
            result.drawn.setdefault(key, []).append(_drawn(item, number, result.facts))
            if not is_placed or self._draws_otherwise(item):
                result.unknown.append(unknown_item(item))
        elif is_placed and item.type in ANSWER_TYPES:
            self._sort_answer(item, number, result)
        else:
            result.unknown.append(unknown_item(item))

    def _sort_answer(self, item: Item, number: int, result: SortedItems) -> None:
        key = item.key or result.unnamed.answer(item)
        result.answered.setdefault(key, (number, item))
        answer = self._images.put(self._questions.answer(item)) if self._questions.asks(item) else None
        if answer is not None:
            result.answers.setdefault(key, []).append(answer)
            result.note_repeated((key, answer.control, answer.item, answer.values), number)
        else:
            result.unknown.append(unknown_item(item))

    def _draws_otherwise(self, item: Item) -> bool:
        """Whether its control is unknown or draws with another tool; a ``labels`` control draws with none."""
        tool = TOOL_OF_TYPE.get(item.type)
        return self._tool_of.get(item.from_name) != tool or tool is None


def _whole(item: msgspec.Raw | WholeItem, position: int, facts: FactReader) -> Item:
    """Read an item; where a side fact is odd, read the rest of it. Raises PayloadError."""
    if isinstance(item, ItemFacts):
        return item
    try:
        return read(item, ItemPayload)
    except PayloadError:
        return sound_item(read(item, LooseItem), position, facts)


def unknown_item(item: ItemFacts) -> UnknownItem:
    """Keep what identifies an item that fits no control of the guideline."""
    return UnknownItem(item.key, item.from_name, item.to_name, item.type)


def _drawn(item: Item, number: int, facts: FactReader) -> DrawnItem:
    labels = part_of(item.value, LabelsPayload).delivered if item.value else ()
    return DrawnItem(
        item,
        TOOL_OF_TYPE.get(item.type),
        labels,
        note=facts.read("meta", item.meta, note, number - 1) or "" if item.meta else "",
        number=number,
        origin=_origin(item, number, facts),
    )


def _origin(item: Item, number: int, facts: FactReader) -> Origin:
    if item.origin == "manual":
        return "manual"
    return facts.read("origin", item.origin, origin, number - 1) or "manual"


def _draw_what_only_answers_show(result: SortedItems) -> None:
    """Draw regions whose own item is missing: the answers given on them repeat the geometry."""
    for key, (number, item) in result.answered.items():
        if key in result.drawn or not is_placed(item):
            continue
        try:
            result.drawn[key] = [_drawn_by_answer(item, number, result.facts)]
        except PayloadError as error:
            result.answers.pop(key, None)
            reason = f"the region that it is about is not in the result, and its geometry makes none: {error}"
            result.unreadable.append(UnreadableItem(number - 1, reason))


def _drawn_by_answer(item: Item, number: int, facts: FactReader) -> DrawnItem:
    tool = part_of(item.value, Geometry).tool
    if tool is None:
        raise PayloadError("it is incomplete")
    return DrawnItem(item, tool, origin=_origin(item, number, facts), number=number)
