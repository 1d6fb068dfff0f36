"""Drawn items → regions; several items of one region are one region, drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import PayloadError, text_of
from guidelint.annotation.decoding.parts.answers import together
from guidelint.annotation.decoding.parts.image_size import image_shape_of, size_problem
from guidelint.annotation.decoding.parts.naming import ClassNames
from guidelint.annotation.decoding.parts.several_labels import of_each_class
from guidelint.annotation.region import Answer, Region
from guidelint.labelstudio.decoding.joined import Groups, place_of
from guidelint.labelstudio.decoding.shapes import Geometry, part_of, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.annotation.decoding.parts.task_data import TaskImage
    from guidelint.annotation.tool import Tool
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.labelstudio.decoding.items import DrawnItem, SortedItems


_Drawn = Sequence["DrawnItem"]
"""Items of one id that share one geometry."""


class RegionMaker:
    """Makes the regions of any number of submissions under one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._classes = ClassNames(vocabulary)
        self._of_task = vocabulary.image.of_task

    def regions(self, result: SortedItems, image: TaskImage) -> tuple[Region, ...]:
        """Make all regions, numbered from 1 in the order of their first appearance."""
        regions: list[Region] = []
        number = 0
        for key, items in result.drawn.items():
            said = result.answers.get(key)
            answers = together(said) if said else {}
            for drawn in _by_geometry(items):
                number += 1
                regions += of_each_class(self._region(drawn, answers, image, number), self._classes)
                answers = {}
        return tuple(regions)

    def _region(self, drawn: _Drawn, answers: Mapping[str, Answer], image: TaskImage, number: int) -> Region:
        first = drawn[0]
        item, labels = first.item, _labels(drawn)
        image_shape = image_shape_of(item.original_width, item.original_height)
        class_name, entry = self._classes.among(labels)
        shown = image.image(image_shape, item.item_index)
        return Region(
            id=item.key,
            class_name=class_name,
            shape=shape_of(first.tool or _tool_told_by_numbers(first), item.value, image_shape),
            image_shape=image_shape,
            size_problem="" if any(image_shape) else size_problem(item.original_width, item.original_height),
            labels=labels,
            answers=answers,
            spacing=shown.facts.spacing,
            spacing_problem=shown.facts.spacing_problem,
            pixels=shown.pixels,
            number=number,
            item=first.number,
            class_title=entry.title if entry else "",
            control=item.from_name,
            to_name=item.to_name,
            delivered_type=item.type,
            object_name=self._object_name(drawn),
            parent_id=None if item.parent_id is None else text_of(item.parent_id) or None,
            item_index=item.item_index,
            named=None if item.item_index is None or not self._of_task else self._of_task[item.item_index],
            origin=first.origin,
            image_rotation=item.image_rotation or 0.0,
            boundary=entry.boundary if entry else "inside",
        )

    def _object_name(self, items: _Drawn) -> str | None:
        if self._vocabulary.object_name == "none":
            return None
        for item in items:
            if item.note:
                return item.note
        return None


def _labels(drawn: _Drawn) -> tuple[str, ...]:
    if len(drawn) == 1 and len(drawn[0].labels) <= 1:
        return drawn[0].labels
    return tuple(dict.fromkeys(label for item in drawn for label in item.labels))


def _by_geometry(items: _Drawn) -> Iterable[_Drawn]:
    """Two items of one id and one geometry are two labels of one region; two geometries are two regions."""
    if len(items) == 1:
        return (items,)
    groups = Groups()
    joined: dict[int, list[DrawnItem]] = {}
    for item in items:
        joined.setdefault(groups.join(place_of(item.item), item.item.from_name), []).append(item)
    return joined.values()


def _tool_told_by_numbers(item: DrawnItem) -> Tool:
    try:
        return part_of(item.item.value, Geometry).tool or "rectangle"
    except PayloadError:
        return "rectangle"
