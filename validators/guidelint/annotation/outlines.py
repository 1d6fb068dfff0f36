"""The outlines of one submission, looked at together: rules ask each other region, and leave these out."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from guidelint.annotation.shape import Polygon
from guidelint.geometry.measures.many_outlines import ManyOutlines
from guidelint.geometry.once import once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guidelint.annotation.region import Region
    from guidelint.geometry.measures.many_outlines import Each

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

    @once
    def _together(self) -> ManyOutlines:
        return ManyOutlines(tuple(self._drawn.values()))

    @once
    def apart(self) -> frozenset[Region]:
        """Those whose vertices all stand in places of their own."""
        return self._those(ManyOutlines.apart)

    @once
    def sound(self) -> frozenset[Region]:
        """Those that besides enclose an area."""
        return self.apart & self._those(ManyOutlines.enclosing) if self.apart else self.apart

    @once
    def simple(self) -> frozenset[Region]:
        """Those whose vertices stand apart, and that neither cross nor touch themselves."""
        return self._those(ManyOutlines.simple)

    def _those(self, told: Callable[[ManyOutlines], Each]) -> frozenset[Region]:
        return frozenset(compress(self._drawn, told(self._together).tolist())) if self._drawn else frozenset()
