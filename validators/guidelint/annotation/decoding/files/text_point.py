"""Places in a text: line, column and character, told from bytes in UTF-8 without decoding them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_NEWLINE = b"\n"
_LAST_CONTINUATION = -65
"""A byte that goes on with a character of UTF-8 is 0x80 to 0xBF, which is -128 to -65 with a sign (RFC 3629)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place between two characters; a byte order mark is no character."""

    byte: int = 0
    """From 0."""
    character: int = 0
    """Code points before it."""
    line: int = 1
    column: int = 1
    """Code points since the line began, from 1."""

    def after(self, text: bytes) -> Point:
        """Go on over some text."""
        lines = text.count(_NEWLINE)
        characters = count_characters(text)
        before = 0 if lines else self.column - 1
        column = before + count_characters(text[text.rfind(_NEWLINE) + 1 :]) + 1
        return Point(self.byte + len(text), self.character + characters, self.line + lines, column)


_BEGIN = Point()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text."""

    start: Point
    end: Point
    """Behind its last character."""


class Points:
    """Places in a stream by their byte, asked for in rising order; what is let go was counted before."""

    def __init__(self, begin: Point = _BEGIN) -> None:
        self._base = self._told = begin

    def at(self, byte: int, held: bytearray) -> Point:
        """Place of a byte that is held, or of the last that was asked for."""
        if byte != self._told.byte:
            self._told = self._count(byte, held)
        return self._told

    def let_go(self, keep_from: int, held: bytearray, opened: int | None) -> None:
        """Count the bytes up to ``keep_from``; the beginning of an open object is asked for later."""
        if opened is not None:
            self.at(opened, held)
        self._base = self._count(keep_from, held)

    def _count(self, byte: int, held: bytearray) -> Point:
        known = self._told if self._base.byte <= self._told.byte <= byte else self._base
        start, end = known.byte - self._base.byte, byte - self._base.byte
        return known.after(bytes(memoryview(held)[start:end]))


def count_characters(text: bytes) -> int:
    """Code points of a text in UTF-8; two parts of one text, wherever it is cut, have together as many as the whole."""
    if text.isascii():
        return len(text)
    return int(np.count_nonzero(np.frombuffer(text, np.int8) > _LAST_CONTINUATION))
