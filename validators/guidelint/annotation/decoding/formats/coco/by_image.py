"""The annotations of a COCO file by the image that they lie on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_record import PayloadError, quickly, read, text_of
from guidelint.annotation.decoding.told_first import ToldFirst

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from guidelint.annotation.decoding.decoder import UnreadRecord
    from guidelint.annotation.decoding.formats.coco.where import Where


class _Ids(msgspec.Struct, gc=False):
    id: object = None
    image_id: int | str | None = None


_IDS = msgspec.json.Decoder(_Ids)
_NO_IMAGE_ID = "image_id is missing, so that nobody knows what it lies on"


@dataclass(slots=True)
class ByImage:
    """Which annotations lie on each image, by its id."""

    where: Where
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Their places in the list of the file, from 0."""
    repeated: int | None = None
    """The first annotation whose id an earlier one has."""
    _raws: Sequence[msgspec.Raw] = ()
    _ids: set[str] = field(default_factory=set[str])
    _told: ToldFirst = field(default_factory=lambda: ToldFirst("annotations"))

    def read(self, raws: Sequence[msgspec.Raw]) -> Iterator[UnreadRecord]:
        """Take in all of a file, and tell what lies on no image."""
        self._raws = raws
        for place, raw in enumerate(raws):
            told = quickly(raw, _IDS)
            if told is None or told.image_id is None:
                yield from self._stray(place, self._reason(raw))
            else:
                self._add(place, told)
        self._ids.clear()

    def strays(self, known: Container[str]) -> Iterator[UnreadRecord]:
        """Tell what refers to no image of the file, and how many were not told."""
        for image, places in self.places.items():
            if image not in known:
                for place in places:
                    yield from self._stray(place, f"its image_id {image!r} is the id of no image")
        yield from self._told.rest()

    def _add(self, place: int, told: _Ids) -> None:
        self.places[str(told.image_id)].append(place)
        key = text_of(told.id)
        if key and key in self._ids and self.repeated is None:
            self.repeated = place
        self._ids.add(key)

    def _reason(self, raw: msgspec.Raw) -> str:
        """Find words, as long as somebody reads them."""
        if not self._told.tells:
            return ""
        try:
            read(raw, _Ids)
        except PayloadError as error:
            return str(error)
        return _NO_IMAGE_ID

    def _stray(self, place: int, reason: str) -> Iterator[UnreadRecord]:
        text = self.where.of(self._raws[place]) if self._told.tells else None
        return self._told.tell(f"annotation {place + 1} of the file cannot be read: {reason}", text=text)
