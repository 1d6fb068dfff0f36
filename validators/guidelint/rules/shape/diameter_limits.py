"""The rule ``diameter-limits``."""

from __future__ import annotations

from functools import cached_property
from math import isnan, nan
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.tool import ENCLOSING
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import SlicePlace
from guidelint.validation.rule.at_limit import AtLimit
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.parameters.amount import Fraction, LengthMm, LengthPx
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import (
    DIAGONAL,
    MM,
    PX,
    Broken,
    Limits,
    longest,
    short,
    surely_keeps,
    with_limit_itself,
)
from guidelint.validation.rule.wording import both, either, sentence
from guidelint.validation.scopes.object import ObjectRule, SliceMeasure, slice_measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names

LONGEST, SHORT_AXIS = "longest diameter", "short axis"
MEASURES = {LONGEST: longest, SHORT_AXIS: short}
DIAMOND = "..b..\na...c\n..d.."
TOO_SMALL = "Draw the whole structure, or choose the class that fits its size."
TOO_LARGE = "Check the outline, or choose the class that fits its size."
TWICE_THE_SLICE = {"times": 2, "of": "slice_thickness", "at_least": 4.0}


def _slice(task: str, text: str, thickness_mm: float | None = None, no_spacing: str = "") -> Handed:
    """Draw an object on one slice of a series."""
    image = ImageFacts(
        3,
        4,
        None if no_spacing else Spacing(1.0, 1.0),
        no_spacing,
        series_uid="1.2",
        place=SlicePlace(thickness_mm=thickness_mm),
    )
    return Handed(task=task, draws=Drawn(text=text, object_name="1"), image=image)


