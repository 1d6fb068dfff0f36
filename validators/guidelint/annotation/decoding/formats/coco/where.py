"""Where the records of a COCO file stand in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_record import quickly, text_of
from guidelint.annotation.decoding.files.placed_text import PlacedText
from guidelint.annotation.decoding.files.raw_ranges import ranges
from guidelint.annotation.decoding.files.text_point import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.annotation.decoding.files.point_table import PointTable


class _Id(msgspec.Struct, gc=False):
    id: object = None


_ID = msgspec.json.Decoder(_Id)


@dataclass(slots=True)
class Where:
    """Tells the places of objects that are views into a text."""

    points: PointTable | None
    """Places of the text; None: nobody asks for them."""

    def of(self, record: msgspec.Raw, items: Sequence[msgspec.Raw] = ()) -> PlacedText | None:
        """Tell the place of an image with the annotations on it, or of another record; None: nobody asks."""
        if self.points is None:
            return None
        around, *within = (_span(self.points, *place) for place in ranges(self.points.text, (record, *items)))
        return PlacedText(around, tuple(within), tuple(map(_name, items)))


def _span(points: PointTable, start: int, end: int) -> Span:
    point = points.at(start)
    return Span(point, point.after(points.text[start:end]))


def _name(raw: msgspec.Raw) -> str:
    told = quickly(raw, _ID)
    return "" if told is None else text_of(told.id)
