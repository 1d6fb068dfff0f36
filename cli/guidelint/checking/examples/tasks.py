"""An example as tasks of Label Studio, so that it is read and judged as any delivery is."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from guidelint.checking.examples.image import Image, image_of
from guidelint.checking.examples.shapes import value_of
from guidelint.language.compile.vocabulary import vocabulary_of
from guidelint.language.examples.folder import ExamplesError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.imaging.keys import ImageKeys
    from guidelint.language.examples.folder import Folder
    from guidelint.language.examples.form import Common, Drawn, Given, Marked, Picture, Slice
    from guidelint.language.examples.read import Found
    from guidelint.language.form.guideline import Guideline

Item = dict[str, Any]
Task = dict[str, Any]
_TYPES = {"choice": "choices", "multi-choice": "choices", "scale": "choices", "number": "number", "text": "textarea"}
_KEYS = {"choices": "choices", "number": "number", "textarea": "text"}
_MOST_ITEMS = 10_000
FIRST_DAY: Final = date(2026, 1, 1)
"""Day of the first visit of a patient."""
_ON_AXIS = [1, 0, 0, 0, 1, 0]


@dataclass(frozen=True)
class TaskMaker:
    """Writes examples of one guideline as tasks."""

    guideline: Guideline
    folder: Folder

    @cached_property
    def _keys(self) -> ImageKeys:
        return vocabulary_of(self.guideline).image

    def tasks(self, found: Found) -> Sequence[Task]:
        """Write an example. Raises ExamplesError where a file of it is not what it should be."""
        example, image = found.example, self._image(found)
        if example.visits:
            return [task for at in range(len(example.visits)) for task in self._of_visit(found, at)]
        if example.slices:
            return self._of_slices(found.name, example.slices, image, found.common)
        if example.readings:
            results = [self._result(one, image, found.common) for one in example.readings]
            return [_task(found.name, image, results)]
        return [_task(found.name, image, [self._result(example, image, found.common)])]

    def _of_visit(self, found: Found, at: int) -> list[Task]:
        """Write a visit: a study of its own, of the patient of the example."""
        keys, visit, name = self._keys, found.example.visits[at], visit_called(found.name, at)
        image = self._image(found, visit.image)
        day = (FIRST_DAY + timedelta(visit.day)).strftime("%Y%m%d")
        own = {keys.study_date: day, keys.study_uid: f"study of {name}", keys.series_uid: f"series of {name}"}
        names = [one.key for one in keys.of_task] or [keys.image]
        own |= {key: f"{image.data[key]}.visit-{at + 1}" for key in names if visit.image is None}
        if visit.time_point is not None:
            own[keys.time_point] = visit.time_point
        image = replace(image, data={**image.data, **own})
        if visit.slices:
            return self._of_slices(name, visit.slices, image, found.common)
        return [_task(name, image, [self._result(visit, image, found.common)])]

    def _of_slices(self, name: str, slices: Sequence[Slice], image: Image, common: Common) -> list[Task]:
        return [
            _task(f"{name}, slice {at}", self._at(image, at, one.at_mm), [self._result(one, image, common)])
            for at, one in enumerate(slices, 1)
        ]

    def _image(self, found: Found, picture: Picture | None = None) -> Image:
        whole = self._read(found.name, picture or found.image)
        if not self._keys.of_task:
            return whole
        read = {name: self._read(f"{found.name}, {name}", picture) for name, picture in found.images.items()}
        return whole.with_named(read, self._keys)

    def _read(self, name: str, picture: Picture) -> Image:
        file = None if picture.file is None else self.folder.file(picture.file)
        return image_of(name, picture, self.guideline, self._keys, file)

    @cached_property
    def _first(self) -> str:
        """What the first image of a task is called in what is handed in."""
        return self._keys.of_task[0].name if self._keys.of_task else "image"

    def _at(self, image: Image, number: int, at_mm: float) -> Image:
        keys = self._keys
        place = {keys.position: [0, 0, at_mm], keys.orientation: _ON_AXIS, keys.instance_number: number}
        names = [one.key for one in keys.of_task] or [keys.image]
        name = {key: f"{image.data[key]}.{number}" for key in names} | {keys.sop_uid: f"1.2.3.{number}"}
        return replace(image, data={**image.data, **place, **name})

    def _result(self, marked: Marked, image: Image, common: Common) -> list[Item]:
        items = [
            item for number, one in enumerate(marked.drawn, 1) for item in self._region(number, one, image, common)
        ]
        answers = _but(common.answers, marked.unanswered) | marked.answers
        for name, given in answers.items():
            for on in self.guideline.attributes[name].on or (self._first,):
                said = marked.answers_on.get(on, {}).get(name, given)
                items += self._answer(f"answer-{name}-{on}", name, said, {}, {"to_name": on})
        items += [
            item
            for on, others in marked.answers_on.items()
            for name, given in others.items()
            if name not in answers
            for item in self._answer(f"answer-{name}-{on}", name, given, {}, {"to_name": on})
        ]
        return items if marked.result is None else [*items, *self._captured(marked.result)]

    def _region(self, number: int, drawn: Drawn, image: Image, common: Common) -> Iterator[Item]:
        tool, key = drawn.tool, f"region-{number}"
        on = drawn.on or next(iter(self.guideline.classes[drawn.of].on), self._first)
        shown = image.on(on)
        size = {"original_width": shown.columns, "original_height": shown.rows, "image_rotation": 0, "to_name": on}
        shape = value_of(drawn, shown.rows, shown.columns)
        meta = {"meta": {"text": [drawn.object]}} if drawn.object is not None else {}
        kind = f"{tool}labels"
        yield {**_item(key, tool, kind, {**shape, kind: [drawn.of]}), **size, **meta}
        answers = _but(common.regions.get(drawn.of, {}), drawn.unanswered) | drawn.answers
        for name, given in answers.items():
            yield from self._answer(key, name, given, shape, size)

    def _answer(
        self, key: str, name: str, given: tuple[str | float, ...], shape: Mapping[str, Any], size: Mapping[str, Any]
    ) -> Iterator[Item]:
        kind = _TYPES[self.guideline.attributes[name].kind]
        value = given[0] if kind == "number" else [one if isinstance(one, str) else f"{one:g}" for one in given]
        yield {**_item(key, name, kind, {**shape, _KEYS[kind]: value}), **size}

    def _captured(self, name: str) -> list[Item]:
        """Read the result of an annotation. Raises ExamplesError."""
        try:
            read: object = json.loads(self.folder.file(name).read_bytes())
        except (OSError, ValueError, RecursionError) as error:
            raise ExamplesError(f"`{name}` is no JSON. Capture it again, or correct it") from error
        if not isinstance(read, list) or not all(isinstance(one, dict) for one in cast("list[object]", read)):
            raise ExamplesError(f"`{name}` holds no list of results. Write what stands under `result` of an annotation")
        items = cast("list[Item]", read)
        if len(items) > _MOST_ITEMS:
            raise ExamplesError(f"`{name}` holds more than {_MOST_ITEMS:,} results. Keep what the example shows")
        return items


def visit_called(name: str, at: int) -> str:
    """Name a visit of an example, counted from 0."""
    return f"{name}, visit {at + 1}"


def _but(given: Given, unanswered: Sequence[str]) -> Given:
    return {name: value for name, value in given.items() if name not in unanswered}


def _item(key: str, control: str, kind: str, value: Mapping[str, Any]) -> Item:
    return {"id": key, "from_name": control, "to_name": "image", "type": kind, "value": value, "origin": "manual"}


def _task(name: str, image: Image, results: Sequence[Sequence[Item]]) -> Task:
    annotations = [
        {"id": f"{name}, reading {number}", "completed_by": number, "result": list(result)}
        for number, result in enumerate(results, 1)
    ]
    return {"id": name, "data": dict(image.data), "annotations": annotations}
