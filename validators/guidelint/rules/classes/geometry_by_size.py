"""The rule ``geometry-by-size``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from guidelint.annotation.tool import ENCLOSING, Tool, any_of, tool_in_words
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import SlicePlace
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.parameters.amount import Fraction, LengthMm, LengthPx
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.parameters.multiple import Multiple
from guidelint.validation.rule.parameters.naming import DrawnWith
from guidelint.validation.rule.reply import Departure
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.several import Several
from guidelint.validation.rule.size import MM, PX, SHARE, Unit, longest
from guidelint.validation.rule.wording import measure
from guidelint.validation.scopes.object import ObjectRule, SliceMeasure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.evidence import Evidence, Quantity
    from guidelint.validation.rule.names import Names

POINT_BELOW_5 = [{"below_mm": 5, "tools": ["keypoint"]}, {"tools": ["brush", "polygon"]}]
POINT_BELOW_5_PX = [{"below_px": 5, "tools": ["keypoint"]}, {"tools": ["brush", "polygon"]}]
BY_THICKNESS = [
    {"below_mm": {"times": 1, "of": "slice_thickness"}, "tools": ["keypoint"]},
    {"below_mm": {"times": 2, "of": "slice_thickness"}, "tools": ["rectangle"]},
    {"tools": ["brush"]},
]
THICK = ImageFacts(3, 4, Spacing(1.0, 1.0), place=SlicePlace(thickness_mm=2.6))
ASKS = "and marked as {tool}; {band} the guideline asks for {allowed}"
REMEDY = "Check the outline; if the size is right, delete it and mark it again as {allowed}."


class SizeBand(BaseModel):
    """Structures of a range of sizes, and the tools they are marked with."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    below_mm: Annotated[LengthMm, Upper("size", unmet_at=0)] | None = None
    """Upper end of the band in mm, which itself belongs to the next band; left out in the last band."""
    below_px: Annotated[LengthPx, Upper("size", unmet_at=0)] | None = None
    """Upper end in pixels, in place of mm."""
    below_diagonal_fraction: Annotated[Fraction, Upper("size")] | None = None
    """Upper end as a fraction of the diagonal of the image, in place of mm."""
    tools: Annotated[tuple[Tool, ...], Field(min_length=1), DrawnWith(by_size=True)]
    """Tools that mark a structure of this size."""

    @property
    def ends(self) -> dict[Unit, float]:
        """The upper end by the unit it is given in; there is one at most."""
        ends = {MM: self.below_mm, PX: self.below_px, SHARE: self.below_diagonal_fraction}
        return {unit: end for unit, end in ends.items() if end is not None}

    @property
    def shown(self) -> str:
        """The upper end in words; empty in the last band."""
        of = " of the image diagonal" if self.below_diagonal_fraction is not None else ""
        ends = (f"{measure(unit.scaled(end), unit.sign)}{of}" for unit, end in self.ends.items())
        return "".join(ends).replace("\N{NO-BREAK SPACE}", " ")

    def holds(self, size: float) -> bool:
        """Whether a size, in the unit of the upper end, lies below it."""
        return all(size < end for end in self.ends.values())


