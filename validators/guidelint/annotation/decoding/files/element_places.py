"""Where elements of an XML file stand in its text, noted while a parser goes over it."""

from __future__ import annotations

from dataclasses import dataclass, field

from guidelint.annotation.decoding.files.placed_text import PlacedText
from guidelint.annotation.decoding.files.text_point import Point, Points, Span

_ONE_BYTE = bytes(range(128)) + b"?" * 128
"""Makes each byte count as a character, as it is one in every encoding but UTF-8 that is read."""
_IN_UTF_8 = frozenset({"utf-8", "utf8"})
_NOTED_DEPTH = 2
"""Elements and those directly in them are told."""
_EMPTY, _END = b"/>", b">"


@dataclass(slots=True)
class ElementPlaces:
    """Counts the text up to where the parser is, and holds only what lies behind."""

    points: Points = field(default_factory=Points)
    _held: bytearray = field(default_factory=bytearray)
    _let_go: int = 0
    """So many bytes are not held any more."""
    _one_byte: bool = False
    _has_content: bool = False
    _open: list[Point | None] = field(default_factory=list["Point | None"])
    """Where the open elements begin; None: nobody is told."""
    _items: list[Span] = field(default_factory=list[Span])

    @property
    def held_bytes(self) -> int:
        """How much of the text is held."""
        return len(self._held)

    def take(self, block: bytes) -> None:
        """Take in what the parser is given next."""
        self._held += block.translate(_ONE_BYTE) if self._one_byte else block

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """Learn of the encoding."""
        if encoding is not None and encoding.lower() not in _IN_UTF_8:
            self._one_byte = True
            self._held = self._held.translate(_ONE_BYTE)

    def beginning(self, byte: int) -> PlacedText:
        """Where something begins of which no more is told."""
        point = self.points.at(byte, self._held)
        return PlacedText(Span(point, point))

    def start(self, byte: int) -> None:
        """Note the tag that begins an element."""
        self._open.append(self.points.at(byte, self._held) if len(self._open) < _NOTED_DEPTH else None)
        self._has_content = False

    def content(self) -> None:
        """Note that the element that began last is not empty."""
        self._has_content = True

    def end(self, byte: int) -> PlacedText | None:
        """Note where an element ends; None: it lies in another."""
        start = self._open.pop()
        text = None if start is None else self._ended(Span(start, self._end(byte)))
        self._has_content = True
        return text

    def _ended(self, span: Span) -> PlacedText | None:
        if self._open:
            self._items.append(span)
            return None
        items, self._items = tuple(self._items), []
        return PlacedText(span, items)

    def _end(self, byte: int) -> Point:
        """Place behind the tag that begins at a byte; the parser is behind the tag of an element that has but one."""
        at = byte - self._let_go
        if self._has_content or not self._held.endswith(_EMPTY, at - len(_EMPTY), at):
            byte = self._let_go + self._held.index(_END, at) + 1
        return self.points.at(byte, self._held)

    def let_go(self, byte: int) -> None:
        """Forget what lies before a byte, which the parser will not come back to."""
        if byte > self._let_go:
            self.points.let_go(byte, self._held, None)
            del self._held[: byte - self._let_go]
            self._let_go = byte
