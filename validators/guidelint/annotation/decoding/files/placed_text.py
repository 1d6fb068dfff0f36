"""Where a record stands in the text of its file, and what lies in it, told once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.annotation.decoding.files.text_point import Point, Span


@dataclass(frozen=True, slots=True)
class PlacedText:
    """The places of a record that holds one annotation."""

    around: Span
    """Place of the record."""
    items: tuple[Span, ...] = ()
    """Places of what its annotation consists of."""
    names: tuple[str, ...] = ()
    """Their ids, where they have any."""

    @property
    def start(self) -> Point:
        """Where it begins in its file."""
        return self.around.start

    def span(self, annotation: int = 0, item: int = 0) -> Span:
        """Place of an item of the annotation, else of the record; both counted from 1."""
        return self.items[item - 1] if annotation and 0 < item <= len(self.items) else self.around

    def item_named(self, annotation: int, name: str) -> int:
        """Which item is the first with an id, from 1; 0: none."""
        return self.names.index(name) + 1 if annotation and name in self.names else 0