class DiameterLimits(ObjectRule):
    """The diameters of a structure lie within limits.

    ## Why
    Protocols decide by millimetres: from which size a structure is outlined, from which it is measured, from which it
    is called something else. Pictures without calibration have only their pixels to go by.

    ## How it is measured
    The longest diameter is the greatest distance between two points of the outline, the short axis the longest chord
    perpendicular to it; on a mask, from outer pixel edge to outer pixel edge. An object over several slices has the
    greatest value of all its slices. So one slice can prove that an object is too large; that it is too small is
    judged only when all its slices are known, since the end slices of a large object are small.

    A box is an outline like any other: its longest diameter is its diagonal, and a round structure of 25 mm in a box
    of 25 × 25 mm measures 35.4 mm. What lies in the box is somewhere between its longer side and that; neither is its
    diameter as protocols mean it, which is measured on the structure. Where diameters decide, draw with an ellipse or
    an outline.

    A limit in mm may be a multiple of what the image states, such as twice the slice thickness. Of an object over
    slices that differ in it, the largest counts; so no slice alone proves anything then, and the object is judged when
    all its slices are known.

    Each limit is judged in its own unit. In pixels a step along a row and a step along a column both count 1, also
    where pixels are not square, to a thousandth of a pixel; slices count each in the pixels of their own image. A
    fraction is one of the diagonal of the image in pixels, the longest diameter that there is room for. Neither needs a
    spacing, and one in mm is never guessed without.

    What measures exactly a limit is kept: 15 mm is no more than 15 mm. With ``at_limit: departs`` it departs, as where
    a protocol says "from 15 mm on" or "over 30 mm"; a millionth off is still the limit itself, as binary fractions are.
    The two ends of a range are then alike; where one belongs to it and the other does not, give each a use of its own.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026): longest diameter of lesions, short axis of
    lymph nodes, both in the plane of the image, and for what can be measured at least twice the slice thickness.
    """

    longest_min_mm: Annotated[LengthMm, Lower(LONGEST)] | None = None
    """Smallest longest diameter in mm."""
    longest_max_mm: Annotated[LengthMm, Upper(LONGEST, unmet_at=0)] | None = None
    """Largest longest diameter in mm."""
    short_axis_min_mm: Annotated[LengthMm, Lower(SHORT_AXIS, LONGEST)] | None = None
    """Smallest short axis in mm."""
    short_axis_max_mm: Annotated[LengthMm, Upper(SHORT_AXIS, LONGEST, unmet_at=0)] | None = None
    """Largest short axis in mm."""
    longest_min_px: Annotated[LengthPx, Lower(LONGEST)] | None = None
    """Smallest longest diameter in pixels."""
    longest_max_px: Annotated[LengthPx, Upper(LONGEST, unmet_at=0)] | None = None
    """Largest longest diameter in pixels."""
    short_axis_min_px: Annotated[LengthPx, Lower(SHORT_AXIS, LONGEST)] | None = None
    """Smallest short axis in pixels."""
    short_axis_max_px: Annotated[LengthPx, Upper(SHORT_AXIS, LONGEST, unmet_at=0)] | None = None
    """Largest short axis in pixels."""
    longest_min_diagonal_fraction: Annotated[Fraction, Lower(LONGEST)] | None = None
    """Smallest longest diameter as a fraction of the diagonal of the image."""
    longest_max_diagonal_fraction: Annotated[Fraction, Upper(LONGEST, unmet_at=0)] | None = None
    """Largest longest diameter as a fraction of the diagonal of the image."""
    short_axis_min_diagonal_fraction: Annotated[Fraction, Lower(SHORT_AXIS, LONGEST)] | None = None
    """Smallest short axis as a fraction of the diagonal of the image."""
    short_axis_max_diagonal_fraction: Annotated[Fraction, Upper(SHORT_AXIS, LONGEST, unmet_at=0)] | None = None
    """Largest short axis as a fraction of the diagonal of the image."""
    at_limit: AtLimit = "kept"
    """What measures exactly a limit is kept, or departs."""

    about = "size"
    tools = ENCLOSING
    says = with_limit_itself(
        {
            "too-small": Says("the {quantity} is {diameter}, below the limit of {limit}", TOO_SMALL, of_absence=True),
            "too-large": Says("the {quantity} is {diameter}, above the limit of {limit}", TOO_LARGE),
            "too-small-px": Says(
                "the {quantity} is {diameter}, below the limit of {limit}", TOO_SMALL, of_absence=True
            ),
            "too-large-px": Says("the {quantity} is {diameter}, above the limit of {limit}", TOO_LARGE),
            "too-small-in-image": Says(
                "the {quantity} is {diameter} of the image diagonal, below the limit of {limit}",
                TOO_SMALL,
                of_absence=True,
            ),
            "too-large-in-image": Says(
                "the {quantity} is {diameter} of the image diagonal, above the limit of {limit}", TOO_LARGE
            ),
        }
    )

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        of = f"of every {names.kind}{self.whole}"
        return sentence(both(f"the {which} {of} is {limits.asked}" for which, limits in self._given))

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        of = f"of any {names.kind}{self.whole}"
        return either(f"the {which} {of} is {limits.broken}" for which, limits in self._given)

    @cached_property
    def _given(self) -> tuple[tuple[str, Limits], ...]:
        return tuple(one for one in self._limits if one[1].given)

    def needs_all_slices(self) -> bool:
        """Only a lower limit does: one slice proves that an object is too large."""
        return any(limits.least is not None for _, limits in self._limits)

    def suspects(self, submission: Submission, regions: tuple[Region, ...]) -> Iterable[Region]:
        """Leave out regions whose boxes are too small to break a limit."""
        return (region for region in regions if not surely_keeps(region, (limits for _, limits in self._given)))

    def measure(self, region: Region) -> tuple[float, ...]:
        """Both diameters in each unit; nan where there is no limit, and in mm where there is no spacing."""
        return tuple(self._measured(region, quantity, limits) for quantity, limits in self._limits)

    def check_slice(self, region: Region, values: tuple[float, ...]) -> Iterator[Reply]:
        """One slice proves that its object exceeds an upper limit."""
        slices = (slice_measure(region, values),)
        yield from self._too_large(slices)
        yield from self._untold(slices)

    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Reply]:
        """Compare the greatest values of all slices with the limits."""
        yield from self._too_small(slices)
        yield from self._too_large(slices)
        yield from self._untold(slices)

    @cached_property
    def _limits(self) -> tuple[tuple[str, Limits], ...]:
        """List each quantity in each unit, in the order of the values that are measured."""
        at = self.at_limit
        return (
            (LONGEST, Limits(MM, self.longest_min_mm, self.longest_max_mm, at)),
            (SHORT_AXIS, Limits(MM, self.short_axis_min_mm, self.short_axis_max_mm, at)),
            (LONGEST, Limits(PX, self.longest_min_px, self.longest_max_px, at)),
            (SHORT_AXIS, Limits(PX, self.short_axis_min_px, self.short_axis_max_px, at)),
            (LONGEST, Limits(DIAGONAL, self.longest_min_diagonal_fraction, self.longest_max_diagonal_fraction, at)),
            (
                SHORT_AXIS,
                Limits(DIAGONAL, self.short_axis_min_diagonal_fraction, self.short_axis_max_diagonal_fraction, at),
            ),
        )

    def _measured(self, region: Region, quantity: str, limits: Limits) -> float:
        if not limits.given or (limits.unit == MM and region.spacing is None):
            return nan
        return MEASURES[quantity](region, limits.unit)

    def _largest(self, slices: tuple[SliceMeasure, ...]) -> Iterator[tuple[str, Limits, SliceMeasure, float]]:
        """Find, of every quantity that all slices tell, the slice where it is greatest."""
        for which, (quantity, limits) in enumerate(self._limits):
            if not any(isnan(one.values[which]) for one in slices):
                largest = max(slices, key=lambda one: one.values[which])
                yield quantity, limits, largest, largest.values[which]

    def _too_small(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        for quantity, limits, largest, size in self._largest(slices):
            if (broken := limits.too_small(size)) is not None:
                yield self._departs("too-small", quantity, limits, largest, broken)

    def _too_large(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        for quantity, limits, largest, size in self._largest(slices):
            if (broken := limits.too_large(size)) is not None:
                yield self._departs("too-large", quantity, limits, largest, broken)

    def _untold(self, slices: tuple[SliceMeasure, ...]) -> Iterator[CannotTell]:
        """Say where there is no spacing, if a limit is in mm."""
        unknown = tuple(one for one in slices if one.no_spacing)
        if unknown and any(limits.unit == MM and limits.given for _, limits in self._limits):
            yield CannotTell(unknown[0].no_spacing, unknown)

    def _departs(self, kind: str, quantity: str, limits: Limits, largest: SliceMeasure, broken: Broken) -> Departure:
        shown = limits.unit.shown
        return self.departs(
            f"{kind}{broken.ending}",
            largest,
            about=quantity,
            quantity=quantity,
            diameter=shown(broken.size),
            limit=shown(broken.limit),
        )

    cases = (
        Case("at the lower limit", {"longest_min_mm": 5.0}, "####\n####\n####"),
        Case(
            "below the lower limit",
            {"longest_min_mm": 5.1},
            "####\n####\n####",
            finds="the longest diameter is 5 mm, below the limit of 5.1 mm",
        ),
        Case("at the upper limit", {"longest_max_mm": 5.0}, "####\n####\n####"),
        Case(
            "above the upper limit",
            {"longest_max_mm": 4.9},
            "####\n####\n####",
            finds="the longest diameter is 5 mm, above the limit of 4.9 mm",
        ),
        Case(
            "an outline is measured from vertex to vertex",
            {"longest_max_mm": 4.9},
            Drawn(text="a...b\n.....\n.....\nd...c", as_="polygon"),
            finds="longest diameter is 5 mm",
        ),
        Case(
            "columns twice as far apart",
            {"longest_max_mm": 9.9},
            "####\n####\n####",
            finds="is 10 mm, above the limit of 9.9 mm",
            spacing=Spacing(row_mm=2.0, column_mm=2.0),
        ),
        Case(
            "rows twice as far apart",
            {"longest_max_mm": 4.9},
            "###\n###",
            finds="is 5 mm, above the limit of 4.9 mm",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case("short axis at the lower limit", {"short_axis_min_mm": 2.0}, Drawn(text=DIAMOND, as_="polygon")),
        Case(
            "short axis below the lower limit",
            {"short_axis_min_mm": 2.1},
            Drawn(text=DIAMOND, as_="polygon"),
            finds="the short axis is 2 mm, below the limit of 2.1 mm",
        ),
        Case("short axis at the upper limit", {"short_axis_max_mm": 2.0}, Drawn(text=DIAMOND, as_="polygon")),
        Case(
            "short axis above the upper limit",
            {"short_axis_max_mm": 1.9},
            Drawn(text=DIAMOND, as_="polygon"),
            finds="the short axis is 2 mm, above the limit of 1.9 mm",
        ),
        Case(
            "at a lower limit that departs itself",
            {"longest_min_mm": 5.0, "at_limit": "departs"},
            "####\n####\n####",
            finds="the longest diameter is 5 mm, not over the limit of 5 mm",
        ),
        Case(
            "at an upper limit that departs itself",
            {"longest_max_mm": 5.0, "at_limit": "departs"},
            "####\n####\n####",
            finds="the longest diameter is 5 mm, not under the limit of 5 mm",
        ),
        Case(
            "between limits that depart",
            {"longest_min_mm": 4.99, "longest_max_mm": 5.01, "at_limit": "departs"},
            "####\n####\n####",
        ),
        Case(
            "above an upper limit that departs itself",
            {"longest_max_mm": 4.9, "at_limit": "departs"},
            "####\n####\n####",
            finds="the longest diameter is 5 mm, above the limit of 4.9 mm",
        ),
        Case(
            "short of a limit by the dust of binary fractions alone",
            {"longest_max_mm": 15.0, "at_limit": "departs"},
            Drawn(text="a..b\n....\nd..c", as_="rectangle"),
            finds="the longest diameter is 15 mm, not under the limit of 15 mm",
            spacing=Spacing(row_mm=2.9999999, column_mm=2.9999999),
        ),
        Case(
            "short axis at a limit that departs itself",
            {"short_axis_min_mm": 2.0, "at_limit": "departs"},
            Drawn(text=DIAMOND, as_="polygon"),
            finds="the short axis is 2 mm, not over the limit of 2 mm",
        ),
        Case("spacing not known", {"longest_min_mm": 3.0}, "##", cannot="pixel spacing", spacing=None),
        Case(
            "the small end slice of a large object",
            {"longest_min_mm": 5.0},
            (
                Drawn(text="#...\n....\n....", object_name="1"),
                Drawn(text="####\n####\n####", object_name="1"),
            ),
            over_slices=True,
        ),
        Case(
            "small on every slice",
            {"longest_min_mm": 5.1},
            (
                Drawn(text="#...\n....\n....", object_name="1"),
                Drawn(text="####\n####\n####", object_name="1"),
            ),
            finds="the longest diameter is 5 mm, below the limit of 5.1 mm",
            over_slices=True,
            why="One finding for the object, on its largest slice.",
        ),
        Case(
            "one slice proves that an object is too large",
            {"longest_max_mm": 4.9},
            (
                Drawn(text="#...\n....\n....", object_name="1"),
                Drawn(text="####\n####\n####", object_name="1"),
            ),
            finds="is 5 mm, above the limit of 4.9 mm",
            times=2,
            over_slices=True,
            why="Once for the slice that proves it, once for the object.",
        ),
        Case(
            "two objects of one series",
            {"longest_min_mm": 5.0},
            (
                Drawn(text="##..\n....\n....", object_name="1"),
                Drawn(text="####\n####\n####", object_name="2"),
            ),
            finds="the longest diameter is 2.2 mm, below the limit of 5 mm",
            over_slices=True,
        ),
        Case(
            "an object without a name cannot be joined",
            {"longest_min_mm": 5.0},
            (Drawn(text="#...\n....\n...."), Drawn(text="####\n####\n####")),
            cannot="name the object",
            over_slices=True,
        ),
        Case(
            "an upper limit needs no name",
            {"longest_max_mm": 5.0},
            (Drawn(text="#...\n....\n...."), Drawn(text="####\n####\n####")),
            over_slices=True,
        ),
        Case(
            "every slice by itself, where the guideline says so",
            {"longest_min_mm": 5.0, "of": "region"},
            (
                Drawn(text="##..\n....\n....", object_name="1"),
                Drawn(text="####\n####\n####", object_name="1"),
            ),
            finds="the longest diameter is 2.2 mm, below the limit of 5 mm",
            over_slices=True,
        ),
        Case(
            "a slice without a spacing leaves open how large the object is",
            {"longest_min_mm": 5.0},
            (_slice("1", "###"), _slice("2", "#", no_spacing="Pixel Spacing holds 0")),
            cannot="Pixel Spacing holds 0",
        ),
        Case(
            "two slices without a spacing",
            {"longest_min_mm": 5.0},
            (_slice("1", "#", no_spacing="Pixel Spacing is missing"), _slice("2", "#", no_spacing="it holds 0")),
            cannot="Pixel Spacing is missing",
        ),
        Case(
            "as long as two slices are thick",
            {"longest_min_mm": TWICE_THE_SLICE},
            (_slice("1", "####\n####\n####", 2.5),),
        ),
        Case(
            "shorter than two slices are thick",
            {"longest_min_mm": TWICE_THE_SLICE},
            (_slice("1", "####\n####", 2.5),),
            finds="4.5 mm, below the limit of 5 mm (2 × slice thickness (0018,0050), here 2.5 mm)",
        ),
        Case(
            "slices of different thickness",
            {"longest_min_mm": TWICE_THE_SLICE},
            (_slice("1", "####\n####", 1.0), _slice("2", "##", 2.5)),
            finds="below the limit of 5 mm (2 × slice thickness (0018,0050), here up to 2.5 mm)",
            why="The thickest slice on which the object lies decides.",
        ),
        Case(
            "thickness of the slice not known",
            {"longest_min_mm": TWICE_THE_SLICE},
            (_slice("1", "####\n####"),),
            cannot="the slice thickness (0018,0050) of the image is not known; deliver it",
        ),
        Case(
            "at both limits in pixels, without a spacing",
            {"longest_min_px": 5, "longest_max_px": 5},
            "####\n####\n####",
            spacing=None,
        ),
        Case(
            "below the lower limit in pixels",
            {"longest_min_px": 5.1},
            "####\n####\n####",
            finds="the longest diameter is 5 px, below the limit of 5.1 px",
            spacing=None,
        ),
        Case(
            "above the upper limit in pixels",
            {"longest_max_px": 4.9},
            "####\n####\n####",
            finds="the longest diameter is 5 px, above the limit of 4.9 px",
            spacing=None,
        ),
        Case(
            "at a lower limit in pixels that departs itself",
            {"longest_min_px": 5, "at_limit": "departs"},
            "####\n####\n####",
            finds="5 px, not over the limit of 5 px",
            spacing=None,
        ),
        Case(
            "at an upper limit in pixels that departs itself",
            {"longest_max_px": 5, "at_limit": "departs"},
            "####\n####\n####",
            finds="5 px, not under the limit of 5 px",
            spacing=None,
        ),
        Case(
            "at a lower fraction of the diagonal that departs itself",
            {"longest_min_diagonal_fraction": 0.1, "at_limit": "departs"},
            Drawn(text="####\n####\n####", image_shape=(30, 40)),
            finds="10 % of the image diagonal, not over the limit of 10 %",
            spacing=None,
        ),
        Case(
            "at an upper fraction of the diagonal that departs itself",
            {"longest_max_diagonal_fraction": 0.1, "at_limit": "departs"},
            Drawn(text="####\n####\n####", image_shape=(30, 40)),
            finds="10 % of the image diagonal, not under the limit of 10 %",
            spacing=None,
        ),
        Case(
            "a pixel is one long and one wide, whatever its size",
            {"longest_min_px": 5, "longest_max_px": 5},
            "####\n####\n####",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case(
            "off a limit in pixels by the rounding of percent",
            {"longest_max_px": 5},
            Drawn(text="####\n####\n####", as_="rectangle", stretch=(1.0000001, 1.0000001)),
            spacing=None,
        ),
        Case(
            "short axis at both limits in pixels",
            {"short_axis_min_px": 2, "short_axis_max_px": 2},
            Drawn(text=DIAMOND, as_="polygon"),
            spacing=None,
        ),
        Case(
            "short axis below the lower limit in pixels",
            {"short_axis_min_px": 2.1},
            Drawn(text=DIAMOND, as_="polygon"),
            finds="the short axis is 2 px, below the limit of 2.1 px",
            spacing=None,
        ),
        Case(
            "at both limits as a fraction of the diagonal",
            {"longest_min_diagonal_fraction": 0.1, "longest_max_diagonal_fraction": 0.1},
            Drawn(text="####\n####\n####", image_shape=(30, 40)),
            spacing=None,
        ),
        Case(
            "below a fraction of the diagonal",
            {"longest_min_diagonal_fraction": 0.11},
            Drawn(text="####\n####\n####", image_shape=(30, 40)),
            finds="the longest diameter is 10 % of the image diagonal, below the limit of 11 %",
            spacing=None,
        ),
        Case(
            "above a fraction of the diagonal",
            {"longest_max_diagonal_fraction": 0.09},
            Drawn(text="####\n####\n####", image_shape=(30, 40)),
            finds="the longest diameter is 10 % of the image diagonal, above the limit of 9 %",
            spacing=None,
        ),
        Case(
            "short axis at one fraction of the diagonal and above another",
            {"short_axis_min_diagonal_fraction": 0.04, "short_axis_max_diagonal_fraction": 0.039},
            Drawn(text=DIAMOND, as_="polygon", image_shape=(30, 40)),
            finds="the short axis is 4 % of the image diagonal, above the limit of 3.9 %",
            spacing=None,
        ),
        Case(
            "too many pixels, and whether it is too long in mm cannot be told",
            {"longest_max_px": 4, "longest_max_mm": 4.0},
            "####\n####\n####",
            finds="is 5 px, above the limit of 4 px",
            cannot="pixel spacing",
            spacing=None,
            why="Each limit is judged in its own unit.",
        ),
        Case(
            "small in pixels on every slice",
            {"longest_min_px": 5.1, "longest_max_mm": 5.0},
            (
                Drawn(text="#...\n....\n....", object_name="1"),
                Drawn(text="####\n####\n####", object_name="1"),
            ),
            finds="the longest diameter is 5 px, below the limit of 5.1 px",
            over_slices=True,
            why="The greatest value of all slices, each in the pixels of its own image.",
        ),
        Case(
            "an object whose spacing is not known",
            {"longest_min_px": 5.1, "longest_min_mm": 5.0},
            (
                Drawn(text="#...\n....\n....", object_name="1"),
                Drawn(text="####\n####\n####", object_name="1"),
            ),
            finds="the longest diameter is 5 px, below the limit of 5.1 px",
            cannot="pixel spacing",
            spacing=None,
            over_slices=True,
        ),
    )
