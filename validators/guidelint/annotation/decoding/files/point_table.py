"""Places in a text that is held as a whole, asked for in any order."""

from __future__ import annotations

from dataclasses import dataclass, field

from guidelint.annotation.decoding.files.text_point import Point

_STEP_BYTES = 2**14
"""So far apart lie the places from which others are counted."""


@dataclass(slots=True)
class PointTable:
    """Counts each part of the text once, and from there only a little."""

    text: bytes
    _known: list[Point] = field(default_factory=lambda: [Point()])

    def at(self, byte: int) -> Point:
        """Place of a byte."""
        number = byte // _STEP_BYTES
        while len(self._known) <= number:
            last = self._known[-1]
            self._known.append(last.after(self.text[last.byte : last.byte + _STEP_BYTES]))
        near = self._known[number]
        return near.after(self.text[near.byte : byte])
