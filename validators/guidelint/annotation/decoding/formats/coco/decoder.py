"""COCO: one object with ``images``, ``categories`` and ``annotations``, as many tools write it.

One file is the work of one annotator: whoever ``info: contributor`` names or, where nobody is named, the file itself.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.decoder import TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.json_keys import refuse_repeated, top_level_keys
from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, read, text_of
from guidelint.annotation.decoding.files.whole_json import whole_text
from guidelint.annotation.decoding.formats.coco.attributes import ROTATION, UnreadAttributes, attributes_of
from guidelint.annotation.decoding.formats.coco.lists import Lists, lists
from guidelint.annotation.decoding.formats.coco.shapes import CocoShapes, Told
from guidelint.annotation.decoding.parts.drawn import MAX_ITEMS, Drawn, RegionBuilder, submission_or_reason
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.submission import UnreadableItem, UnreadFact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.annotation.decoding.decoder import Decoded, Opened
    from guidelint.annotation.submission import Submission

_BEGINS = frozenset({"info", "licenses", "images", "categories"})
_SIGNS = (frozenset({"images", "categories"}), frozenset({"images", "annotations"}))
_OF_ITEMS = (b'"image_id"', b'"category_id"')
_HAD = "an earlier annotation has it too; an id is that of one"
TITLE = "a COCO file"


class _Info(msgspec.Struct):
    contributor: object = None


class _Category(msgspec.Struct):
    id: int | str
    name: str
    keypoints: list[str] | None = None


class _Ids(msgspec.Struct):
    id: object = None
    image_id: int | str | None = None


class _ImageName(msgspec.Struct):
    id: object = None
    file_name: object = None


class _Annotation(msgspec.Struct):
    id: object = None
    category_id: int | str | None = None
    segmentation: msgspec.Raw = ABSENT
    bbox: msgspec.Raw = ABSENT
    keypoints: msgspec.Raw = ABSENT
    attributes: msgspec.Raw = ABSENT
    rotation: object = None


@dataclass(frozen=True, slots=True)
class Coco:
    """Reads COCO files."""

    name: str = "coco"
    title: str = TITLE
    endings: tuple[str, ...] = (".json", ".json.gz")
    carries: frozenset[Carried] = frozenset({"annotators", "unfinished work", "region ids", "separate objects"})
    has_schema: bool = False

    def fits(self, head: bytes) -> bool:
        """Whether it is an object with the keys of COCO, as far as its beginning shows them."""
        text = head.lstrip(b" \t\r\n")
        if not text.startswith(b"{"):
            return False
        keys = top_level_keys(text)
        if {"data", "annotations"} <= {*keys}:
            return False
        if any(signs <= {*keys} for signs in _SIGNS) or (keys and keys[0] in _BEGINS):
            return True
        return keys[:1] == ("annotations",) and all(sign in text for sign in _OF_ITEMS)

    def records(self, opened: Opened) -> Iterator[Decoded]:
        """Read image after image. Raises FormatError where it is no COCO file, or too large."""
        file = lists(whole_text(opened.blocks, opened.source.size_bytes), TITLE)
        yield from _Reading(file, opened).records()


DECODER = Coco()


@dataclass(slots=True)
class _Reading:
    """One file while it is read."""

    file: Lists
    opened: Opened
    annotator: str = ""
    labels: dict[str, _Category] = field(default_factory=dict[str, _Category])
    of_image: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Which annotations lie on each image, by its id."""
    unclear_labels: set[str] = field(default_factory=set[str])
    """Ids of several categories."""
    unclear_images: set[str] = field(default_factory=set[str])
    """Ids of several images."""
    repeated: int | None = None
    """The first annotation whose id an earlier one has."""
    attributes: UnreadAttributes = field(default_factory=UnreadAttributes)

    def records(self) -> Iterator[Decoded]:
        self.annotator = self._contributor() or PurePath(self.opened.source.name).name.partition(".")[0]
        yield from self._categories()
        yield from self._sorted()
        self.unclear_images = set(_of_several(self.file.images))
        known = set[str]()
        for position, raw in enumerate(self.file.images, start=1):
            try:
                yield self._task(raw, position, known)
            except PayloadError as error:
                yield UnreadRecord(reason=f"image {position} of the file cannot be read: {error}", position=position)
        for image, places in self.of_image.items():
            if image not in known:
                yield from (_stray(place, f"its image_id {image!r} is the id of no image") for place in places)

    def _contributor(self) -> str:
        try:
            named = read(self.file.info, _Info).contributor
        except PayloadError:
            return ""
        return named.strip() if isinstance(named, str) else ""

    def _categories(self) -> Iterator[UnreadRecord]:
        for number, raw in enumerate(self.file.categories, start=1):
            try:
                category = read(raw, _Category)
                refuse_repeated(raw, _Category.__struct_fields__)
            except PayloadError as error:
                yield UnreadRecord(reason=f"category {number} of the file cannot be read: {error}")
                continue
            first = self.labels.setdefault(str(category.id), category)
            if first != category:
                self.unclear_labels.add(str(category.id))
            if first is not category:
                yield UnreadRecord(reason=f"category {number} of the file has the id {category.id} of an earlier one")

    def _sorted(self) -> Iterator[UnreadRecord]:
        ids = set[str]()
        for place, raw in enumerate(self.file.annotations):
            try:
                told = read(raw, _Ids)
                image = told.image_id
            except PayloadError as error:
                yield _stray(place, str(error))
                continue
            if image is None:
                yield _stray(place, "image_id is missing, so that nobody knows what it lies on")
            else:
                self.of_image[str(image)].append(place)
                key = text_of(told.id)
                if key and key in ids and self.repeated is None:
                    self.repeated = place
                ids.add(key)

    def _task(self, raw: msgspec.Raw, position: int, known: set[str]) -> TaskRecord:
        told = read(raw, dict[str, object])
        refuse_repeated(raw, told)
        key = text_of(told.get("id"))
        if not key:
            raise PayloadError("it has no id that is a number or a text")
        if key in self.unclear_images:
            known.add(key)
            raise PayloadError(f"its id {key} is that of several images, so that nobody knows which was marked")
        if key in known:
            raise PayloadError(f"its id {key} is that of an earlier image")
        known.add(key)
        keys = self.opened.vocabulary.image
        data = {keys.image: told.get("file_name"), keys.rows: told.get("height"), keys.columns: told.get("width")}
        data = {name: value for name, value in {**data, **told}.items() if value is not None}
        task = text_of(told.get("file_name")) or key
        places = self.of_image.get(key, [])
        read_it = partial(self._submissions, task, places, data, (told.get("width"), told.get("height")))
        return TaskRecord(position=position, task=task, data=data, annotations=int(bool(places)), read=read_it)

    def _submissions(
        self, task: str, places: list[int], data: Mapping[str, object], size: tuple[object, object]
    ) -> Iterator[Submission | PayloadError]:
        if not places:
            return
        if len(places) > MAX_ITEMS:
            yield PayloadError(f"it has {len(places)} annotations, more than the {MAX_ITEMS} that are read")
            return
        builder = RegionBuilder(
            self.opened.vocabulary, TaskImage(data, self.opened.vocabulary.image, self.opened.given), size
        )
        shapes = CocoShapes(builder.image_shape)
        for number, place in enumerate(places):
            try:
                self._draw(self.file.annotations[place], number + 1, shapes, builder)
            except PayloadError as error:
                reason = f"annotation {place + 1} of the file: {error}"
                builder.unreadable.append(UnreadableItem(number, reason))
        if self.repeated in places:
            builder.unread_facts.append(UnreadFact(f"the id of annotation {self.repeated + 1} of the file", _HAD))
        yield submission_or_reason(builder, task, self.annotator)

    def _draw(self, raw: msgspec.Raw, number: int, shapes: CocoShapes, builder: RegionBuilder) -> None:
        item = read(raw, _Annotation)
        refuse_repeated(raw, _Annotation.__struct_fields__)
        if str(item.category_id) in self.unclear_labels:
            raise PayloadError(f"its category_id {item.category_id} is the id of several categories")
        attributes = attributes_of(item.attributes)
        builder.unread_facts.extend(self.attributes.told(attributes))
        category = self.labels.get(str(item.category_id))
        labels = () if item.category_id is None else (category.name if category else f"category {item.category_id}",)
        points = tuple(category.keypoints or ()) if category else ()
        key = text_of(item.id)
        turned = (attributes or {}).get(ROTATION) if item.rotation is None else item.rotation
        told = Told(item.segmentation, item.bbox, item.keypoints, turned)
        for part in shapes.of(told, points, builder.boundary(labels)):
            # a point may be a class of its own; else it is one of the category
            own = (part.name,) if builder.is_class(part.name) else labels
            suffix = f"/{part.name}" if key and part.name else ""
            builder.add(Drawn(f"{key}{suffix}", part.shape, own, number, part.delivered_type))
            if builder.count > MAX_ITEMS:
                return


def _of_several(images: Iterable[msgspec.Raw]) -> Iterator[str]:
    """Give the ids that images of several names have."""
    names: dict[str, object] = {}
    for raw in images:
        with suppress(PayloadError):
            image = read(raw, _ImageName)
            key = text_of(image.id)
            if key and names.setdefault(key, image.file_name) != image.file_name:
                yield key


def _stray(place: int, reason: str) -> UnreadRecord:
    return UnreadRecord(reason=f"annotation {place + 1} of the file cannot be read: {reason}")
