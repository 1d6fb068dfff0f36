"""CVAT for images 1.1: XML with an ``<image>`` for each image, and in it the shapes of whoever the job was given to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.safe_xml import elements
from guidelint.annotation.decoding.formats.cvat.shapes import SHAPES, number, shape_of
from guidelint.annotation.decoding.parts.drawn import MAX_ITEMS, Drawn, RegionBuilder, submission_or_reason
from guidelint.annotation.decoding.parts.naming import QuestionNames
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.decoding.told_first import ToldFirst
from guidelint.annotation.submission import UnreadableItem, UnreadFact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.annotation.decoding.decoder import Decoded, Opened
    from guidelint.annotation.decoding.files.safe_xml import Found
    from guidelint.annotation.region import Answer, Origin
    from guidelint.annotation.submission import Submission

TITLE = "a CVAT file (for images 1.1)"
_BEGINS = re.compile(rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<annotations[\s>]", re.DOTALL)
_ORIGINS: dict[str, Origin] = {"manual": "manual", "auto": "prediction", "semi-auto": "prediction-changed"}
_NOT_ASKED = "the guideline asks no such question"
_PASSED = frozenset({"version", "meta"})
"""What stands beside the images and tells of the job."""
_NO_IMAGE = (
    "<{tag}> stands beside the images, where nothing of it is read. "
    'CVAT for video is not read: export the job as "CVAT for images 1.1"'
)
_SHOWN = 60
_MOST_TOLD = 20
"""So many names of elements beside the images are told."""
_SIDE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Cvat:
    """Reads CVAT's XML for images."""

    name: str = "cvat"
    title: str = TITLE
    endings: tuple[str, ...] = (".xml", ".xml.gz")
    carries: frozenset[Carried] = frozenset({"answers", "unfinished work", "origins", "separate objects"})
    has_schema: bool = False
    has_legend: bool = False

    def fits(self, head: bytes) -> bool:
        """Whether it is XML whose root is ``<annotations>``."""
        return _BEGINS.match(head[:4096].lstrip(b" \t\r\n")) is not None

    def records(self, opened: Opened) -> Iterator[Decoded]:
        """Read image after image, in constant memory. Raises FormatError where it is no such XML, or damaged."""
        reading = _Reading(opened, QuestionNames(opened.vocabulary))
        position, told = 0, ToldFirst("images")
        for found in elements(opened.blocks, "image", _PASSED, "annotations", TITLE, places=opened.places):
            if found.element.tag == "image":
                position += 1
                try:
                    yield reading.task(found, position)
                except PayloadError as error:
                    yield from told.tell(f"image {position} of the file {error}", position, found.text)
            else:
                yield from reading.stray(found)
        yield from told.rest()
        yield from reading.strays()
        if opened.blocks.problem:
            yield UnreadRecord(reason=opened.blocks.problem, position=position + 1)


DECODER = Cvat()


@dataclass(slots=True)
class _Reading:
    """One file while it is read."""

    opened: Opened
    questions: QuestionNames
    names: set[str] = field(default_factory=set[str])
    untold: dict[str, int] = field(default_factory=dict[str, int])
    """How many more there are of each element beside the images that was told."""

    def stray(self, found: Found) -> Iterator[UnreadRecord]:
        """Say that an element on no image is not read: of each name once, and of so many names."""
        name = found.element.tag[:_SHOWN]
        if name in self.untold:
            self.untold[name] += 1
        elif len(self.untold) == _MOST_TOLD:
            self.untold[next(iter(self.untold))] += 1
        else:
            self.untold[name] = 0
            yield UnreadRecord(reason=_NO_IMAGE.format(tag=name), text=found.text)

    def strays(self) -> Iterator[UnreadRecord]:
        """Count those that were not told."""
        for name, times in self.untold.items():
            if times:
                yield UnreadRecord(reason=_NO_IMAGE.format(tag=name), repeats=True, times=times)

    def task(self, found: Found, position: int) -> TaskRecord:
        image = found.element
        name = image.get("name") or image.get("id") or ""
        if not name:
            raise PayloadError("has neither a name nor an id")
        if name in self.names:
            raise PayloadError(f"has the name of an earlier one, {name}")
        self.names.add(name)
        keys = self.opened.vocabulary.image
        width, height = _side(image.get("width")), _side(image.get("height"))
        data = {keys.image: name, keys.rows: height, keys.columns: width}
        data = {key: value for key, value in data.items() if value is not None}
        read_it = partial(self._submissions, name, image, data, (width, height))
        count = int(len(image) > 0)
        return TaskRecord(position=position, task=name, data=data, annotations=count, read=read_it, text=found.text)

    def _submissions(
        self, task: str, image: Element, data: dict[str, object], size: tuple[object, object]
    ) -> Iterator[Submission | PayloadError]:
        if len(image) > MAX_ITEMS:
            yield PayloadError(f"it has {len(image)} shapes, more than the {MAX_ITEMS} that are read")
        elif len(image):
            facts = TaskImage(data, self.opened.vocabulary.image, self.opened.given)
            builder = RegionBuilder(self.opened.vocabulary, facts, size)
            for place, element in enumerate(image):
                try:
                    self._take(element, place + 1, builder)
                except PayloadError as error:
                    builder.unreadable.append(UnreadableItem(place, f"<{element.tag}>: {error}"))
            yield submission_or_reason(builder, task, None)

    def _take(self, element: Element, item: int, builder: RegionBuilder) -> None:
        label = element.get("label")
        labels = () if label is None else (label,)
        if element.tag == "tag":
            said = tuple(self._answers(element, item, builder))
            builder.image_answers.extend(said)
            if not said:
                builder.unread_facts.append(UnreadFact(f"the tag {str(label)[:_SHOWN]}", _NOT_ASKED, item - 1))
            return
        if element.tag not in SHAPES:
            raise PayloadError(f"such an element is not read; {', '.join(SHAPES)} and tag are")
        answers = tuple(self._answers(element, item, builder))
        for shape in shape_of(element, builder.image_shape):
            drawn = Drawn("", shape, labels, item, element.tag, answers, origin=_origin(element))
            builder.add(drawn)
            if builder.count > MAX_ITEMS:
                return
            answers = ()

    def _answers(self, element: Element, item: int, builder: RegionBuilder) -> Iterator[Answer]:
        """Read the attributes that are questions of the guideline, and tell of the others."""
        for attribute in element.iterfind("attribute"):
            name, text = attribute.get("name", ""), (attribute.text or "").strip()
            if name not in self.questions:
                builder.unread_facts.append(UnreadFact(f"the attribute {name[:_SHOWN]}", _NOT_ASKED, item - 1))
            elif text:
                value = number(text)
                yield self.questions.answer(name, (text if value is None else value,), "attribute")


def _origin(element: Element) -> Origin:
    source = element.get("source", "manual")
    known = _ORIGINS.get(source)
    if known is None:
        raise PayloadError(f"its source is {source[:40]!r}; one of {', '.join(_ORIGINS)} is known")
    return known


def _side(text: str | None) -> object:
    """Read a number of pixels; what is none stays as it stands, and is told where a region rests on it."""
    return int(text) if text is not None and _SIDE.fullmatch(text) else text
