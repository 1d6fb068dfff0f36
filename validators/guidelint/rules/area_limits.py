"""The rule ``area-limits``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.geometry.spacing import Spacing
from guidelint.validation.case import Case
from guidelint.validation.finding import Quantity, Says
from guidelint.validation.rule import ENCLOSING, Departure, RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region


class AreaLimits(RegionRule):
    """The area of a region lies within limits.

    ## Why
    A few pixels are usually a slip of the hand; half an image is usually the wrong tool. Either distorts every count
    and every volume that is computed later.

    ## How it is measured
    Pixels of the mask times the area of a pixel from the pixel spacing, excluded areas taken out.

    ## Source
    Pixel Spacing (0028,0030), DICOM PS3.3 10.7.1.1.
    """

    min_mm2: float | None = None
    """Smallest area in mm²."""
    max_mm2: float | None = None
    """Largest area in mm²."""

    tools = ENCLOSING
    says = {
        "too-small": Says("the area of {area} is below {limit}", "Draw the whole structure, or remove a stray mark."),
        "too-large": Says("the area of {area} is above {limit}", "Check that only the structure itself is marked."),
    }
    cases = (
        Case("at both limits", {"min_mm2": 4.0, "max_mm2": 4.0}, "##\n##"),
        Case("one pixel short of the limit", {"min_mm2": 4.0}, "##\n#.", finds="3.0 mm² is below 4.0 mm²"),
        Case("one pixel over the limit", {"max_mm2": 2.0}, "##\n#.", finds="3.0 mm² is above 2.0 mm²"),
        Case("rows twice as far apart", {"min_mm2": 4.0}, "##\n..", spacing=Spacing(row_mm=2.0, column_mm=1.0)),
        Case("spacing not known", {"min_mm2": 4.0}, "##\n#.", spacing=None, cannot="pixel spacing"),
    )

    def check(self, region: Region) -> Iterator[Departure]:
        """Compare the area with both limits."""
        area = region.mask.area_px * region.known_spacing.pixel_mm2
        if self.min_mm2 is not None and area < self.min_mm2:
            yield self.departs("too-small", area=Quantity(area, "mm²"), limit=Quantity(self.min_mm2, "mm²"))
        if self.max_mm2 is not None and area > self.max_mm2:
            yield self.departs("too-large", area=Quantity(area, "mm²"), limit=Quantity(self.max_mm2, "mm²"))