class GeometryBySize(ObjectRule):
    """A structure is marked the way its size asks for.

    ## Why
    Many protocols outline what is large and only point at what is small. An outline of a tiny structure promises a
    precision that nobody has, and puts it among those that are measured.

    ## How it is measured
    The longest diameter decides the band. A size that equals a limit belongs to the larger band. An object over several
    slices has the size of its largest slice: one slice can prove that an object is too large for its tool; that it is
    too small is judged only when all slices are known. A point has no size, so points are not judged.

    An end in mm may be a multiple of what the image states, such as twice the slice thickness; then no slice alone
    proves anything, and the thickest one decides.

    The bands are all in mm, all in pixels or all in fractions of the diagonal of the image, measured as in
    ``diameter-limits``. Only bands in mm need a spacing.

    ## Source
    Armato et al. 2011, doi 10.1118/1.3528204: lung nodules are outlined from 3 mm on; below that they get a point.
    """

    bands: tuple[SizeBand, ...]
    """Bands from small to large."""

    about = "size"
    tools = ENCLOSING
    says = {
        "other-tool": Says(f"measured {{diameter}} {ASKS}", REMEDY, of_absence=True),
        "other-tool-px": Says(f"measured {{diameter}} {ASKS}", REMEDY, of_absence=True),
        "other-tool-in-image": Says(f"measured {{diameter}} of the image diagonal {ASKS}", REMEDY, of_absence=True),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The longest diameter of every {names.kind}{self.whole} decides how it is marked: {self._ways()}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        size = f"its longest diameter{self.whole}"
        return f"any {names.kind} is marked in another way than {size} asks for ({self._ways()})"

    def _ways(self) -> str:
        ways = ((self._range(index), any_of(band.tools)) for index, band in enumerate(self.bands))
        return ", ".join(f"{size or 'always'} as {tools}" for size, tools in ways)

    @model_validator(mode="after")
    def _bands_follow_one_another(self) -> Self:
        if not self.bands:
            raise ValueError("give at least one band")
        *bounded, last = (band.ends for band in self.bands)
        if last or not all(bounded):
            raise ValueError("every band but the last has an upper end, e.g. `below_mm`, and the last has none")
        if len({unit for ends in bounded for unit in ends}) > 1:
            raise ValueError("the bands are all in mm, all in px, or all in fractions: they cannot be put in order")
        limits = [end for ends in bounded for end in ends.values() if not isinstance(end, Multiple)]
        if limits != sorted(set(limits)):
            raise ValueError("the bands go from small to large: each upper end is larger than the one before")
        return self

    @property
    def unit(self) -> Unit:
        """Unit of the bands; mm where there is only one band, which holds every size."""
        return next((unit for band in self.bands for unit in band.ends), MM)

    def measure(self, region: Region) -> tuple[float, ...]:
        """Longest diameter in the unit of the bands."""
        return (longest(region, self.unit),)

    def check_slice(self, region: Region, values: tuple[float, ...]) -> Iterator[Departure]:
        """One slice proves that its object lies in its own band or in a larger one."""
        index = self._index(values[0])
        if not any(region.tool in band.tools for band in self.bands[index:]):
            yield Departure(self._kind, self._evidence(index, region.called, values[0]), (region,))

    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        """Compare the tools of all slices with the band of the largest."""
        size = max(one.values[0] for one in slices)
        index = self._index(size)
        wrong = tuple(one for one in slices if one.tool not in self.bands[index].tools)
        if wrong:
            several, called = Several(), tool_in_words(wrong[0].tool)
            for one in wrong:
                several.add(one)
            yield self.departs_by_each(self._kind, several, "", **self._evidence(index, called, size))

    def _index(self, size: float) -> int:
        return next(index for index, band in enumerate(self.bands) if band.holds(size))

    @property
    def _kind(self) -> str:
        return f"other-tool{self.unit.kind}"

    def _evidence(self, index: int, called: str, size: float) -> dict[str, Evidence]:
        return {
            "diameter": self.unit.shown(size),
            "tool": called,
            "band": self._range(index),
            "allowed": any_of(self.bands[index].tools),
            **self._nearest_end(index, size),
        }

    def _nearest_end(self, index: int, size: float) -> dict[str, Quantity]:
        """Find the end of the band that a size is told from; a band without an end holds every size."""
        ends = [end for band in self.bands[max(index - 1, 0) : index + 1] for end in band.ends.values()]
        return {"limit": self.unit.shown(min(ends, key=lambda end: abs(end - size)))} if ends else {}

    def _range(self, index: int) -> str:
        above, below = self.bands[index - 1].shown if index else "", self.bands[index].shown
        return " to ".join(f"{word} {end}" for word, end in (("from", above), ("below", below)) if end)

    cases = (
        Case("large enough for an outline", {"bands": POINT_BELOW_5}, "####\n####\n####"),
        Case(
            "too small for an outline",
            {"bands": [{"below_mm": 5.1, "tools": ["keypoint"]}, {"tools": ["brush"]}]},
            "####\n####\n####",
            finds="measured 5 mm and marked as a brush mask; below 5.1 mm the guideline asks for a point",
        ),
        Case(
            "too large for a box",
            {"bands": [{"below_mm": 5, "tools": ["rectangle"]}, {"tools": ["polygon", "brush"]}]},
            Drawn(text="####\n####\n####", as_="rectangle"),
            finds="marked as a box; from 5 mm the guideline asks for an outline or a brush mask",
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
        Case(
            "hardly too small",
            {"bands": POINT_BELOW_5},
            "####\n####\n####",
            finds="measured 4.96 mm and marked as a brush mask; below 5 mm the guideline asks for a point",
            spacing=Spacing(row_mm=0.992, column_mm=0.992),
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
            finds="measured 2.2 mm and marked as a brush mask; below 5 mm",
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
            "large enough in pixels, without a spacing", {"bands": POINT_BELOW_5_PX}, "####\n####\n####", spacing=None
        ),
        Case(
            "too small in pixels, whatever their size",
            {"bands": POINT_BELOW_5_PX},
            "###\n###",
            finds="measured 3.6 px and marked as a brush mask; below 5 px the guideline asks for a point",
            spacing=Spacing(row_mm=9.0, column_mm=9.0),
        ),
        Case(
            "too large, as a fraction of the diagonal of the image",
            {"bands": [{"below_diagonal_fraction": 0.1, "tools": ["brush"]}, {"tools": ["rectangle"]}]},
            Drawn(text="####\n####\n####", image_shape=(30, 40)),
            finds="measured 10 % of the image diagonal and marked as a brush mask; from 10 % of the image",
            spacing=None,
        ),
        Case(
            "too small for what slices of this thickness show",
            {"bands": BY_THICKNESS},
            (Handed(draws="####\n####\n####", image=THICK),),
            finds="from 2.6 mm (1 × slice thickness (0018,0050), here 2.6 mm) to below 5.2 mm (2 × slice thickness",
        ),
        Case(
            "an object without a name cannot be joined",
            {"bands": POINT_BELOW_5},
            (Drawn(text="#...\n....\n...."), Drawn(text="####\n####\n####")),
            cannot="name the object",
            over_slices=True,
        ),
        Case(
            "of two wrong tools that of the first slice is named",
            {"bands": [{"below_mm": 9.0, "tools": ["polygon"]}, {"tools": ["brush", "rectangle"]}]},
            (Drawn(text="##", as_="rectangle", object_name="1"), Drawn(text="##", object_name="1")),
            finds="marked as a box",
            over_slices=True,
        ),
        Case(
            "just above the end of a band",
            {
                "bands": [
                    {"below_mm": 5.38, "tools": ["keypoint"]},
                    {"below_mm": 50, "tools": ["polygon"]},
                    {"tools": ["ellipse"]},
                ]
            },
            "#####\n#####",
            finds="measured 5.39 mm and marked",
            why="It is shown with as many decimals as it takes to see on which side it lies.",
        ),
        Case(
            "just below the end of a band",
            {
                "bands": [
                    {"below_mm": 1, "tools": ["keypoint"]},
                    {"below_mm": 5.4, "tools": ["polygon"]},
                    {"tools": ["ellipse"]},
                ]
            },
            "#####\n#####",
            finds="measured 5.39 mm and marked",
        ),
    )
