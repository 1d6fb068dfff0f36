"""The lists of a COCO file, with their records unread: bounded, and a broken record costs only itself."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import msgspec

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_keys import repeated_key
from guidelint.annotation.decoding.files.json_pieces import in_pieces
from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, read
from guidelint.annotation.decoding.files.whole_json import whole_object

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_RECORDS = 4_000_000
"""Most objects of a file: each costs some hundred bytes, whatever little it holds."""
_OTHERS = {
    "segments_info": "panoptic, whose regions lie in pictures beside it, which are not read",
    "caption": "captions, which say nothing of where something lies",
    "video_id": "for video, which is not read",
}
"""Key of an annotation → the kind of COCO that has it, and why it is not read."""
_PLACES = {"segmentation", "bbox", "keypoints"}
_AGAIN = "Export it again, and change nothing in it"


class Lists(msgspec.Struct):
    """Records of a file, each as its text."""

    images: list[msgspec.Raw]
    annotations: list[msgspec.Raw]
    categories: list[msgspec.Raw]
    info: msgspec.Raw = ABSENT


class _Annotations(msgspec.Struct):
    annotations: list[msgspec.Raw] = []


T = TypeVar("T", Lists, _Annotations)


class _Nothing(msgspec.Struct, gc=False):
    """An object of which nothing is read."""


class _Objects(msgspec.Struct):
    images: list[_Nothing] = []
    annotations: list[_Nothing] = []
    categories: list[_Nothing] = []


def lists(text: bytes, title: str, most: int = MAX_RECORDS, *, views: bool = False) -> Lists:
    """Find the lists. Raises FormatError where there are none, one stands twice, or they are too long.

    ``views``: records are views into the text, even where it is broken.
    """
    if twice := repeated_key(text, ("images", "annotations", "categories")):
        raise FormatError(f"its key {twice} stands twice, so that nobody knows which is meant. {_AGAIN}")
    if text.count(b"{") > most or (text.count(b",") > most and not _holds_objects_only(text)):
        raise FormatError(f"it has more than {most:,} records, the most that are read of one file. Divide it by images")
    try:
        return _of_instances(msgspec.json.decode(text, type=Lists))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if isinstance(error, msgspec.ValidationError):
            _refuse_others(text)
        return _of_instances(_piece_by_piece(text, views=views) or whole_object(text, Lists, title))


def _refuse_others(text: bytes) -> None:
    """Raise FormatError where another kind of COCO lacks a list."""
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _of_instances(msgspec.json.decode(text, type=_Annotations))


def _of_instances(found: T) -> T:
    """Raise FormatError where the first annotation is of another kind of COCO than instances and keypoints."""
    for raw in found.annotations[:1]:
        with suppress(PayloadError):
            keys = read(raw, dict[str, msgspec.Raw]).keys()
            other = next((name for key, name in _OTHERS.items() if key in keys), "")
            if other and not _PLACES & keys:
                raise FormatError(f"it is COCO {other}. Export it as COCO instances or keypoints")
    return found


def _holds_objects_only(text: bytes) -> bool:
    """Whether no list holds anything else, up to where the text is broken."""
    try:
        msgspec.json.decode(text, type=_Objects)
    except msgspec.ValidationError:
        return False
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return True
    return True


def _piece_by_piece(text: bytes, *, views: bool) -> Lists | None:
    """Read it without its records; None: what is broken is not one of them."""
    left, items = in_pieces(text, views=views)
    try:
        found = msgspec.json.decode(left, type=Lists)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    images, annotations, categories = (
        _put_back(part, items) for part in (found.images, found.annotations, found.categories)
    )
    return Lists(images, annotations, categories, found.info)


def _put_back(numbered: Sequence[msgspec.Raw], items: Sequence[bytes | memoryview]) -> list[msgspec.Raw]:
    texts = (bytes(raw) for raw in numbered)
    return [msgspec.Raw(items[int(text[1:-1])] if text.startswith(b"[") else text) for text in texts]
