"""Tasks with several images: how many there are, and what the task data say of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from guidelint.imaging.header import look_up
from guidelint.imaging.header_values import UnreadableError, numbers
from guidelint.imaging.image_name import unsigned
from guidelint.imaging.keys import delivered, own_keys
from guidelint.imaging.pixels.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.imaging.keys import ImageKeys, NamedImage


FRAME_KEY: Final = "ReferencedFrameNumber"
"""Key of the task data that says which frame of a file with several the image is, from 1 (0008,1160)."""


def images_key(keys: ImageKeys) -> str:
    """Key under which a task with several images lists them, where it does not do so under that of the image."""
    return f"{keys.image}s"


def item_count(data: Mapping[str, object], keys: ImageKeys) -> int:
    """How many images a task lists, under the key of the image or its plural, or by name; 0: it lists none."""
    if keys.of_task:
        return len(keys.of_task)
    lists = (look_up(data, key) for key in (keys.image, images_key(keys)))
    return next((len(value) for value in lists if isinstance(value, list)), 0)


def image_name(data: Mapping[str, object], keys: ImageKeys, item: int | None) -> str:
    """Name one image of a task, or its only one or its first; empty where the task does not name it."""
    if keys.of_task:
        own = look_up(data, keys.of_task[item or 0].key) if (item or 0) < len(keys.of_task) else ""
        return own if isinstance(own, str) else ""
    under = (look_up(data, key) for key in (keys.image, images_key(keys)))
    named = next((value for value in under if isinstance(value, str | list)), "")
    if isinstance(named, list):
        named = named[item or 0] if (item or 0) < len(named) else ""
    return named if isinstance(named, str) else ""


def image_names(data: Mapping[str, object], keys: ImageKeys) -> tuple[str, ...]:
    """Name the images that a task shows, each once, unsigned; none where it does not name all of them."""
    names = _names(data, keys)
    known = tuple(dict.fromkeys(unsigned(name) for name in names if isinstance(name, str) and name))
    return known if all(isinstance(name, str) and name for name in names) else ()


def _names(data: Mapping[str, object], keys: ImageKeys) -> Sequence[object]:
    if keys.of_task:
        return [look_up(data, image.key) for image in keys.of_task]
    under = (look_up(data, key) for key in (keys.image, images_key(keys)))
    named = next((value for value in under if isinstance(value, str | list)), [])
    return [named] if isinstance(named, str) else named


def of_item(data: Mapping[str, object], keys: ImageKeys, item: int) -> dict[str, object]:
    """Pick what is said of one image by values that are lists with an entry for each; others hold for all images."""
    several = {keys.pixel_spacing: 2, keys.position: 3, keys.orientation: 6}
    of_images = (key for key in delivered(keys).values() if key != keys.image)
    found = {key: _entry(look_up(data, key), item, several.get(key, 1)) for key in of_images}
    return {key: entry for key, entry in found.items() if entry is not None}


def keys_of(data: Mapping[str, object], keys: ImageKeys, image: NamedImage) -> ImageKeys:
    """Tell under which keys the facts of a named image stand: its own where the data have them, else those of all."""
    found = {fact: key for fact, key in own_keys(keys, image).items() if look_up(data, key) is not None}
    return replace(keys, image=image.key, **found)


def judged_keys(keys: ImageKeys) -> tuple[str, ...]:
    """List every key of the task data that a verdict may rest on."""
    own = ((image.key, *own_keys(keys, image).values()) for image in keys.of_task)
    of_all = (*delivered(keys).values(), images_key(keys), FRAME_KEY)
    return tuple(dict.fromkeys((*of_all, *(key for of_one in own for key in of_one))))


def frame_of(data: Mapping[str, object], keys: ImageKeys, item: int | None) -> Frame | None:
    """Tell which frame of a file an image is: by its number, or by its place in the list of the task; None: not told.

    ``item``: which image of a task with several, from 0; None: its only one, or the task as a whole.
    """
    stated = look_up(data, FRAME_KEY)
    number = _entry(stated, item, 1) if isinstance(stated, list) and item is not None else stated
    if isinstance(number, int) and not isinstance(number, bool) and number >= 1:
        return Frame(number - 1, 0)
    count = 0 if keys.of_task else item_count(data, keys)
    return Frame(item, count) if item is not None and count else None


def _entry(value: object, item: int, length: int) -> object:
    """Entry of one image, where the value has one for each; it is a list of ``length`` numbers, or one value."""
    if not isinstance(value, list) or item >= len(value):
        return None
    per_item = length == 1 or any(_is_row(entry, length) for entry in value)
    return value[item] if per_item else None


def _is_row(entry: object, length: int) -> bool:
    try:
        return bool(numbers(entry, length))
    except UnreadableError:
        return isinstance(entry, list)
