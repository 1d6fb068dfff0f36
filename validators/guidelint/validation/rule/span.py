"""How wide and how high regions are together, along the rows and the columns of their image."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Literal

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.size import DECIMALS_PX, MM, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.annotation.region import Region

Axis = Literal["width", "height"]


def span(regions: Sequence[Region], axis: Axis, unit: Unit) -> float:
    """Distance between the outermost edges of regions of one image, of which there is at least one; in mm or pixels.

    Raises NotMeasurable when one has no extent, when they lie on several images, and for mm when there is no spacing.
    """
    if len({region.image_index for region in regions}) > 1:
        raise NotMeasurable(f"a {axis} is one of an image, and its regions lie on several")
    first = 0 if axis == "width" else 1
    length_px = max(region.extent[first + 2] for region in regions) - min(region.extent[first] for region in regions)
    if not isfinite(length_px):
        raise NotMeasurable("it has no extent")
    if unit != MM:
        return round(length_px, DECIMALS_PX)
    spacing = regions[0].known_spacing
    return length_px * (spacing.column_mm if axis == "width" else spacing.row_mm)
