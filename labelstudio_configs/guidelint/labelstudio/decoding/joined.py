"""Which items are one region: those of one id and, where there are no ids, those of equal geometry.

One control draws a region once: two items of one control are two regions, whatever they have in common.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, read
from guidelint.labelstudio.decoding.shapes import Geometry, part_of

if TYPE_CHECKING:
    from guidelint.labelstudio.decoding.whole_payload import Item

_PLACES = ("x", "y", "radius_x", "radius_y", "points", "vertices", "rle", "image_data_url")
_KEYS = frozenset({"x", "y", "radiusX", "radiusY", "points", "vertices", "rle", "imageDataURL"})


@dataclass(slots=True)
class _Open:
    """Groups of one place that one control has not joined yet, by their position there."""

    seen: int = 0
    ranges: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """First, and the one behind the last: a few numbers, however many groups they are."""

    def look(self, groups: int) -> None:
        """Take in the groups that others have made since."""
        if groups > self.seen:
            self.ranges.append((self.seen, groups))
            self.seen = groups

    def latest(self) -> int:
        """Join the latest."""
        first, behind = self.ranges.pop()
        if first < behind - 1:
            self.ranges.append((first, behind - 1))
        return behind - 1


class Groups:
    """Puts items of one place into groups, each control at most once in each; the latest group first.

    The items of a region stand together in a result: of two equal regions the later one takes what follows it.
    """

    def __init__(self) -> None:
        self._count = 0
        self._at: dict[bytes, list[int]] = {}
        self._open: dict[tuple[bytes, str], _Open] = {}

    def join(self, place: bytes, control: str) -> int:
        """Give the number of the group that an item of this place and control belongs to."""
        here = self._at.setdefault(place, [])
        free = self._open.setdefault((place, control), _Open())
        free.look(len(here))
        if free.ranges:
            return here[free.latest()]
        here.append(self._count)
        free.seen = len(here)
        self._count += 1
        return here[-1]


class Unnamed:
    """Items without ids, and the names that they get among themselves."""

    def __init__(self) -> None:
        self.count = 0
        self._groups = Groups()

    def drawn(self, item: Item) -> str:
        """Name the region that a drawn item belongs to."""
        self.count += 1
        return self._name(item, place_of(item))

    def answer(self, item: Item) -> str:
        """Name the region that an answer is about; an answer without geometry is about the image.

        Raises PayloadError when its geometry cannot be read: nobody knows which region it is about.
        """
        self.count += 1
        if not is_placed(item):
            return ""
        try:
            _ = part_of(item.value, Geometry)
        except PayloadError as error:
            raise PayloadError(f"it has no id, and its geometry does not tell its region: {error}") from error
        return self._name(item, place_of(item))

    def _name(self, item: Item, place: bytes) -> str:
        return f"\0{self._groups.join(item.to_name.encode() + place, item.from_name)}"


def place_of(item: Item) -> bytes:
    """Tell where an item lies, the same for items of equal geometry on one image; what cannot be read as it stands."""
    try:
        numbers: object = part_of(item.value, Geometry).numbers
    except PayloadError:
        numbers = item.value
    return msgspec.json.encode((item.item_index or 0, numbers))


def is_placed(item: Item) -> bool:
    """Whether the value of an item says where in the image it lies."""
    if isinstance(item.value, Geometry):
        return any(getattr(item.value, name) not in (None, ABSENT) for name in _PLACES)
    try:
        return bool(item.value) and not _KEYS.isdisjoint(read(item.value, dict[str, msgspec.Raw]))
    except PayloadError:
        return False
