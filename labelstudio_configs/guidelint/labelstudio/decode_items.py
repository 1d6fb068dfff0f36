"""The items of one result, sorted into what was drawn, what was answered, and what nobody asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Relation, UnknownItem, UnreadableItem
from guidelint.labelstudio.decode_answers import ANSWER_TYPES, Questions
from guidelint.labelstudio.decode_loose import sound_item
from guidelint.labelstudio.payload import ItemFacts, ItemPayload, LabelsPayload, LooseItem, PayloadError, read, text_of
from guidelint.labelstudio.shapes import TOOL_OF_TYPE, Geometry, part_of
from guidelint.labelstudio.side_facts import FactReader, note, origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    import msgspec

    from guidelint.annotation.region import Origin
    from guidelint.annotation.shape import Tool
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.labelstudio.payload_whole import Item, WholeItem


@dataclass(frozen=True, slots=True)
class DrawnItem:
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

    @property
    def image_answers(self) -> Iterable[Answer]:
        """Answers that belong to no region."""
        return (answer for key, answers in self.answers.items() if key not in self.drawn for answer in answers)


class ItemSorter:
    """Sorts the items of any number of results under one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._questions = Questions(vocabulary)
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
            result.relations.append(Relation(text_of(item.from_id), text_of(item.to_id), tuple(item.labels or ())))
        elif item.type in TOOL_OF_TYPE or item.type == "labels":
            result.drawn.setdefault(item.key, []).append(_drawn(item, number, result.facts))
            self._note_unknown(item, result)
        elif item.type in ANSWER_TYPES:
            self._sort_answer(item, number, result)
        else:
            result.unknown.append(unknown_item(item))

    def _sort_answer(self, item: Item, number: int, result: SortedItems) -> None:
        result.answered.setdefault(item.key, (number, item))
        if self._questions.asks(item):
            result.answers.setdefault(item.key, []).append(self._questions.answer(item))
        else:
            result.unknown.append(unknown_item(item))

    def _note_unknown(self, item: Item, result: SortedItems) -> None:
        """Keep an item whose control is unknown or draws with another tool; a ``labels`` control draws with none."""
        tool = TOOL_OF_TYPE.get(item.type)
        if self._tool_of.get(item.from_name) != tool or tool is None:
            result.unknown.append(unknown_item(item))


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
    return UnknownItem(item.key, item.from_name, text_of(item.to_name), item.type)


def _drawn(item: Item, number: int, facts: FactReader) -> DrawnItem:
    labels = part_of(item.value, LabelsPayload).delivered if item.value else ()
    return DrawnItem(
        item,
        TOOL_OF_TYPE.get(item.type),
        labels,
        note=facts.read("meta", item.meta, note, number - 1) or "",
        number=number,
        origin=facts.read("origin", item.origin, origin, number - 1) or "manual",
    )


def _draw_what_only_answers_show(result: SortedItems) -> None:
    """Draw regions whose own item is missing: the answers given on them repeat the geometry."""
    for key, (number, item) in result.answered.items():
        if key in result.drawn or not item.value:
            continue
        try:
            tool = part_of(item.value, Geometry).tool
        except PayloadError:
            continue
        if tool is not None:
            made_by = result.facts.read("origin", item.origin, origin, number - 1) or "manual"
            result.drawn[key] = [DrawnItem(item, tool, origin=made_by, number=number)]
