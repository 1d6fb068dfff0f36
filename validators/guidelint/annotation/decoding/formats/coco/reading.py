"""One COCO file while it is read, image by image."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.decoder import TaskRecord
from guidelint.annotation.decoding.files.json_keys import refuse_repeated
from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, quickly, read, text_of
from guidelint.annotation.decoding.formats.coco.attributes import ROTATION, UnreadAttributes, attributes_of
from guidelint.annotation.decoding.formats.coco.by_image import ByImage
from guidelint.annotation.decoding.formats.coco.following import Following
from guidelint.annotation.decoding.formats.coco.labels import Labels
from guidelint.annotation.decoding.formats.coco.shapes import CocoShapes, Told
from guidelint.annotation.decoding.parts.drawn import MAX_ITEMS, Drawn, RegionBuilder, submission_or_reason
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.decoding.told_first import ToldFirst
from guidelint.annotation.submission import UnreadableItem, UnreadFact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.annotation.decoding.decoder import Decoded, Opened
    from guidelint.annotation.decoding.formats.coco.lists import Lists
    from guidelint.annotation.decoding.formats.coco.where import Where
    from guidelint.annotation.submission import Submission

_HAD = "an earlier annotation has it too; an id is that of one"


class _Info(msgspec.Struct):
    contributor: object = None


class _ImageName(msgspec.Struct, gc=False):
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
    area: object = None


_IMAGE_NAME = msgspec.json.Decoder(_ImageName)


@dataclass(slots=True)
class Reading:
    """One file while it is read."""

    file: Lists
    opened: Opened
    where: Where
    annotator: str = ""
    labels: Labels = field(default_factory=Labels)
    by_image: ByImage = field(init=False)
    unclear_images: frozenset[str] = frozenset()
    """Ids of several images."""
    attributes: UnreadAttributes = field(default_factory=UnreadAttributes)

    def records(self) -> Iterator[Decoded]:
        """Give every image with what was marked on it, and whatever cannot be read."""
        self.by_image = ByImage(self.where)
        self.annotator = self._contributor() or PurePath(self.opened.source.name).name.partition(".")[0]
        yield from self.labels.read(self.file.categories)
        yield from self.by_image.read(self.file.annotations)
        sound = bytearray(len(self.file.images))
        self.unclear_images = frozenset(_of_several(self.file.images, sound))
        known, told = set[str](), ToldFirst("images")
        for position, raw in enumerate(self.file.images, start=1):
            if not (told.tells or sound[position - 1]):
                told.untold += 1
                continue
            try:
                yield self._task(raw, position, known)
            except PayloadError as error:
                yield from told.tell(
                    f"image {position} of the file cannot be read: {error}", position, self.where.of(raw)
                )
        yield from told.rest()
        yield from self.by_image.strays(known)

    def _contributor(self) -> str:
        try:
            named = read(self.file.info, _Info).contributor
        except PayloadError:
            return ""
        return named.strip() if isinstance(named, str) else ""

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
        places = self.by_image.places.get(key, [])
        read_it = partial(self._submissions, task, places, data, (told.get("width"), told.get("height")))
        count, text = int(bool(places)), self.where.of(raw, [self.file.annotations[place] for place in places])
        return TaskRecord(position=position, task=task, data=data, annotations=count, read=read_it, text=text)

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
        shapes, following = CocoShapes(builder.image_shape), Following()
        for number, place in enumerate(places):
            try:
                self._draw(place, number + 1, shapes, builder, following)
            except PayloadError as error:
                reason = f"annotation {place + 1} of the file: {error}"
                builder.unreadable.append(UnreadableItem(number, reason))
        builder.unread_facts.extend(following.told())
        repeated = self.by_image.repeated
        if repeated is not None and repeated in places:
            builder.unread_facts.append(UnreadFact(f"the id of annotation {repeated + 1} of the file", _HAD))
        yield submission_or_reason(builder, task, self.annotator)

    def _draw(self, place: int, number: int, shapes: CocoShapes, builder: RegionBuilder, following: Following) -> None:
        raw = self.file.annotations[place]
        item = read(raw, _Annotation)
        refuse_repeated(raw, _Annotation.__struct_fields__)
        labels, points = self.labels.of(item.category_id)
        attributes = attributes_of(item.attributes)
        builder.unread_facts.extend(self.attributes.told(attributes))
        key = text_of(item.id)
        turned = (attributes or {}).get(ROTATION) if item.rotation is None else item.rotation
        told = Told(item.segmentation, item.bbox, item.keypoints, turned)
        for part in shapes.of(told, points, builder.boundary(labels)):
            # a point may be a class of its own; else it is one of the category
            own = (part.name,) if builder.is_class(part.name) else labels
            suffix = f"/{part.name}" if key and part.name else ""
            builder.add(Drawn(f"{key}{suffix}", part.shape, own, number, part.delivered_type))
            following.see(place, part.rings, item.bbox, item.area)
            if builder.count > MAX_ITEMS:
                return


def _of_several(images: Iterable[msgspec.Raw], sound: bytearray) -> Iterator[str]:
    """Give the ids that images of several names have, and mark in ``sound`` those that have an id at all."""
    names: dict[str, object] = {}
    for place, raw in enumerate(images):
        image = quickly(raw, _IMAGE_NAME)
        key = "" if image is None else text_of(image.id)
        sound[place] = bool(key)
        if image and key and names.setdefault(key, image.file_name) != image.file_name:
            yield key
