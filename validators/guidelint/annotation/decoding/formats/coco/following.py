"""``bbox`` and ``area`` of an annotation, which follow from its outlines: told where they do not."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, read
from guidelint.annotation.submission import UnreadFact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import msgspec

    from guidelint.annotation.shape import Points

FARTHEST_PX = 2.0
"""So far a side may lie from that of the outline: tools round, and some count the last pixel in."""
_SHARE = 0.1
"""Areas that differ by a tenth are told; so much differs with how pixels on the outline are counted."""
_OF_BOX = 4


@dataclass(slots=True)
class Following:
    """What does not follow, of the annotations on one image: the first is told, the others are counted."""

    first: dict[str, int] = field(default_factory=dict[str, int])
    """The first annotation of each, by the name of the key."""
    times: dict[str, int] = field(default_factory=dict[str, int])

    def see(self, place: int, rings: Sequence[Points], bbox: msgspec.Raw, area: object) -> None:
        """Compare what stands beside the outlines of the annotation at a place of the file."""
        if not rings:
            return
        for key, follows in (("bbox", _is_box_of(rings, bbox)), ("area", _is_area_of(rings, area))):
            if not follows:
                self.first.setdefault(key, place)
                self.times[key] = self.times.get(key, 0) + 1

    def told(self) -> Iterator[UnreadFact]:
        """Tell what does not follow; the outline is what is judged."""
        for key, place in self.first.items():
            more = self.times[key] - 1
            others = f", nor that of {more:,} more on this image" if more else ""
            reason = f"it is not that of its outline, which is what is judged{others}"
            yield UnreadFact(f"the {key} of annotation {place + 1} of the file", reason)


def _is_box_of(rings: Sequence[Points], bbox: msgspec.Raw) -> bool:
    if bbox == ABSENT or bytes(bbox) in {b"null", b"[]"}:
        return True
    try:
        numbers = read(bbox, list[float])
    except PayloadError:
        return False
    if len(numbers) != _OF_BOX:
        return False
    x, y, width, height = numbers
    vertices = np.concatenate(rings)
    stated = np.array((x, y, x + width, y + height))
    found = np.concatenate((vertices.min(axis=0), vertices.max(axis=0)))
    return bool((np.abs(stated - found) <= FARTHEST_PX).all())


def _is_area_of(rings: Sequence[Points], area: object) -> bool:
    """Whether it may be the area: rings may be holes or lie upon each other, and pixels on them may count or not."""
    if area is None:
        return True
    if isinstance(area, bool) or not isinstance(area, int | float):
        return False
    areas = [_area(ring) for ring in rings]
    rim = sum(map(_length, rings)) / 2 + 1
    least = max(areas) - (sum(areas) - max(areas))
    return (1 - _SHARE) * least - rim <= area <= (1 + _SHARE) * sum(areas) + rim


def _area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _length(ring: Points) -> float:
    return math.fsum(np.hypot(*(np.roll(ring, -1, axis=0) - ring).T))
