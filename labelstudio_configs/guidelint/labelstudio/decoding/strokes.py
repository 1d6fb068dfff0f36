"""Numbers of painted strokes, read out of the text of a record before the rest of it is parsed.

They are most of an export, by far, and a parser of JSON looks at them digit by digit only to pass them over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.labelstudio.decoding.shapes import Geometry

_KEY = re.compile(rb'(?<!\\)"rle"[ \t\r\n]*:')
"""A quotation mark behind a backslash begins no key; any other before a name does, in whatever is JSON."""
_NAME = b'"rle"'
_BLANKS = re.compile(rb"[ \t\r\n]*")
_A_LETTER_ESCAPED = re.compile(rb"\\u00(?:72|6[cC]|65)")
"""An ``r``, ``l`` or ``e``, so that a key may read otherwise than it looks."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One list of numbers."""

    text: memoryview
    """As it stands in the record."""
    numbers: bytes


@dataclass(frozen=True, slots=True)
class Lean:
    """A record in which a number stands for each stroke: which of all it is."""

    text: bytes
    strokes: tuple[Stroke, ...]

    def put_back(self, shapes: Iterable[Geometry], unread: Iterable[msgspec.Raw]) -> bool:
        """Give every shape its stroke; False where a stroke stands anywhere else but in shapes and unread parts."""
        left = len(self.strokes) - sum(len(_KEY.findall(part)) for part in unread)
        for shape in shapes:
            if shape.rle:
                stroke = self.strokes[int(bytes(shape.rle))]
                shape.rle, shape.stroke = msgspec.Raw(stroke.text), stroke.numbers
                left -= 1
        return left == 0


def lean(raw: bytes) -> Lean | None:
    """Read the strokes of a record; None where there are none, or any that is no list of bytes."""
    pieces: list[bytes | memoryview] = []
    strokes: list[Stroke] = []
    view, done = memoryview(raw), 0
    while (key := _next_key(raw, done)) is not None:
        begin = _behind_blanks(raw, key)
        end = raw.find(b"]", begin) + 1
        numbers = _numbers(raw, begin, end)
        if numbers is None:
            return None
        pieces += view[done:begin], b"%d" % len(strokes)
        strokes.append(Stroke(view[begin:end], numbers))
        done = end
    text = b"".join((*pieces, view[done:])) if strokes else b""
    return None if not strokes or _A_LETTER_ESCAPED.search(text) else Lean(text, tuple(strokes))


def _numbers(raw: bytes, begin: int, end: int) -> bytes | None:
    from guidelint.geometry.codecs import rle_pack  # noqa: PLC0415 - only painted masks need it

    return rle_pack.plain_bytes(raw, begin, end) if begin < end <= begin + rle_pack.MAX_TEXT_BYTES else None


def _next_key(raw: bytes, start: int) -> int | None:
    """Find where the next key ends, which is quicker than a pattern that looks for it."""
    at = raw.find(_NAME, start)
    while at >= 0:
        if found := _KEY.match(raw, at):
            return found.end()
        at = raw.find(_NAME, at + 1)
    return None


def _behind_blanks(raw: bytes, at: int) -> int:
    found = _BLANKS.match(raw, at)
    return found.end() if found else at
