"""COCO: one object with ``images``, ``categories`` and ``annotations``, as many tools write it.

One file is the work of one annotator: whoever ``info: contributor`` names or, where nobody is named, the file itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_keys import top_level_keys
from guidelint.annotation.decoding.files.point_table import PointTable
from guidelint.annotation.decoding.files.whole_json import whole_text
from guidelint.annotation.decoding.formats.coco.lists import lists
from guidelint.annotation.decoding.formats.coco.reading import Reading
from guidelint.annotation.decoding.formats.coco.where import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.annotation.decoding.decoder import Decoded, Opened

_BEGINS = frozenset({"info", "licenses", "images", "categories"})
_SIGNS = (frozenset({"images", "categories"}), frozenset({"images", "annotations"}))
_OF_ITEMS = (b'"image_id"', b'"category_id"')
TITLE = "a COCO file"


@dataclass(frozen=True, slots=True)
class Coco:
    """Reads COCO files."""

    name: str = "coco"
    title: str = TITLE
    endings: tuple[str, ...] = (".json", ".json.gz")
    carries: frozenset[Carried] = frozenset({"annotators", "unfinished work", "region ids", "separate objects"})
    has_schema: bool = False
    has_legend: bool = False

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
        text = whole_text(opened.blocks, opened.source.size_bytes)
        file = lists(text, TITLE, views=opened.places)
        yield from Reading(file, opened, Where(PointTable(text) if opened.places else None)).records()


DECODER = Coco()
