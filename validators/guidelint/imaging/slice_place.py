"""Where a slice lies in the patient, as its header says."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, hypot

Point = tuple[float, float, float]
"""x, y, z in the patient (DICOM's reference coordinate system): millimetres, or a direction of length 1."""
AXES_OFF_BY = 0.01
"""How far the length of a stated direction may lie from 1, and the cosine between both from 0: headers round them."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """Image Orientation (Patient) (0020,0037): two directions at right angles, each of length 1."""

    along_row: Point
    """The way the column index grows."""
    down_column: Point
    """The way the row index grows."""

    def __post_init__(self) -> None:
        """Raise ValueError when it is no orientation."""
        lengths = (hypot(*self.along_row), hypot(*self.down_column))
        if any(abs(length - 1) > AXES_OFF_BY for length in lengths):
            raise ValueError("two directions of length 1 are needed")
        if abs(dot(self.along_row, self.down_column)) > AXES_OFF_BY:
            raise ValueError("two directions at right angles are needed")

    @property
    def normal(self) -> Point:
        """Direction across the plane, of length 1: row × column."""
        return direction(cross(self.along_row, self.down_column))


@dataclass(frozen=True, slots=True)
class SlicePlace:
    """Place, orientation and extent of one slice; None: not known."""

    position_mm: Point | None = None
    """Centre of the first pixel: Image Position (Patient) (0020,0032)."""
    orientation: Orientation | None = None
    z_mm: float | None = None
    """The z of Image Position (Patient), where it was delivered alone."""
    thickness_mm: float | None = None
    """Slice Thickness (0018,0050)."""
    spacing_mm: float | None = None
    """From centre to centre of neighbouring slices, as stated: Spacing Between Slices (0018,0088)."""
    position_problem: str = ""
    """Why the position is not known, for people."""
    orientation_problem: str = ""
    """Why the orientation is not known, for people."""


def dot(one: Point, other: Point) -> float:
    """How far ``one`` goes along ``other``, when that has length 1."""
    return fsum(a * b for a, b in zip(one, other, strict=True))


def direction(vector: Point) -> Point:
    """Bring a vector to length 1."""
    length = hypot(*vector)
    return vector[0] / length, vector[1] / length, vector[2] / length


def cross(one: Point, other: Point) -> Point:
    """Vector at right angles to both."""
    (a, b, c), (d, e, f) = one, other
    return b * f - c * e, c * d - a * f, a * e - b * d


def difference(one: Point, other: Point) -> Point:
    """Way from ``other`` to ``one``."""
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]
