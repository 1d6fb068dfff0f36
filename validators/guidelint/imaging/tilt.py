"""How far slices are sheared: the angle between the normal of their plane and the way from slice to slice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.position import SAME_PLACE_MM, angle_degrees, common_orientation, line_through, positions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.imaging.slice_place import SlicePlace

TILTED_FROM_DEGREES = 0.5
"""From this angle on a series is tilted: gantries are set to whole or half degrees, and headers round positions."""


def tilt_degrees(places: Mapping[str, SlicePlace]) -> float:
    """Angle, 0 to 90, such as that of a tilted gantry (Gantry/Detector Tilt (0018,1120)).

    Raises NotMeasurable when positions or orientations are not known, orientations differ, the slices lie on no line,
    or all at one place.
    """
    normal = common_orientation(places).normal
    along = positions(places).along_mm.values()
    points = {name: place.position_mm for name, place in places.items() if place.position_mm is not None}
    if len(points) < len(places):
        raise NotMeasurable("only the z of the positions is known")
    if max(along) - min(along) < SAME_PLACE_MM:
        raise NotMeasurable("all slices lie at one place")
    angle = angle_degrees(line_through(points), normal)
    return min(angle, 180 - angle)


def is_tilted(places: Mapping[str, SlicePlace]) -> bool:
    """Tell whether slices are sheared by more than rounding. Raises NotMeasurable like ``tilt_degrees``."""
    return tilt_degrees(places) >= TILTED_FROM_DEGREES
