"""Where slices lie along the normal of their plane, in millimetres.

Source: DICOM PS3.3, Image Plane Module (C.7.6.2.1.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.slice_place import cross, difference, direction, dot

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from guidelint.imaging.slice_place import Orientation, Point, SlicePlace

SAME_PLACE_MM = 1e-3
"""Slices nearer to each other than this lie at one place: headers round, and no scanner steps by a micrometre."""
SAME_ORIENTATION_DEGREES = 0.1
"""Slices whose rows and columns turn by less than this lie in parallel planes: headers round direction cosines."""
OFF_LINE_MM = 0.5
"""How far a position may lie from the line through all: less is rounding, more is another stack."""
_UP: Point = (0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the slices of one series lie along one direction."""

    along_mm: Mapping[str, float]
    """Slice → position; only differences mean anything."""
    normal_problem: str = ""
    """Why the direction is not known to be the normal of the slices; then steps may be longer than along the normal."""


def along_normal_mm(place: SlicePlace) -> float:
    """Tell how far from the origin of the patient's coordinates a slice lies. Raises NotMeasurable."""
    if place.position_mm is None:
        raise NotMeasurable(f"the position of the slice is not known: {place.position_problem or 'none is given'}")
    if place.orientation is None:
        reason = place.orientation_problem or "none is given"
        raise NotMeasurable(f"the orientation of the slice is not known: {reason}")
    return dot(place.position_mm, place.orientation.normal)


def positions(places: Mapping[str, SlicePlace]) -> Positions:
    """Position of every slice along the normal they share.

    Where an orientation is not known, it is the position along the line on which the slices lie: their order and the
    proportions of their steps are the same. Where only z was delivered, slices are taken as axial.
    Raises NotMeasurable when a slice has no position, when planes are not parallel, when there is no such line.
    """
    points = _points(places)
    problem = _no_normal(places)
    if points is None:
        return _by_z(places)
    if problem:
        if _at_one_place(points):
            return Positions(dict.fromkeys(points, 0.0), problem)
        line = line_through(points)
        return Positions({name: dot(point, line) for name, point in points.items()}, problem)
    normal = common_orientation(places).normal
    return Positions({name: dot(point, normal) for name, point in points.items()})


def common_orientation(places: Mapping[str, SlicePlace]) -> Orientation:
    """Orientation that all slices share. Raises NotMeasurable when one has none, or when they differ."""
    if problem := _no_normal(places):
        raise NotMeasurable(problem)
    return next(orientation for _, orientation in _orientations(places))


def line_through(points: Mapping[str, Point]) -> Point:
    """Direction of the line on which the points lie, its largest part positive.

    Raises NotMeasurable when they lie on no line, or all at one place.
    """
    start = _farthest(points[min(points)], points.values())
    end = _farthest(start, points.values())
    if hypot(*difference(end, start)) < SAME_PLACE_MM:
        raise NotMeasurable("all slices lie at one place")
    along = direction(difference(end, start))
    off_mm = max(hypot(*cross(difference(point, start), along)) for point in points.values())
    if off_mm > OFF_LINE_MM:
        raise NotMeasurable(f"the slices do not lie on one line: one is {off_mm:.1f} mm beside it")
    largest = max(along, key=abs)
    return along if largest > 0 else (-along[0], -along[1], -along[2])


def angle_degrees(one: Point, other: Point) -> float:
    """Angle between two directions, 0 to 180."""
    return degrees(atan2(hypot(*cross(one, other)), dot(one, other)))


def _at_one_place(points: Mapping[str, Point]) -> bool:
    first = next(iter(points.values()))
    return hypot(*difference(_farthest(first, points.values()), first)) < SAME_PLACE_MM


def _points(places: Mapping[str, SlicePlace]) -> dict[str, Point] | None:
    """Positions of all slices, or None where of some only z is known."""
    if not places:
        raise NotMeasurable("there are no slices")
    for name, place in sorted(places.items(), key=lambda item: item[0]):
        if place.position_mm is None and place.z_mm is None:
            reason = place.position_problem or "no position is given"
            raise NotMeasurable(f"where slice {name} lies is not known: {reason}")
    points = {name: place.position_mm for name, place in places.items() if place.position_mm is not None}
    return points if len(points) == len(places) else None


def _by_z(places: Mapping[str, SlicePlace]) -> Positions:
    for name, orientation in _orientations(places):
        if angle_degrees(orientation.normal, _UP) % 180 > SAME_ORIENTATION_DEGREES:
            raise NotMeasurable(f"only the z of the position of slice {name} is known, and the slice is not axial")
    heights = {
        name: place.z_mm if place.position_mm is None else place.position_mm[2] for name, place in places.items()
    }
    return Positions({name: z_mm for name, z_mm in heights.items() if z_mm is not None})


def _no_normal(places: Mapping[str, SlicePlace]) -> str:
    """Why the slices have no known normal in common, if so. Raises NotMeasurable when their planes are not parallel."""
    known = _orientations(places)
    for name, orientation in known[1:]:
        turned = max(
            angle_degrees(known[0][1].along_row, orientation.along_row),
            angle_degrees(known[0][1].down_column, orientation.down_column),
        )
        if turned > SAME_ORIENTATION_DEGREES:
            raise NotMeasurable(f"the orientations of slices {known[0][0]} and {name} differ by {turned:.1f}°")
    unknown = min((name for name, place in places.items() if place.orientation is None), default=None)
    if unknown is None:
        return ""
    reason = places[unknown].orientation_problem or "none is given"
    return f"the orientation of slice {unknown} is not known: {reason}"


def _orientations(places: Mapping[str, SlicePlace]) -> list[tuple[str, Orientation]]:
    known = ((name, place.orientation) for name, place in places.items())
    return sorted(((name, one) for name, one in known if one is not None), key=lambda item: item[0])


def _farthest(point: Point, others: Collection[Point]) -> Point:
    return max(others, key=lambda other: (hypot(*difference(other, point)), other))
