"""The outlines of one submission, looked at together: rules ask each other region, and leave these out."""

from __future__ import annotations

from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

from guidelint.annotation.shape import Polygon
from guidelint.geometry.measures.many_outlines import ManyOutlines, simple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.region import Region
    from guidelint.annotation.shape import Points

LEAST = 3
"""Vertices of an outline that encloses anything."""


class Outlines:
    """Closed outlines of a submission of which something is surely so."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._drawn = {
            region: region.shape.points
            for region in regions
            if isinstance(region.shape, Polygon) and not region.shape.is_line and len(region.shape.points) >= LEAST
        }

    @cached_property
    def _together(self) -> ManyOutlines:
        return ManyOutlines(tuple(self._drawn.values()))

    @cached_property
    def apart(self) -> frozenset[Region]:
        """Those whose vertices all stand in places of their own."""
        return frozenset(compress(self._drawn, self._together.apart().tolist())) if self._drawn else frozenset()

    @cached_property
    def sound(self) -> frozenset[Region]:
        """Those that besides enclose an area."""
        if not self.apart:
            return frozenset()
        return self.apart.intersection(compress(self._drawn, self._together.enclosing().tolist()))

    @cached_property
    def simple(self) -> frozenset[Region]:
        """Those that besides neither cross nor touch themselves."""
        apart = {region: points for region, points in self._drawn.items() if region in self.apart}
        return frozenset(_simple(apart)) if apart else frozenset()


def _simple(drawn: dict[Region, Points]) -> Iterable[Region]:
    return compress(drawn, simple(tuple(drawn.values())).tolist())
