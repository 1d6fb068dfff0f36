"""The rule ``intensity-plausible``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np

from guidelint.annotation.region_pixels import values_under
from guidelint.annotation.tool import ENCLOSING
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.case import Case, Drawn, Painted
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.parameters.amount import AttenuationHu, Fraction, GreyValue
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both, bounds, either, number, percent
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.imaging.pixels.grey import Values
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure

LUNG = Painted(text="aaaaaa\naasssa\naasssa\naaaaaa", values={"a": -900, "s": 40})


def _median(values: Values, unit: str) -> str:
    known = values[~np.isnan(values)]
    return f"{number(round(float(np.median(known)), 1))} {unit}".rstrip() if known.size else "not known"


class IntensityPlausible(RegionRule):
    """The pixels of a region have values that what it names can have.

    ## Why
    A nodule that is as dark as air, a bone that is as soft as fat: the mask was shifted, turned, drawn on another
    image, or has the wrong class. Its shape shows nothing of that.

    ## How it is measured
    Share of the region's pixels whose value lies within the limits, the limits themselves included; padding lies
    nowhere. Values are rescaled as the header says, and turned over where low values are white (MONOCHROME1), so that
    brighter is more. Limits in Hounsfield units hold for CT alone; a grey value compares with nothing but images that
    were made alike. Limits in both are both asked for.

    ## Source
    DICOM PS3.3, C.11.1 (Modality LUT). Ranges of attenuation are for the guideline to choose.
    """

    min_hu: Annotated[AttenuationHu, Lower("attenuation")] | None = None
    """Lowest plausible attenuation in HU."""
    max_hu: Annotated[AttenuationHu, Upper("attenuation")] | None = None
    """Highest plausible attenuation in HU."""
    min_grey: Annotated[GreyValue, Lower("grey value")] | None = None
    """Lowest plausible grey value."""
    max_grey: Annotated[GreyValue, Upper("grey value")] | None = None
    """Highest plausible grey value."""
    min_fraction: Fraction = 0.9
    """Smallest share of the region's pixels within the limits, from 0 to 1."""

    tools = ENCLOSING
    says = {
        "implausible": Says(
            "{share} of its pixels have values of {range}, the median being {median}; the guideline asks for {least}",
            "Look whether it lies where it belongs and bears the right class, and draw it again if it does not.",
            "Look whether its mask fits the image: it may be shifted, turned, or of another image.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        ranges = both(f"values of {limits}" for limits in (self._hu, self._grey) if limits)
        return f"Every {names.kind} has {ranges} in {percent(self.min_fraction)} of its pixels."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        ranges = either(f"values of {limits}" for limits in (self._hu, self._grey) if limits)
        return f"any {names.kind} has {ranges} in fewer than {percent(self.min_fraction)} of its pixels"

    @property
    def _hu(self) -> str:
        return bounds(self.min_hu, self.max_hu, "HU")

    @property
    def _grey(self) -> str:
        return bounds(self.min_grey, self.max_grey)

    def check(self, region: Region) -> Iterator[Departure]:
        """Count the pixels within the limits of each unit."""
        values = values_under(region)
        if self._grey:
            yield from self._compare(values, self.min_grey, self.max_grey, "")
        if self._hu:
            if region.pixels.grey.unit != "HU":
                raise NotMeasurable(f"{region.pixels.grey.source} has grey values, which are no Hounsfield units")
            yield from self._compare(values, self.min_hu, self.max_hu, "HU")

    def _compare(self, values: Values, least: float | None, most: float | None, unit: str) -> Iterator[Departure]:
        within = np.ones(values.shape, np.bool_)
        if least is not None:
            within &= values >= least
        if most is not None:
            within &= values <= most
        share = float(np.mean(within & ~np.isnan(values)))
        if share < self.min_fraction:
            yield self.departs(
                "implausible",
                share=Quantity(100 * share, "%"),
                range=bounds(least, most, unit),
                median=_median(values, unit),
                least=Quantity(100 * self.min_fraction, "%"),
            )

    cases = (
        Case(
            "soft tissue",
            {"min_hu": 40, "max_hu": 40, "min_fraction": 1.0},
            "......\n..###.\n..###.",
            pixels=LUNG,
        ),
        Case(
            "shifted by two columns into the lung",
            {"min_hu": -100, "max_hu": 200},
            "......\n###...\n###...",
            finds="33.3 % of its pixels have values of at least -100\N{NO-BREAK SPACE}HU and at most"
            " 200\N{NO-BREAK SPACE}HU, the median being -900 HU; the guideline asks for 90 %",
            pixels=LUNG,
        ),
        Case(
            "as large a part as asked for",
            {"min_hu": 0, "min_fraction": 0.5},
            Drawn(text="......\n.##...", as_="rectangle"),
            pixels=LUNG,
        ),
        Case(
            "one pixel too many of air",
            {"min_hu": 0, "min_fraction": 0.5},
            "......\n###...",
            finds="33.3 % of its pixels have values of at least 0\N{NO-BREAK SPACE}HU",
            pixels=LUNG,
        ),
        Case(
            "nothing denser than air",
            {"max_hu": -500},
            "......\n..#...",
            finds="0 % of its pixels have values of at most -500\N{NO-BREAK SPACE}HU, the median being 40 HU",
            pixels=LUNG,
        ),
        Case(
            "padding has no value",
            {"max_hu": 3000, "min_fraction": 0.6},
            "##",
            finds="50 % of its pixels have values of at most 3000\N{NO-BREAK SPACE}HU, the median being 40 HU",
            pixels=Painted(text="s ", values={"s": 40}),
        ),
        Case(
            "nothing but padding",
            {"max_hu": 3000},
            "#",
            finds="0 % of its pixels have values of at most 3000\N{NO-BREAK SPACE}HU, the median being not known",
            pixels=Painted(text=" s", values={"s": 40}),
        ),
        Case(
            "grey values, the limits themselves among them",
            {"min_grey": 50, "max_grey": 60, "min_fraction": 1.0},
            "##",
            pixels=Painted(text="ab.", values={"a": 50, "b": 60, ".": 0}, unit="grey"),
        ),
        Case(
            "too dark and too bright",
            {"min_grey": 51, "max_grey": 59},
            "##",
            finds="0 % of its pixels have values of at least 51 and at most 59, the median being 55",
            pixels=Painted(text="ab.", values={"a": 50, "b": 60, ".": 0}, unit="grey"),
        ),
        Case(
            "grey values where Hounsfield units are asked for",
            {"min_hu": 0, "min_grey": 51},
            "##",
            finds="50 % of its pixels have values of at least 51",
            cannot="the image has grey values, which are no Hounsfield units",
            pixels=Painted(text="ab.", values={"a": 50, "b": 60, ".": 0}, unit="grey"),
        ),
        Case(
            "drawn on a copy of another size",
            {"min_hu": 0},
            Drawn(text="##", image_shape=(8, 12)),
            cannot="it was drawn on 12 × 8 pixels, and the image has 6 × 4",
            pixels=LUNG,
        ),
        Case("pixels not at hand", {"min_hu": 0}, "##", cannot="the pixels of the image are not at hand"),
    )
