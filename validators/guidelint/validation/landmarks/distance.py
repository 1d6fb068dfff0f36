"""How far a region lies from a landmark, in every unit that a distance may be limited in."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Final, Literal

from guidelint.annotation.places import centre_of, pixel_at, pixels_of
from guidelint.geometry.measures.border_distance import minimal_distance_mm
from guidelint.geometry.memo import memo
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.landmarks.landmark import landmark
from guidelint.validation.rule.size import DECIMALS_PX, MM, ONE_PX, PX, Unit, longest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing

FromWhere = Literal["edges", "edge-to-centre", "centres"]
"""edges: from the nearest pixel of the region to the nearest of the landmark. edge-to-centre: from the nearest pixel of
the region to the centre of the landmark. centres: from centre to centre."""
DIAMETERS: Final = Unit("×", "-diameters")
"""Multiples of the longest diameter of a region of another class."""
FROM_WHERE: Final[Mapping[FromWhere, str]] = {
    "edges": "from edge to edge",
    "edge-to-centre": "from edge to centre",
    "centres": "from centre to centre",
}


@dataclass(frozen=True, slots=True)
class Distances:
    """Measures distances to the landmarks of one submission."""

    submission: Submission
    titles: Mapping[str, str]
    """Class → title."""

    def to(self, class_name: str, region: Region, from_where: FromWhere, unit: Unit, diameter_of: str = "") -> float:
        """Distance of a region to the landmark of a class on its image.

        In mm, in pixels, as a fraction of the diagonal of the image, or as a multiple of the longest diameter of the
        region of ``diameter_of``. Raises NotMeasurable unless there is exactly one of each, where a shape has no
        pixels, and for mm where there is no spacing.
        """
        mark = landmark(self.submission, region.image_index, class_name, self.titles)
        if unit == MM:
            return _apart(region, mark, from_where, region.known_spacing)
        if unit == DIAMETERS:
            return self._in_diameters(region, mark, from_where, diameter_of)
        apart_px = round(_apart(region, mark, from_where, ONE_PX), DECIMALS_PX)
        return apart_px if unit == PX else apart_px / hypot(*region.image_shape)

    def _in_diameters(self, region: Region, mark: Region, from_where: FromWhere, diameter_of: str) -> float:
        """Take both lengths in mm, or in pixels where the spacing is not known: pixels of photographs are square."""
        measured_by = landmark(self.submission, region.image_index, diameter_of, self.titles)
        unit, spacing = (PX, ONE_PX) if region.spacing is None else (MM, region.spacing)
        diameter = longest(measured_by, unit)
        if not diameter:
            raise NotMeasurable(f"{self.titles.get(diameter_of, diameter_of)} has no diameter")
        return _apart(region, mark, from_where, spacing) / diameter


def _apart(region: Region, mark: Region, from_where: FromWhere, spacing: Spacing) -> float:
    if from_where == "centres":
        (x, y), (other_x, other_y) = centre_of(region), centre_of(mark)
        return hypot((x - other_x) * spacing.column_mm, (y - other_y) * spacing.row_mm)
    pixels, others = pixels_of(region), pixels_of(mark)
    if pixels.box is None or others.box is None:
        raise NotMeasurable("it has no pixels")
    if from_where == "edge-to-centre":
        return _nearest(pixels, pixel_at(centre_of(mark), mark.image_shape), spacing)
    return _nearest(pixels, others, spacing)


def _nearest(pixels: Mask, others: Mask, spacing: Spacing) -> float:
    return memo.ask(minimal_distance_mm, pixels, others, by=(spacing,))
