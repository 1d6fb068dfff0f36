"""Where images lie in the patient, so that points in millimetres have a place on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.task_data import TaskImage

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from guidelint.annotation.decoding.decoder import Opened
    from guidelint.annotation.shape import Points
    from guidelint.imaging.facts import ImageFacts

OFF_PLANE_MM: Final = 0.5
"""How far a point may lie off the plane of its image: programs round positions, and no slice is thinner."""
_REMEDY: Final = "Give the headers of the images: --facts FOLDER"
_CENTRE_PX: Final = 0.5
"""Image Position (Patient) is the centre of the first pixel, and (0, 0) its outer corner."""


@dataclass(frozen=True, slots=True)
class Plane:
    """One image in the patient."""

    position_mm: npt.NDArray[np.float64]
    along_row: npt.NDArray[np.float64]
    down_column: npt.NDArray[np.float64]
    normal: npt.NDArray[np.float64]
    row_mm: float
    column_mm: float
    shape: tuple[int, int]
    """Rows, columns."""

    def off_mm(self, points_mm: npt.NDArray[np.float64]) -> float:
        """Tell how far the farthest of some points (n, 3) lies off the plane."""
        return float(np.abs((points_mm - self.position_mm) @ self.normal).max(initial=0.0))

    def places(self, points_mm: npt.NDArray[np.float64]) -> Points:
        """Give the pixels (n, 2) as x, y of points (n, 3) in the patient."""
        way = points_mm - self.position_mm
        across, down = way @ self.along_row / self.column_mm, way @ self.down_column / self.row_mm
        found: Points = np.stack([across, down], axis=1) + _CENTRE_PX
        return found


@dataclass(slots=True)
class Planes:
    """The planes of images, each found once."""

    opened: Opened
    _found: dict[str, Plane | str] = field(default_factory=dict[str, Plane | str])

    def of(self, name: str, data: Mapping[str, object]) -> Plane:
        """Find the plane of an image. Raises PayloadError where it is not known."""
        if name not in self._found:
            facts = TaskImage(data, self.opened.vocabulary.image, self.opened.given).facts((0, 0))
            self._found[name] = _plane(facts)
        found = self._found[name]
        if isinstance(found, str):
            raise PayloadError(found)
        return found


def _plane(facts: ImageFacts) -> Plane | str:
    """Give the plane, or why it is not known."""
    place, spacing = facts.place, facts.spacing
    if place.position_mm is None:
        return _not_known(f"its position is not known: {place.position_problem}")
    if place.orientation is None:
        return _not_known(f"its orientation is not known: {place.orientation_problem}")
    if spacing is None:
        return _not_known(facts.spacing_problem)
    if facts.rows is None or facts.columns is None:
        lacking = "rows" if facts.rows is None else "columns"
        return _not_known(f"its size is not known: {facts.unknown.get(lacking) or facts.contradicted.get(lacking, '')}")
    along, down = np.array(place.orientation.along_row), np.array(place.orientation.down_column)
    normal = np.array(place.orientation.normal)
    size = (facts.rows, facts.columns)
    return Plane(np.array(place.position_mm), along, down, normal, spacing.row_mm, spacing.column_mm, size)


def _not_known(why: str) -> str:
    return (
        f"its contours stand in millimetres of the patient, and where the image lies cannot be told: {why}. {_REMEDY}"
    )
