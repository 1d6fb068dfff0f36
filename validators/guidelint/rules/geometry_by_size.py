"""The rule ``geometry-by-size``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, model_validator

from guidelint.annotation.shape import Tool
from guidelint.geometry.spacing import Spacing
from guidelint.validation.case import Case, Drawn
from guidelint.validation.finding import Quantity, Says
from guidelint.validation.rule import ENCLOSING, Departure, ObjectRule, SliceMeasure
from guidelint.validation.size import longest_mm
from guidelint.validation.tool_words import any_of, tool_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region

POINT_BELOW_5 = [{"below_mm": 5, "tools": ["keypoint"]}, {"tools": ["brush", "polygon"]}]


class SizeBand(BaseModel):
    """Structures of a range of sizes, and the tools they are marked with."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)

    below_mm: float | None = None
    """Upper end of the band in mm, which itself belongs to the next band; left out in the last band."""
    tools: tuple[Tool, ...]
    """Tools that mark a structure of this size."""

    def holds(self, size_mm: float) -> bool:
        """Whether a size lies below the upper end."""
        return self.below_mm is None or size_mm < self.below_mm


class GeometryBySize(ObjectRule):
    """A structure is marked the way its size asks for.

    ## Why
    Many protocols outline what is large and only point at what is small. An outline of a tiny structure promises a
    precision that nobody has, and puts it among those that are measured.

    ## How it is measured
    The longest diameter decides the band. A size that equals a limit belongs to the larger band. An object over several
    slices has the size of its largest slice: one slice can prove that an object is too large for its tool; that it is
    too small is judged only when all slices are known. A point has no size, so points are not judged.

    ## Source
    Armato et al. 2011, doi 10.1118/1.3528204: lung nodules are outlined from 3 mm on; below that they get a point.
    """

    bands: tuple[SizeBand, ...]
    """Bands from small to large."""

    tools = ENCLOSING
    says = {
        "other-tool": Says(
            "it measures {diameter} and is marked as {tool}; {band} the guideline asks for {allowed}",
            "Check the outline; if the size is right, delete it and mark it the other way.",
        ),
    }
    cases = (
        Case("large enough for an outline", {"bands": POINT_BELOW_5}, "####\n####\n####"),
        Case(
            "too small for an outline",
            {"bands": [{"below_mm": 5.1, "tools": ["keypoint"]}, {"tools": ["brush"]}]},
            "####\n####\n####",
            finds="it measures 5.0 mm and is marked as a brush mask; below 5.1 mm the guideline asks for a point",
        ),
        Case(
            "too large for a box",
            {"bands": [{"below_mm": 5, "tools": ["rectangle"]}, {"tools": ["polygon", "brush"]}]},
            Drawn(text="####\n####\n####", as_="rectangle"),
            finds="is marked as a box; from 5 mm the guideline asks for an outline or a brush mask",
        ),
        Case(
            "the middle one of three bands",
            {
                "bands": [
                    {"below_mm": 3, "tools": ["keypoint"]},
                    {"below_mm": 6, "tools": ["rectangle"]},
                    {"tools": ["brush"]},
                ]
            },
            "####\n####\n####",
            finds="from 3 mm to below 6 mm the guideline asks for a box",
        ),
        Case("a point has no size", {"bands": POINT_BELOW_5}, Drawn(text="#", as_="keypoint")),
        Case(
            "rows twice as far apart",
            {"bands": POINT_BELOW_5},
            "###\n###",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case("spacing not known", {"bands": POINT_BELOW_5}, "##", cannot="pixel spacing", spacing=None),
        Case(
            "the small end slice of a large object",
            {"bands": POINT_BELOW_5},
            (
                Drawn(text="#...\n....\n....", object_name="1"),
                Drawn(text="####\n####\n####", object_name="1"),
            ),
            over_slices=True,
        ),
        Case(
            "an object that is small on all its slices",
            {"bands": POINT_BELOW_5},
            (
                Drawn(text="#...\n....\n....", object_name="1"),
                Drawn(text="##..\n....\n....", object_name="1"),
            ),
            finds="it measures 2.2 mm and is marked as a brush mask; below 5 mm",
            over_slices=True,
        ),
        Case(
            "one slice proves that an object is too large for a box",
            {"bands": [{"below_mm": 5, "tools": ["rectangle"]}, {"tools": ["brush"]}]},
            (
                Drawn(text="#...\n....\n....", object_name="1", as_="rectangle"),
                Drawn(text="####\n####\n####", object_name="1", as_="rectangle"),
            ),
            finds="from 5 mm the guideline asks for a brush mask",
            times=2,
            over_slices=True,
            why="Once for the slice that proves it, once for the object.",
        ),
        Case(
            "an object without a name cannot be joined",
            {"bands": POINT_BELOW_5},
            (Drawn(text="#...\n....\n...."), Drawn(text="####\n####\n####")),
            cannot="name the object",
            over_slices=True,
        ),
    )

    @model_validator(mode="after")
    def _bands_follow_one_another(self) -> Self:
        if not self.bands:
            raise ValueError("give at least one band")
        *bounded, last = (band.below_mm for band in self.bands)
        limits = [limit for limit in bounded if limit is not None]
        if last is not None or len(limits) < len(bounded):
            raise ValueError("every band but the last has a `below_mm`, and the last has none: it has no upper end")
        if limits != sorted(set(limits)):
            raise ValueError("the bands go from small to large: each `below_mm` is larger than the one before")
        return self

    def measure(self, region: Region) -> tuple[float, ...]:
        """Longest diameter in mm."""
        return (longest_mm(region),)

    def check_slice(self, region: Region, values: tuple[float, ...]) -> Iterator[Departure]:
        """One slice proves that its object lies in its own band or in a larger one."""
        index = self._index(values[0])
        if not any(region.tool in band.tools for band in self.bands[index:]):
            yield self._departs(index, region.tool, values[0], region)

    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        """Compare the tools of all slices with the band of the largest."""
        size_mm = max(one.values[0] for one in slices)
        index = self._index(size_mm)
        wrong = tuple(one for one in slices if one.tool not in self.bands[index].tools)
        if wrong:
            yield self._departs(index, wrong[0].tool, size_mm, *wrong)

    def _index(self, size_mm: float) -> int:
        return next(index for index, band in enumerate(self.bands) if band.holds(size_mm))

    def _departs(self, index: int, tool: str, size_mm: float, *regions: Region | SliceMeasure) -> Departure:
        return self.departs(
            "other-tool",
            *regions,
            diameter=Quantity(size_mm, "mm"),
            tool=tool_in_words(tool),
            band=self._range(index),
            allowed=any_of(self.bands[index].tools),
        )

    def _range(self, index: int) -> str:
        above, below = self.bands[index - 1].below_mm if index else None, self.bands[index].below_mm
        ends = (f"from {above:g} mm" if above is not None else "", f"below {below:g} mm" if below is not None else "")
        return " to ".join(end for end in ends if end)
