"""The items of one result, sorted into what was drawn, what was answered, and what nobody asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Relation, UnknownItem, UnreadableItem
from guidelint.labelstudio.decode_answers import ANSWER_TYPES, Questions
from guidelint.labelstudio.payload import ItemFacts, ItemPayload, LabelsPayload, MetaPayload, PayloadError, read
from guidelint.labelstudio.shapes import TOOL_OF_TYPE, Geometry, part_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import msgspec

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
                self._sort(item if isinstance(item, ItemFacts) else read(item, ItemPayload), position + 1, result)
            except PayloadError as error:
                result.unreadable.append(UnreadableItem(position, str(error)))
        _draw_what_only_answers_show(result)
        return result

    def _sort(self, item: Item, number: int, result: SortedItems) -> None:
        if item.type == "relation":
            result.relations.append(Relation(text_of(item.from_id), text_of(item.to_id), tuple(item.labels or ())))
        elif item.type in TOOL_OF_TYPE or item.type == "labels":
            result.drawn.setdefault(item.key, []).append(_drawn(item, number))
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


def unknown_item(item: ItemFacts) -> UnknownItem:
    """Keep what identifies an item that fits no control of the guideline."""
    return UnknownItem(item.key, item.from_name, text_of(item.to_name), item.type)


def text_of(value: object) -> str:
    """Give ids and names as text; Label Studio numbers tasks and people, others name them."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _drawn(item: Item, number: int) -> DrawnItem:
    labels = part_of(item.value, LabelsPayload).delivered if item.value else ()
    return DrawnItem(item, TOOL_OF_TYPE.get(item.type), labels, _note(item), number)


def _note(item: ItemFacts) -> str:
    """Read the region's note, or nothing: a note is never a reason to lose a region."""
    try:
        text = read(item.meta, MetaPayload).text if item.meta else None
    except PayloadError:
        return ""
    words = text if isinstance(text, list) else [text]
    return " ".join(word for word in words if isinstance(word, str)).strip()


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
            result.drawn[key] = [DrawnItem(item, tool, number=number)]
