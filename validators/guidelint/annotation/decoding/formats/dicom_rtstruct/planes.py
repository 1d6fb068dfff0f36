"""Where images lie in the patient, so that points in millimetres have a place on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.plane import Plane
from guidelint.annotation.decoding.parts.task_data import TaskImage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.decoding.decoder import Opened
    from guidelint.imaging.facts import ImageFacts

OFF_PLANE_MM: Final = 0.5
"""How far a point may lie off the plane of its image: programs round positions, and no slice is thinner."""
_REMEDY: Final = "Give the headers of the images: --facts FOLDER"


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
