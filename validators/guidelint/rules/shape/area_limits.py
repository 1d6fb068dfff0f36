"""The rule ``area-limits``."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.tool import ENCLOSING
from guidelint.geometry.spacing import Spacing
from guidelint.validation.rule.at_limit import AtLimit
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.amount import AreaMm2, AreaPx, Fraction
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import MM2, PX, SHARE, Limits, area, with_limit_itself
from guidelint.validation.rule.wording import both, either
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure

DRAW_WHOLE = "Draw the whole structure, or remove a stray mark."
CHECK_WHOLE = "Check that only the structure itself is marked."


class AreaLimits(RegionRule):
    """The area of a region lies within limits.

    ## Why
    A few pixels are usually a slip of the hand; half an image is usually the wrong tool. Either distorts every count
    and every volume that is computed later.

    ## How it is measured
    Pixels of the mask, excluded areas taken out. In mm²: times the area of a pixel from the pixel spacing. As a
    fraction of the image: over the pixels of the image. Each limit is judged in its own unit: one in pixels or as a
    fraction of the image needs no spacing, one in mm² is never guessed without.

    What measures exactly a limit is kept. With ``at_limit: departs`` it departs, as where a protocol says "from 10 mm²
    on" or "over 10 mm²". The two ends of a range are then alike; where one belongs to it and the other does not, give
    each a use of its own.

    ## Source
    Pixel Spacing (0028,0030), DICOM PS3.3 10.7.1.1.
    """

    min_mm2: Annotated[AreaMm2, Lower("area")] | None = None
    """Smallest area in mm²."""
    max_mm2: Annotated[AreaMm2, Upper("area", unmet_at=0)] | None = None
    """Largest area in mm²."""
    min_px: Annotated[AreaPx, Lower("area")] | None = None
    """Smallest area in pixels."""
    max_px: Annotated[AreaPx, Upper("area", unmet_at=0)] | None = None
    """Largest area in pixels."""
    min_image_fraction: Annotated[Fraction, Lower("area")] | None = None
    """Smallest area as a fraction of the image."""
    max_image_fraction: Annotated[Fraction, Upper("area", unmet_at=0)] | None = None
    """Largest area as a fraction of the image."""
    at_limit: AtLimit = "kept"
    """What measures exactly a limit is kept, or departs."""

    about = "size"
    tools = ENCLOSING
    says = with_limit_itself(
        {
            "too-small": Says("the area is {area}, below the limit of {limit}", DRAW_WHOLE),
            "too-large": Says("the area is {area}, above the limit of {limit}", CHECK_WHOLE),
            "too-small-px": Says("the area is {area}, below the limit of {limit}", DRAW_WHOLE),
            "too-large-px": Says("the area is {area}, above the limit of {limit}", CHECK_WHOLE),
            "too-small-in-image": Says("{area} of the image is covered, below the limit of {limit}", DRAW_WHOLE),
            "too-large-in-image": Says("{area} of the image is covered, above the limit of {limit}", CHECK_WHOLE),
        }
    )

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The area of every {names.kind} is {both(limits.asked for limits in self._limits)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"the area of any {names.kind} is {either(limits.broken for limits in self._limits)}"

    def check(self, region: Region) -> Iterator[Departure]:
        """Compare the area with each limit; mm² last, since it may be all that cannot be told."""
        for limits in self._limits:
            yield from self._compare(area(region, limits.unit), limits)

    @cached_property
    def _limits(self) -> tuple[Limits, ...]:
        """List the limits that are given."""
        every = (
            Limits(PX, self.min_px, self.max_px, self.at_limit),
            Limits(SHARE, self.min_image_fraction, self.max_image_fraction, self.at_limit),
            Limits(MM2, self.min_mm2, self.max_mm2, self.at_limit),
        )
        return tuple(limits for limits in every if limits.given)

    def _compare(self, size: float, limits: Limits) -> Iterator[Departure]:
        shown = limits.unit.shown
        for kind, broken in limits.broken_by(size, "too-small", "too-large"):
            yield self.departs(kind, area=shown(broken.size), limit=shown(broken.limit))

    cases = (
        Case("at both limits", {"min_mm2": 4.0, "max_mm2": 4.0}, "##\n##"),
        Case("one pixel short of the limit", {"min_mm2": 4.0}, "##\n#.", finds="3 mm², below the limit of 4 mm²"),
        Case("one pixel over the limit", {"max_mm2": 2.0}, "##\n#.", finds="3 mm², above the limit of 2 mm²"),
        Case("rows twice as far apart", {"min_mm2": 4.0}, "##\n..", spacing=Spacing(row_mm=2.0, column_mm=1.0)),
        Case("spacing not known", {"min_mm2": 4.0}, "##\n#.", spacing=None, cannot="pixel spacing"),
        Case("at both limits in pixels, without a spacing", {"min_px": 4, "max_px": 4}, "##\n##", spacing=None),
        Case("one pixel short", {"min_px": 4}, "##\n#.", finds="3 px, below the limit of 4 px", spacing=None),
        Case("one pixel too many", {"max_px": 2}, "##\n#.", finds="3 px, above the limit of 2 px", spacing=None),
        Case(
            "a pixel is one, whatever its size",
            {"min_px": 2, "max_px": 2},
            "##\n..",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case(
            "at both limits as a fraction of the image",
            {"min_image_fraction": 0.1, "max_image_fraction": 0.1},
            Drawn(text="###", image_shape=(5, 6)),
            spacing=None,
        ),
        Case(
            "one pixel short of a tenth of the image",
            {"min_image_fraction": 0.1},
            Drawn(text="##", image_shape=(5, 6)),
            finds="6.7 % of the image is covered, below the limit of 10 %",
            spacing=None,
        ),
        Case(
            "one pixel more than a tenth of the image",
            {"max_image_fraction": 0.1},
            Drawn(text="####", image_shape=(5, 6)),
            finds="13.3 % of the image is covered, above the limit of 10 %",
            spacing=None,
        ),
        Case(
            "too few pixels, and whether it has enough mm² cannot be told",
            {"min_px": 4, "min_mm2": 4.0},
            "##\n#.",
            finds="3 px, below the limit of 4 px",
            cannot="pixel spacing",
            spacing=None,
            why="Each limit is judged in its own unit.",
        ),
        Case(
            "at a lower limit that departs itself",
            {"min_mm2": 4.0, "at_limit": "departs"},
            "##\n##",
            finds="the area is 4 mm², not over the limit of 4 mm²",
        ),
        Case(
            "at an upper limit that departs itself",
            {"max_mm2": 4.0, "at_limit": "departs"},
            "##\n##",
            finds="the area is 4 mm², not under the limit of 4 mm²",
        ),
        Case("between limits that depart", {"min_mm2": 3.9, "max_mm2": 4.1, "at_limit": "departs"}, "##\n##"),
        Case(
            "at a lower limit in pixels that departs itself",
            {"min_px": 4, "at_limit": "departs"},
            "##\n##",
            finds="4 px, not over the limit of 4 px",
            spacing=None,
        ),
        Case(
            "at an upper limit in pixels that departs itself",
            {"max_px": 4, "at_limit": "departs"},
            "##\n##",
            finds="4 px, not under the limit of 4 px",
            spacing=None,
        ),
        Case(
            "at a lower fraction of the image that departs itself",
            {"min_image_fraction": 0.1, "at_limit": "departs"},
            Drawn(text="###", image_shape=(5, 6)),
            finds="10 % of the image is covered, not over the limit of 10 %",
            spacing=None,
        ),
        Case(
            "at an upper fraction of the image that departs itself",
            {"max_image_fraction": 0.1, "at_limit": "departs"},
            Drawn(text="###", image_shape=(5, 6)),
            finds="10 % of the image is covered, not under the limit of 10 %",
            spacing=None,
        ),
    )
