"""The rule ``diameter-limits``."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from guidelint.geometry.spacing import Spacing
from guidelint.validation.case import Case, Drawn
from guidelint.validation.finding import Quantity, Says
from guidelint.validation.rule import ENCLOSING, Departure, ObjectRule, SliceMeasure, slice_measure
from guidelint.validation.size import longest_mm, short_axis_mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region

LONGEST, SHORT_AXIS = 0, 1
DIAMOND = "..b..\na...c\n..d.."
NAMES = {LONGEST: "longest diameter", SHORT_AXIS: "short axis"}


class DiameterLimits(ObjectRule):
    """The diameters of a structure lie within limits.

    ## Why
    Protocols decide by millimetres: from which size a structure is outlined, from which it is measured, from which it
    is called something else.

    ## How it is measured
    The longest diameter is the greatest distance between two points of the outline, the short axis the longest chord
    perpendicular to it; on a mask, from outer pixel edge to outer pixel edge. An object over several slices has the
    greatest value of all its slices. So one slice can prove that an object is too large; that it is too small is
    judged only when all its slices are known, since the end slices of a large object are small.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026): longest diameter of lesions, short axis of
    lymph nodes, both in the plane of the image.
    """

    longest_min_mm: float | None = None
    """Smallest longest diameter in mm."""
    longest_max_mm: float | None = None
    """Largest longest diameter in mm."""
    short_axis_min_mm: float | None = None
    """Smallest short axis in mm."""
    short_axis_max_mm: float | None = None
    """Largest short axis in mm."""

    tools = ENCLOSING
    says = {
        "too-small": Says(
            "the {quantity} of {diameter} is below {limit}",
            "Draw the whole structure, or choose the class for its size.",
        ),
        "too-large": Says(
            "the {quantity} of {diameter} is above {limit}", "Check the outline, or choose the class for its size."
        ),
    }
    cases = (
        Case("at the lower limit", {"longest_min_mm": 5.0}, "####\n####\n####"),
        Case(
            "below the lower limit",
            {"longest_min_mm": 5.1},
            "####\n####\n####",
            finds="the longest diameter of 5.0 mm is below 5.1 mm",
        ),
        Case("at the upper limit", {"longest_max_mm": 5.0}, "####\n####\n####"),
        Case(
            "above the upper limit",
            {"longest_max_mm": 4.9},
            "####\n####\n####",
            finds="the longest diameter of 5.0 mm is above 4.9 mm",
        ),
        Case(
            "an outline is measured from vertex to vertex",
            {"longest_max_mm": 4.9},
            Drawn(text="a...b\n.....\n.....\nd...c", as_="polygon"),
            finds="longest diameter of 5.0 mm",
        ),
        Case(
            "columns twice as far apart",
            {"longest_max_mm": 9.9},
            "####\n####\n####",
            finds="of 10.0 mm is above 9.9 mm",
            spacing=Spacing(row_mm=2.0, column_mm=2.0),
        ),
        Case(
            "rows twice as far apart",
            {"longest_max_mm": 4.9},
            "###\n###",
            finds="of 5.0 mm is above 4.9 mm",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case("short axis at the lower limit", {"short_axis_min_mm": 2.0}, Drawn(text=DIAMOND, as_="polygon")),
        Case(
            "short axis below the lower limit",
            {"short_axis_min_mm": 2.1},
            Drawn(text=DIAMOND, as_="polygon"),
            finds="the short axis of 2.0 mm is below 2.1 mm",
        ),
        Case("short axis at the upper limit", {"short_axis_max_mm": 2.0}, Drawn(text=DIAMOND, as_="polygon")),
        Case(
            "short axis above the upper limit",
            {"short_axis_max_mm": 1.9},
            Drawn(text=DIAMOND, as_="polygon"),
            finds="the short axis of 2.0 mm is above 1.9 mm",
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
            finds="the longest diameter of 5.0 mm is below 5.1 mm",
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
            finds="of 5.0 mm is above 4.9 mm",
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
            finds="the longest diameter of 2.2 mm is below 5.0 mm",
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
            finds="the longest diameter of 2.2 mm is below 5.0 mm",
            over_slices=True,
        ),
    )

    def needs_all_slices(self) -> bool:
        """Only a lower limit does: one slice proves that an object is too large."""
        return self.longest_min_mm is not None or self.short_axis_min_mm is not None

    def measure(self, region: Region) -> tuple[float, ...]:
        """Longest diameter and short axis in mm; the short axis only where it is limited, else nan."""
        limited = self.short_axis_min_mm is not None or self.short_axis_max_mm is not None
        return longest_mm(region), short_axis_mm(region) if limited else nan

    def check_slice(self, region: Region, values: tuple[float, ...]) -> Iterator[Departure]:
        """One slice proves that its object exceeds an upper limit."""
        yield from self._too_large((slice_measure(region, values),))

    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        """Compare the greatest values of all slices with the limits."""
        yield from self._too_small(slices)
        yield from self._too_large(slices)

    def _too_small(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        for which, limit in ((LONGEST, self.longest_min_mm), (SHORT_AXIS, self.short_axis_min_mm)):
            largest = max(slices, key=lambda one: one.values[which])
            if limit is not None and largest.values[which] < limit:
                yield self._departs("too-small", which, largest, limit)

    def _too_large(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        for which, limit in ((LONGEST, self.longest_max_mm), (SHORT_AXIS, self.short_axis_max_mm)):
            largest = max(slices, key=lambda one: one.values[which])
            if limit is not None and largest.values[which] > limit:
                yield self._departs("too-large", which, largest, limit)

    def _departs(self, kind: str, which: int, largest: SliceMeasure, limit: float) -> Departure:
        diameter = Quantity(largest.values[which], "mm")
        return self.departs(kind, largest, quantity=NAMES[which], diameter=diameter, limit=Quantity(limit, "mm"))
