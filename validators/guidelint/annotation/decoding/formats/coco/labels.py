"""The categories of a COCO file: what annotations are called, and the points that they may have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_keys import refuse_repeated
from guidelint.annotation.decoding.files.json_record import PayloadError, quickly, read
from guidelint.annotation.decoding.told_first import ToldFirst

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.decoding.decoder import UnreadRecord


class Category(msgspec.Struct):
    """What a category is called."""

    id: int | str
    name: str
    keypoints: list[str] | None = None


_CATEGORY = msgspec.json.Decoder(Category)


@dataclass(slots=True)
class Labels:
    """Categories by their ids."""

    by_id: dict[str, Category] = field(default_factory=dict[str, Category])
    unclear: set[str] = field(default_factory=set[str])
    """Ids of several categories."""

    def read(self, raws: Sequence[msgspec.Raw]) -> Iterator[UnreadRecord]:
        """Take in all of a file, and tell what cannot be read of them."""
        told = ToldFirst("categories")
        for number, raw in enumerate(raws, start=1):
            if told.tells or quickly(raw, _CATEGORY) is not None:
                try:
                    self._add(raw)
                except PayloadError as error:
                    yield from told.tell(f"category {number} of the file {error}")
            else:
                told.untold += 1
        yield from told.rest()

    def of(self, category_id: int | str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the label that a category id means, and the names of its points. Raises PayloadError: it is unclear.

        A category that is not there is a label that no guideline knows.
        """
        key = str(category_id)
        if key in self.unclear:
            raise PayloadError(f"its category_id {key} is the id of several categories")
        category = self.by_id.get(key)
        labels = () if category_id is None else (category.name if category else f"category {key}",)
        return labels, tuple(category.keypoints or ()) if category else ()

    def _add(self, raw: msgspec.Raw) -> None:
        try:
            category = read(raw, Category)
            refuse_repeated(raw, Category.__struct_fields__)
        except PayloadError as error:
            raise PayloadError(f"cannot be read: {error}") from error
        first = self.by_id.setdefault(str(category.id), category)
        if first != category:
            self.unclear.add(str(category.id))
        if first is not category:
            raise PayloadError(f"has the id {category.id} of an earlier one")
