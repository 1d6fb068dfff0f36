"""Outlines that together bound one region: what an odd number of them encloses belongs to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.decoding.parts.drawn import MAX_ROWS, rows_of
from guidelint.annotation.decoding.parts.pixel_shapes import malformed
from guidelint.annotation.shape import Malformed, Polygon, Raster
from guidelint.geometry.parity import in_odd_number
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.union import united

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.annotation.shape import Points, Shape
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.raster import Boundary

Vertex = tuple[float, ...]
MOST_VERTICES = 20_000
"""An outline of more vertices is not looked through for channels."""
MOST_RINGS = 1_000
"""Most contours of one region on one image."""
_FEWEST = 3
"""Vertices of a ring that encloses something."""


def region_within(outlines: Sequence[Shape], image_shape: tuple[int, int], boundary: Boundary) -> Shape:
    """Take outlines for one region: a single ring is an outline, several are judged as a painted mask."""
    broken = next((one for one in outlines if isinstance(one, Malformed)), None)
    if broken is not None:
        return broken
    rings = [ring for one in outlines if isinstance(one, Polygon) for ring in without_channels(one.points)]
    if len(rings) == 1:
        return Polygon(rings[0])
    if len(rings) > MOST_RINGS:
        reason = f"it has {len(rings):,} contours on this image; more than {MOST_RINGS:,} are not measured"
        return malformed("brush", reason, image_shape)
    if _repeated(rings):
        return malformed("brush", "two of its contours are the same, which together enclose nothing", image_shape)
    rows = sum(min(rows_of(Polygon(ring), image_shape[0]), image_shape[0]) for ring in rings)
    if rows > MAX_ROWS:
        crossed = f"its {len(rings):,} contours cross up to {rows:,} rows of pixels"
        return malformed("brush", f"{crossed}; more than {MAX_ROWS:,} are not measured", image_shape)
    return Raster(partial(_enclosed, rings, image_shape, boundary), "brush")


def without_channels(points: Points) -> list[Points]:
    """Part an outline whose holes are joined to it by channels, on which it runs there and back (keyhole).

    ``points`` (n, 2). What is no outline around holes stays as it is, such as one that has spikes or crosses itself.
    """
    if len(points) > MOST_VERTICES:
        return [points]
    rings = [_ring(points, numbers) for numbers in _parted([tuple(vertex) for vertex in points.tolist()])]
    return rings if len(rings) > 1 and _are_holes(rings) else [points]


def _parted(vertices: list[Vertex]) -> list[list[int]]:
    """Give the rings that are left when every way back along an earlier edge is cut off, by numbers of vertices."""
    rings: list[list[int]] = []
    way: list[int] = []
    edges: dict[tuple[Vertex, Vertex], int] = {}
    for number, vertex in enumerate([*vertices, *vertices[:1]]):
        at = edges.get((vertex, vertices[way[-1]])) if way else None
        if at is None:
            if way:
                edges[vertices[way[-1]], vertex] = len(way) - 1
            way.append(number % len(vertices))
            continue
        rings.append(way[at + 1 :])
        for one in range(at, len(way) - 1):
            edges.pop((vertices[way[one]], vertices[way[one + 1]]), None)
        del way[at + 1 :]
    return [*rings, way]


def _ring(points: Points, numbers: list[int]) -> Points:
    ring: Points = points[numbers]
    repeated = len(ring) > 1 and bool((ring[0] == ring[-1]).all())
    return ring[:-1] if repeated else ring


def _are_holes(rings: Sequence[Points]) -> bool:
    """Whether all are simple, and the largest holds the others."""
    import shapely  # noqa: PLC0415 - for outlines that run back along themselves

    if min(map(len, rings)) < _FEWEST:
        return False
    shapes = np.array([shapely.Polygon(ring) for ring in rings])
    outer = int(np.argmax(shapely.area(shapes)))
    return bool(shapely.is_valid(shapes).all() and shapely.covers(shapes[outer], shapes).all())


def _repeated(rings: Sequence[Points]) -> bool:
    """Whether two have the same vertices, wherever each begins."""
    known = {(len(ring), ring[np.lexsort(ring.T)].tobytes()) for ring in rings}
    return len(known) < len(rings)


def _enclosed(rings: Sequence[Points], image_shape: tuple[int, int], boundary: Boundary) -> Mask:
    """Pixels within an odd number of rings; those on any of them belong to it, or do not."""
    within = [polygon_mask(ring, image_shape, "outside") for ring in rings]
    closed = [polygon_mask(ring, image_shape, "inside") for ring in rings]
    rims = united([outer - inner for outer, inner in zip(closed, within, strict=True)])
    odd = in_odd_number(within)
    return odd | rims if boundary == "inside" else odd - rims
