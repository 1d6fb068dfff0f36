"""The ``data`` of a task: the image and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import ABSENT, read
from guidelint.imaging.beside import NOTHING_BESIDE
from guidelint.imaging.given import NOTHING_GIVEN
from guidelint.imaging.header import header_facts, look_up
from guidelint.imaging.image import Image
from guidelint.imaging.items import frame_of, image_name, item_count, judged_keys, keys_of, of_item
from guidelint.imaging.named import as_named
from guidelint.imaging.pixels.pixels import NO_PIXELS, Pixels
from guidelint.imaging.resized import in_frame

if TYPE_CHECKING:
    import msgspec

    from guidelint.imaging.beside import Beside
    from guidelint.imaging.facts import ImageFacts
    from guidelint.imaging.given import Given
    from guidelint.imaging.keys import ImageKeys, NamedImage
    from guidelint.imaging.providers.images import Images

TaskData = Mapping[str, object]
MAX_IMAGES = 2000
"""Most images of one task."""


def task_data(raw: bytes | msgspec.Raw) -> dict[str, object]:
    """Read the ``data`` of a task. Raises PayloadError when it is not an object."""
    return {} if raw == ABSENT else read(raw, dict[str, object])


def judged_facts(data: TaskData, keys: ImageKeys) -> dict[str, object]:
    """Pick what of the data a verdict rests on."""
    stated = {key: look_up(data, key) for key in judged_keys(keys)}
    return {key: value for key, value in stated.items() if value is not None}


class TaskImage:
    """Facts of the images of one task, in the frame of whatever size a region states."""

    def __init__(self, data: TaskData, keys: ImageKeys, given: Given = NOTHING_GIVEN) -> None:
        """``given``: what is told of the images beside the task data."""
        self._data = data
        self._keys = keys
        self._given = given
        self._named: dict[int | None, NamedImage] = dict(enumerate(keys.of_task))
        self._headers: dict[int | None, ImageFacts] = {}
        self._pixels: dict[int | None, Pixels] = {}
        self._facts: dict[tuple[int | None, tuple[int, int]], ImageFacts] = {}
        self._shown: dict[tuple[int | None, tuple[int, int]], Image] = {}
        self.count = item_count(data, keys)
        """How many images the task lists; 0: it lists none."""

    def facts(self, image_shape: tuple[int, int], item: int | None = None) -> ImageFacts:
        """Facts for an image shown with these rows, columns; (0, 0): not stated, so as the header says.

        ``item``: which image of a task with several, from 0.
        """
        known = self._facts.get((item, image_shape))
        if known is None:
            header = self._header(item)
            known = in_frame(header, *image_shape) if any(image_shape) else header
            self._facts[item, image_shape] = known
        return known

    def image(self, image_shape: tuple[int, int], item: int | None = None) -> Image:
        """Facts as ``facts`` gives them, and pixels that are read when a rule asks, once for all annotations."""
        known = self._shown.get((item, image_shape))
        if known is None:
            known = self._shown[item, image_shape] = Image(self.facts(image_shape, item), self._pixels_of(item))
        return known

    def _pixels_of(self, item: int | None) -> Pixels:
        if self._given.images is None:
            return NO_PIXELS
        if item not in self._pixels:
            self._pixels[item] = self._found(self._given.images, item)
        return self._pixels[item]

    def _found(self, images: Images, item: int | None) -> Pixels:
        data = {**self._data, **({} if item is None else of_item(self._data, self._keys, item))}
        frame = frame_of(self._data, self._keys, (item or 0) if self.count else item)
        return images.pixels(image_name(data, self._keys, item), self._sop_uid(data, item), frame)

    @property
    def lacks_images(self) -> bool:
        """Whether pixels were asked for that could not be read, and perhaps can another time."""
        return any(pixels.may_come for pixels in self._pixels.values())

    def told_beside(self) -> list[object]:
        """All that is told of the images beside the task data, and where their pixels are; none: nothing is given."""
        given = self._given
        known = self.beside if given.supply else ()
        told = [(one.place, one.values) for beside in known for _, one in beside.records]
        doubtful = [beside.doubtful for beside in known if beside.doubtful]
        where = given.images.provider.name if given.images else ""
        return [told, doubtful, where] if given.supply or given.images else []

    @property
    def listed(self) -> dict[int, ImageFacts]:
        """Facts of each image that the task lists, as the header says; of so many at most as are read of a task."""
        return {item: self.facts((0, 0), item) for item in range(min(self.count, MAX_IMAGES))}

    @property
    def images(self) -> tuple[ImageFacts, ...]:
        """Facts of each image, or of the only one."""
        return tuple(self.listed.values()) or (self.facts((0, 0)),)

    def _header(self, item: int | None) -> ImageFacts:
        if item not in self._headers:
            self._headers[item] = self._read_header(item)
        return self._headers[item]

    def _read_header(self, item: int | None) -> ImageFacts:
        if named := self._named.get(item):
            data = self._data
            return as_named(header_facts(data, keys_of(data, self._keys, named), self._beside(data, item)), named)
        own = {} if item is None else of_item(self._data, self._keys, item)
        is_another = bool(own) or (self._given.supply is not None and self.count > 1)
        if item is not None and not is_another:
            return self._header(None)
        data = {**self._data, **own}
        return header_facts(data, self._keys, self._beside(data, item))

    @cached_property
    def beside(self) -> tuple[Beside, ...]:
        """What is told beside the task data of each image that the task lists, or of its only one."""
        items = range(min(self.count, MAX_IMAGES)) if self.count else (None,)
        own = ({} if item is None else of_item(self._data, self._keys, item) for item in items)
        return tuple(self._beside({**self._data, **one}, item) for item, one in zip(items, own, strict=True))

    def _beside(self, data: TaskData, item: int | None) -> Beside:
        if self._given.supply is None:
            return NOTHING_BESIDE
        frame = frame_of(self._data, self._keys, item)
        return self._given.supply.of(image_name(data, self._keys, item), self._sop_uid(data, item), frame)

    def _sop_uid(self, data: TaskData, item: int | None) -> str:
        named = self._named.get(item)
        keys = keys_of(data, self._keys, named) if named else self._keys
        uid = look_up(data, keys.sop_uid)
        return uid.strip("\0 ") if isinstance(uid, str) else ""
