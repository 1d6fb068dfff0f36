"""Marks on an image as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import numpy as np

from guidelint.annotation.shape import Ellipse, KeyPoint, Polygon, Raster, Rectangle
from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.region import Region
    from guidelint.checking.handbook.pictures.scene import Scene, View
    from guidelint.geometry.mask import Mask

_VERTICES_SHOWN: Final = 40
_DOT: Final = 0.011
"""Radius of a vertex, as a share of the width of the picture."""
_POINT: Final = 0.035
_RING: Final = 0.06
_ROUND_LENGTHS: Final = tuple(base * 10.0**power for power in range(-3, 4) for base in (1, 2, 5))
_BAR: Final = 0.45
"""Longest bar of scale, as a share of the width."""


def svg(scene: Scene, words: str, colors: Mapping[str, str]) -> ET.Element:
    """Draw a scene. ``words``: what it shows, for those who do not see it; ``colors``: class → colour."""
    view = scene.view
    box = " ".join(map(_n, (view.left, view.top, view.width, view.height)))
    drawn = ET.Element("svg", {"viewBox": box, "role": "img", "aria-label": words, "class": "hb-drawing"})
    if scene.backdrop is not None:
        behind = scene.backdrop.view
        sides = {"x": _n(behind.left), "y": _n(behind.top), "width": _n(behind.width), "height": _n(behind.height)}
        ET.SubElement(drawn, "image", {"href": scene.backdrop.address, **sides, "preserveAspectRatio": "none"})
    for region in scene.regions:
        css = "hb-mark" if not scene.subjects or region.id in scene.subjects else "hb-mark hb-beside"
        group = ET.SubElement(drawn, "g", {"class": css, "fill": colors.get(region.class_name or "", "#999999")})
        group.extend(_marks(region, view))
    for place in scene.places:
        radius = _n(view.width * _RING)
        ET.SubElement(drawn, "circle", {"class": "hb-place", "cx": _n(place.x), "cy": _n(place.y), "r": radius})
    if scene.label:
        drawn.append(_words(scene.label, view, view.top + view.width * 0.1))
    if scene.spacing_mm is not None:
        drawn.extend(_scale(view, scene.spacing_mm))
    return drawn


def _marks(region: Region, view: View) -> Iterator[ET.Element]:
    match region.shape:
        case Polygon(points=points, closed=closed):
            path = f"M{' '.join(f'{_n(x)} {_n(y)}' for x, y in points.tolist())}{'Z' if closed else ''}"
            yield ET.Element("path", {"d": path, **({} if closed else {"class": "hb-open"})})
            if len(points) <= _VERTICES_SHOWN:
                yield from (_dot(x, y, view.width * _DOT) for x, y in points.tolist())
        case Rectangle() as box:
            sides = {"x": _n(box.x), "y": _n(box.y), "width": _n(box.width), "height": _n(box.height)}
            yield ET.Element("rect", {**sides, **_turned(box.rotation_deg, box.x, box.y)})
        case Ellipse() as oval:
            radii = {"cx": _n(oval.x), "cy": _n(oval.y), "rx": _n(oval.radius_x), "ry": _n(oval.radius_y)}
            yield ET.Element("ellipse", {**radii, **_turned(oval.rotation_deg, oval.x, oval.y)})
        case KeyPoint(x=x, y=y):
            yield _dot(x, y, view.width * _POINT)
        case Raster():
            yield from _painted(region)
        case _:
            return


def _painted(region: Region) -> Iterator[ET.Element]:
    try:
        mask = region.drawn_mask
    except NotMeasurable:
        return
    yield ET.Element("path", {"d": _runs(mask), "class": "hb-painted"})
    yield ET.Element("path", {"d": _edges(mask), "class": "hb-edge"})


def _runs(mask: Mask) -> str:
    """Fill every run of pixels."""
    columns = mask.shape[1]
    return "".join(
        f"M{start % columns} {start // columns}h{stop - start}v1h{start - stop}z"
        for start, stop in zip(mask.starts.tolist(), mask.stops.tolist(), strict=True)
    )


def _edges(mask: Mask) -> str:
    """Draw along every edge between a pixel that is painted and one that is not."""
    if mask.box is None:
        return ""
    top, left = mask.box.top, mask.box.left
    inside = np.pad(mask.crop, 1).astype(np.int8)
    along = "".join(f"M{left + x - 1} {top + y}h1" for y, x in np.argwhere(np.diff(inside, axis=0) != 0).tolist())
    down = "".join(f"M{left + x} {top + y - 1}v1" for y, x in np.argwhere(np.diff(inside, axis=1) != 0).tolist())
    return along + down


def _dot(x: float, y: float, radius: float) -> ET.Element:
    return ET.Element("circle", {"cx": _n(x), "cy": _n(y), "r": _n(radius), "class": "hb-dot"})


def _turned(degrees: float, x: float, y: float) -> dict[str, str]:
    return {"transform": f"rotate({_n(degrees)} {_n(x)} {_n(y)})"} if degrees else {}


def _scale(view: View, spacing_mm: float) -> Iterator[ET.Element]:
    """Show how long a round number of millimetres is."""
    longest_mm = view.width * spacing_mm * _BAR
    length_mm = max((one for one in _ROUND_LENGTHS if one <= longest_mm), default=_ROUND_LENGTHS[0])
    length, margin = length_mm / spacing_mm, view.width * 0.05
    left, bottom = view.left + margin, view.top + view.height - margin
    yield ET.Element("path", {"class": "hb-scale", "d": f"M{_n(left)} {_n(bottom)}h{_n(length)}"})
    yield _words(f"{length_mm:g}\N{NO-BREAK SPACE}mm", view, bottom - view.width * 0.03)


def _words(said: str, view: View, bottom: float) -> ET.Element:
    size = {"font-size": _n(view.width * 0.075), "class": "hb-length"}
    text = ET.Element("text", {"x": _n(view.left + view.width * 0.05), "y": _n(bottom), **size})
    text.text = said
    return text


def _n(value: float) -> str:
    """Write a number to a thousandth."""
    return f"{round(value, 3):.10g}"
