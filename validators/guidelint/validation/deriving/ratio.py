"""One measure divided by another: a ratio, or a percentage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.union import united
from guidelint.validation.deriving.follows import Derived
from guidelint.validation.deriving.number import as_told, beside, in_band, rounded
from guidelint.validation.deriving.told import kinds_told
from guidelint.validation.measured_in import DECIMALS, PERCENT, in_words, size_in
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.size import MM, PX
from guidelint.validation.rule.span import span
from guidelint.validation.rule.wording import measure, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.annotation.region import Region
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.given import Given
    from guidelint.validation.measured_in import Measured

_STEPS: Final = {PERCENT: 0.1}
_STEP: Final = 0.001
"""To what a ratio is rounded that is the answer itself, where its question has no step."""


def ratio_of(by: Derivation, given: Given) -> Derived:
    """Divide one measure by the other, and find the band of the ratio.

    Raises LeftOpen where nothing is marked of either, NotMeasurable where only one can be told, or nothing divides.
    """
    if by.divided_by is None or not by.parts:
        raise NotMeasurable("the guideline does not say what is divided by what")
    of, to = by.parts[0], by.divided_by
    above, below = given.regions(of.classes), given.regions(to.classes)
    if not (above or below):
        raise LeftOpen("nothing is marked of what it follows from")
    sign = _sign(of.measured, to.measured, (*above, *below))
    part, whole = _measured(of.measured, above, sign), _measured(to.measured, below, sign)
    if not whole:
        raise NotMeasurable(f"nothing is marked by whose {in_words(to.measured)} it could be divided")
    ratio = round(part / whole * (100 if by.unit == PERCENT else 1), DECIMALS)
    words = f"{_told(of.measured, above, part, sign)} / {_told(to.measured, below, whole, sign)}"
    if by.bands:
        band = in_band(by, ratio, f"{words} = {measure(as_told(by, ratio), by.unit)}")
        return replace(band, besides=beside(by, ratio))
    answer = rounded(by, ratio, _STEPS.get(by.unit, _STEP))
    return Derived(answer, f"{words} = {measure(answer, by.unit)}")


def _sign(of: Measured, to: Measured, regions: Sequence[Region]) -> str:
    """Choose mm, or pixels where no spacing is known and pixels of one image, measured in one way, cancel out."""
    if all(region.spacing for region in regions):
        return "mm"
    is_one_image = len({region.image_index for region in regions}) == 1
    return "px" if of == to and is_one_image else "mm"


def _measured(measured: Measured, regions: Sequence[Region], sign: str) -> float:
    """Measure all regions together: pixels that two have count once, and what reaches from one to the next is wide."""
    if measured == "count":
        return float(len(regions))
    if measured == "area":
        return _area(regions, sign)
    if not regions:
        raise NotMeasurable(f"nothing is marked whose {in_words(measured)} could be measured")
    if measured in ("width", "height"):
        return span(regions, measured, MM if sign == "mm" else PX)
    if len(regions) > 1:
        raise NotMeasurable(f"{len(regions)} regions are marked, and the {in_words(measured)} is one of a region")
    return size_in(regions[0], measured, sign)


def _area(regions: Sequence[Region], sign: str) -> float:
    of_images = defaultdict[int, list["Region"]](list)
    for region in regions:
        of_images[region.image_index].append(region)
    return sum(_area_on_image(some, sign) for some in of_images.values())


def _area_on_image(regions: Sequence[Region], sign: str) -> float:
    pixels = united([region.mask for region in regions]).area_px
    return pixels * regions[0].known_spacing.pixel_mm2 if sign == "mm" else float(pixels)


def _told(measured: Measured, regions: Sequence[Region], size: float, sign: str) -> str:
    titles = kinds_told(regions) or "nothing"
    if measured == "count":
        return f"{number(size)} × {titles}" if regions else "0"
    unit = f"{sign}²" if measured == "area" and sign == "mm" else sign
    whose = regions[0].title if len(regions) == 1 else titles
    return f"{in_words(measured)} of {whose} {measure(round(size, 2), unit)}"
