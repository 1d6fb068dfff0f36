"""How large a region is, in every unit that a size may be limited in; never one unit for another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import hypot, inf, isclose, isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.measures.diameter import longest_diameter, mask_diameter_points, short_axis
from guidelint.geometry.memo import memo
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.wording import beyond, bounds, times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from guidelint.annotation.region import Region
    from guidelint.annotation.shape import Points
    from guidelint.geometry.measures.diameter import Diameter
    from guidelint.validation.rule.parameters.limit_itself import Fate
    from guidelint.validation.rule.says import Says

ONE_PX = Spacing(1.0, 1.0)
DECIMALS_PX = 3
"""Lengths in pixels are taken to a thousandth: coordinates given in rounded percent are no better."""


ROUNDED_PX = 10.0**-DECIMALS_PX
"""What rounding may add to a length."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that sizes are limited in."""

    sign: str
    """How a message writes it."""
    kind: str = ""
    """What a kind of departure in this unit ends with."""
    times: float = 1.0
    """How many of the sign one is: a fraction of 1 is 100 %."""
    words: str = ""
    """How a sentence writes it, where that is longer."""
    dust: float = 1e-6
    """By what part of a limit a size may be off that is meant to be exactly the limit."""

    def shown(self, value: float) -> Quantity:
        """Write a size as evidence."""
        return Quantity(value if self.times == 1 else self.times * value, self.sign)

    def scaled(self, limit: float) -> float:
        """Say how many of the sign a limit is, as on paper; one that follows from the image stays what it is."""
        return limit if self.times == 1 else times(self.times, limit)


OF_COUNTS = 1e-9
"""Dust of what is counted in pixels: of ten million, one more is one more."""
AT_LIMIT = "-at-limit"
"""What a kind of departure ends with where the limit itself is measured."""

MM = Unit("mm")
MM2 = Unit("mm²", dust=OF_COUNTS)
ML = Unit("ml")
PX = Unit("px", "-px", words="pixels", dust=OF_COUNTS)
SHARE = Unit("%", "-in-image", 100.0, words="% of the image", dust=OF_COUNTS)
DIAGONAL = Unit("%", "-in-image", 100.0, words="% of the image diagonal")


@dataclass(frozen=True, slots=True)
class Broken:
    """A limit that a size breaks."""

    limit: float
    size: float
    """What was measured; the limit, where it is that."""
    ending: str
    """What the kind of the departure ends with."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that one size may be, in one unit."""

    unit: Unit
    least: float | None
    most: float | None
    at_limit: Fate = "kept"
    """What becomes of that which measures exactly a limit."""

    @property
    def given(self) -> bool:
        """Whether there is a limit at all."""
        return self.least is not None or self.most is not None

    @property
    def asked(self) -> str:
        """What is asked for, in words, e.g. "at least 3 mm"."""
        return bounds(*self._ends, self.unit.words or self.unit.sign, is_open=self.is_open)

    @property
    def broken(self) -> str:
        """What is not, in words, e.g. "under 3 mm"."""
        return beyond(*self._ends, self.unit.words or self.unit.sign, is_open=self.is_open)

    @property
    def is_open(self) -> bool:
        """Whether the limits themselves depart."""
        return self.at_limit == "departs"

    def too_small(self, size: float) -> Broken | None:
        """Tell how a size breaks the lower limit."""
        if self.least is None:
            return None
        return self._at(size, self.least) or (Broken(self.least, size, self.unit.kind) if size < self.least else None)

    def too_large(self, size: float) -> Broken | None:
        """Tell how a size breaks the upper limit."""
        if self.most is None:
            return None
        return self._at(size, self.most) or (Broken(self.most, size, self.unit.kind) if size > self.most else None)

    def broken_by(self, size: float, too_small: str, too_large: str) -> Iterator[tuple[str, Broken]]:
        """Give each limit that a size breaks, with the kind of departure, which says how and in which unit."""
        for kind, broken in ((too_small, self.too_small(size)), (too_large, self.too_large(size))):
            if broken is not None:
                yield f"{kind}{broken.ending}", broken

    def _at(self, size: float, limit: float) -> Broken | None:
        """Tell of a size that is the limit, but for the dust of binary fractions, where that departs."""
        if not self.is_open or not isclose(size, limit, rel_tol=self.unit.dust):
            return None
        return Broken(limit, float(limit), f"{self.unit.kind}{AT_LIMIT}")

    @property
    def _ends(self) -> tuple[float | None, float | None]:
        least, most = (None if end is None else self.unit.scaled(end) for end in (self.least, self.most))
        return least, most


