"""Where annotations and result items stand in the text of a task.

The parser hands out unread parts as views into the text it read; how far a view lies from the beginning is its place.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import msgspec

from guidelint.annotation.decoding.files.raw_ranges import ranges
from guidelint.annotation.decoding.files.text_point import Point, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.annotation.decoding.files.raw_ranges import Range

T = TypeVar("T")
_STRING_OR_WORD = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|NaN|Infinity', re.DOTALL)
_NUMBERS = {b"NaN": b"0.0", b"Infinity": b"0.000000"}
"""Numbers as long as the words that Python writes for them and JSON does not know."""


class _Task(msgspec.Struct):
    annotations: list[msgspec.Raw]


class _Annotation(msgspec.Struct):
    result: list[msgspec.Raw]


class _Item(msgspec.Struct):
    id: str | int | None = None


class TaskText:
    """The text of one task, which starts somewhere in its file."""

    def __init__(self, raw: bytes, start: Point) -> None:
        self._raw = raw
        self.start = self._reached = start
        self._items: dict[int, tuple[Range, ...]] = {}

    def span(self, annotation: int = 0, item: int = 0) -> Span:
        """Place of an item of an annotation, else of the annotation, else of the task: the closest that can be told.

        ``annotation``, ``item``: which one of its list, from 1; 0: all of what surrounds it.
        """
        inner, around = _nth(self._items_of(annotation), item), _nth(self._annotations, annotation)
        start, end = inner or around or (0, len(self._raw))
        return Span(self._point(start), self._point(end))

    def annotation(self, number: int) -> bytes:
        """Give the text of an annotation, from 1; numbers that JSON does not know are zero in it."""
        around = _nth(self._annotations, number)
        return b"" if around is None else self._readable[slice(*around)]

    def item_named(self, annotation: int, name: str) -> int:
        """Which item of an annotation is the first with an id, from 1; 0: none."""
        for number, (start, end) in enumerate(self._items_of(annotation), start=1):
            item = _read(self._readable[start:end], _Item)
            if item is not None and str(item.id) == name:
                return number
        return 0

    def part(self, start: int, end: int) -> TaskText:
        """Take a task that stands in this text, from byte to byte; one behind the last that was taken costs least."""
        return TaskText(self._raw[start:end], self._point(start))

    @cached_property
    def _readable(self) -> bytes:
        """The text, or one as long that a strict parser can read."""
        try:
            msgspec.json.decode(self._raw, type=msgspec.Raw)
        except msgspec.DecodeError:
            return _STRING_OR_WORD.sub(lambda found: _NUMBERS.get(found[0], found[0]), self._raw)
        return self._raw

    @cached_property
    def _annotations(self) -> tuple[Range, ...]:
        """Where the annotations stand; a record may be one annotation with its task inside."""
        if task := _read(self._readable, _Task):
            return tuple(ranges(self._readable, task.annotations))
        return () if _read(self._readable, _Annotation) is None else ((0, len(self._readable)),)

    def _items_of(self, annotation: int) -> tuple[Range, ...]:
        if annotation not in self._items:
            self._items[annotation] = tuple(self._items_within(_nth(self._annotations, annotation)))
        return self._items[annotation]

    def _items_within(self, around: Range | None) -> Iterable[Range]:
        if around is None:
            return ()
        text = self._readable[slice(*around)]
        read = _read(text, _Annotation)
        return () if read is None else ((around[0] + a, around[0] + b) for a, b in ranges(text, read.result))

    def _point(self, byte: int) -> Point:
        """Count on from the last point asked for, or anew when it lies behind."""
        at = byte + self.start.byte
        known = self._reached if self._reached.byte <= at else self.start
        self._reached = known.after(self._raw[known.byte - self.start.byte : byte])
        return self._reached


def _nth(ranges: Sequence[Range], number: int) -> Range | None:
    return ranges[number - 1] if 0 < number <= len(ranges) else None


def _read(text: bytes, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
