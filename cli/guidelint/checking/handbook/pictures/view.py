"""Which part of an image is in sight: what is marked, and room around it."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Final

from guidelint.checking.handbook.pictures.scene import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.region import Region
    from guidelint.checking.handbook.pictures.scene import Scene

_ROOM: Final = 1.5
"""So many times as wide and high as what is marked."""
_LEAST_PX: Final = 6.0
_HEIGHT: Final = 0.75
"""Of a picture, as a share of its width."""


def view_of(regions: Iterable[Region]) -> View:
    """Show what is marked, with room around it."""
    boxes = [box for box in (region.extent for region in regions) if all(map(isfinite, box))]
    if not boxes:
        return View(0, 0, _LEAST_PX, _LEAST_PX * _HEIGHT)
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    width = max((right - left) * _ROOM, (bottom - top) * _ROOM / _HEIGHT, _LEAST_PX)
    return _around((left + right) / 2, (top + bottom) / 2, width)


def at_one_scale(scenes: Iterable[Scene]) -> list[Scene]:
    """Show scenes whose sizes matter so that a millimetre is as long in each, and others as large as they are."""
    shown = [replace(scene, view=view_of(scene.regions)) for scene in scenes]
    sides_mm = [scene.view.width * scene.spacing_mm for scene in shown if scene.spacing_mm is not None]
    return [
        scene
        if scene.spacing_mm is None
        else replace(scene, view=_widened(scene.view, max(sides_mm) / scene.spacing_mm))
        for scene in shown
    ]


def _widened(view: View, width: float) -> View:
    return _around(view.left + view.width / 2, view.top + view.height / 2, width)


def _around(x: float, y: float, width: float) -> View:
    return View(x - width / 2, y - width * _HEIGHT / 2, width, width * _HEIGHT)