def with_limit_itself(says: Mapping[str, Says]) -> dict[str, Says]:
    """Add what is said of a size that is the limit itself, where that departs."""
    at = {
        f"{kind}{AT_LIMIT}": replace(one, text=one.text.replace("below", "not over").replace("above", "not under"))
        for kind, one in says.items()
    }
    return {**says, **at}


def area(region: Region, unit: Unit) -> float:
    """Area of the mask in mm², in pixels, or as a fraction of the image.

    Raises NotMeasurable when there is no mask, and for mm² when there is no spacing.
    """
    if unit == MM2:
        return region.mask.area_px * region.known_spacing.pixel_mm2
    rows, columns = region.image_shape
    return region.mask.area_px / (rows * columns) if unit == SHARE else float(region.mask.area_px)


def area_shown(size_px: int, spacing: Spacing | None) -> Quantity:
    """Write a count of pixels as an area: in mm² where the spacing is known, else in pixels."""
    return PX.shown(size_px) if spacing is None else MM2.shown(size_px * spacing.pixel_mm2)


def longest(region: Region, unit: Unit) -> float:
    """Greatest distance between two points of an outline, or two pixel corners of a mask.

    In mm, in pixels (a step along a row and a step along a column both count 1), or as a fraction of the diagonal of
    the image. Raises NotMeasurable when there is no extent, for mm when there is no spacing, for a fraction when the
    size of the image is not stated.
    """
    return _in_unit(region, longest_diameter, unit)


def surely_keeps(region: Region, limits: Iterable[Limits]) -> bool:
    """Tell from the bounding box alone that both diameters keep within limits; False where that is not sure."""
    return not region.yields_to and all(
        one.least is None and one.most is not None and _surely_below(_longest_possible(region, one.unit), one)
        for one in limits
    )


def _surely_below(longest_possible: float, limits: Limits) -> bool:
    return not isnan(longest_possible) and limits.too_large(longest_possible) is None


def _longest_possible(region: Region, unit: Unit) -> float:
    """Length that neither diameter exceeds; infinite or nan where it cannot be told."""
    left, top, right, bottom = region.extent
    spacing = region.spacing if unit == MM else ONE_PX
    if spacing is None:
        return nan
    wide, high = right - left + ROUNDED_PX, bottom - top + ROUNDED_PX
    length = hypot(wide * spacing.column_mm, high * spacing.row_mm)
    if unit != DIAGONAL:
        return length
    return inf if 0 in region.image_shape else length / hypot(*region.image_shape)


def short(region: Region, unit: Unit) -> float:
    """Longest chord perpendicular to the longest diameter of the same unit. Raises NotMeasurable like ``longest``."""
    return _in_unit(region, short_axis, unit)


def _in_unit(region: Region, diameter: Callable[[Points, Spacing], Diameter], unit: Unit) -> float:
    if unit == MM:
        return memo.ask(_length_mm, region, by=(diameter, region.known_spacing))
    length_px = round(memo.ask(_length_mm, region, by=(diameter, ONE_PX)), DECIMALS_PX)
    if unit == PX:
        return length_px
    if 0 in region.image_shape:
        raise NotMeasurable("the size of the image is not stated")
    return length_px / hypot(*region.image_shape)


def _length_mm(region: Region, diameter: Callable[[Points, Spacing], Diameter], spacing: Spacing) -> float:
    return diameter(_points(region), spacing).length_mm


def _points(region: Region) -> Points:
    if region.is_cut:
        points = mask_diameter_points(region.mask)
    else:
        points = region.outline if region.outline is not None else mask_diameter_points(region.drawn_mask)
    if not len(points):
        raise NotMeasurable("it has no extent")
    if not np.isfinite(points).all():
        raise NotMeasurable("one of its coordinates is not a number")
    return points
