"""Where an export may be parted, so that several can read it: foreseen from quotation marks and braces alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.part import Begin, Part, PartBlocks
from guidelint.labelstudio.exports.split import Before
from guidelint.labelstudio.exports.structure import Structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.files.text_point import Point

MOST_PARTS = 32
"""A record that is so many parts long is not looked through to its end: whoever reads it tells what follows."""
_EDGES = 2
"""An object opens and closes."""


def parts(path: Path, begin: Begin[Before], size: int, *, places: bool) -> Iterator[Part[Before]]:
    """Foresee parts of about so many bytes, which end behind the last record of a block."""
    foresight = _Foresight(begin, places=places)
    for block in PartBlocks(path, begin.byte):
        closes = foresight.look(block)
        long = foresight.at - foresight.begin.byte
        if closes and long >= size:
            end = foresight.next_begin()
            yield Part(foresight.begin, foresight.at, foreseen=end)
            foresight.go_on(end)
        elif long >= MOST_PARTS * size:
            yield Part(foresight.begin, foresight.at)
            return
    yield Part(foresight.begin)


@dataclass(slots=True)
class _Foresight:
    begin: Begin[Before]
    places: bool
    at: int = field(init=False)
    records: int = 0
    """How many closed since the part began."""
    _structure: Structure = field(default_factory=Structure)
    _open: bool = False
    _closed: int = 0
    _point: Point = field(init=False)
    _first: bytes = field(init=False)
    _since: bytearray = field(default_factory=bytearray)
    """The text since the last object closed, where places are asked for."""

    def __post_init__(self) -> None:
        self.at, self._point, self._first = self.begin.byte, self.begin.point, self.begin.before.first

    def look(self, block: bytes) -> bool:
        """Look at the next block; tells whether an object closes in it."""
        self._first = self._first or block.lstrip(b" \t\r\n")[:1]
        edges = self._structure.edges(block)
        closing: Sequence[int] = edges[0 if self._open else 1 :: _EDGES]
        if closing:
            self._closed = self.at + closing[-1] + 1
            self.records += len(closing)
        self._open = bool((len(edges) + self._open) % _EDGES)
        if self.places:
            self._count(block, closing[-1] + 1 if closing else 0)
        self.at += len(block)
        return bool(closing)

    def _count(self, block: bytes, closed: int) -> None:
        if closed:
            self._point = self._point.after(bytes(self._since)).after(block[:closed])
            self._since.clear()
        self._since += block[closed:]

    def next_begin(self) -> Begin[Before]:
        """Tell where the next part begins; between two objects of a list stands a comma."""
        before = self.begin.before
        told = self.begin.records + self.records
        last = b"," if self._first == b"[" and told > 1 else b"[" if self._first == b"[" else before.last
        return Begin(Before(self._first, last, before.told), self._closed, told, self._point)

    def go_on(self, begin: Begin[Before]) -> None:
        """Begin the next part; the block that was looked at last may hold some of it."""
        self.begin, self.records = begin, 0
