"""From summands to the answer: their sum, per area if that is asked for, and its band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.number import STEP_OF_VOLUMES, as_told, in_band, rounded
from guidelint.validation.measured_in import DECIMALS
from guidelint.validation.rule.wording import measure, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.follows import Derived


def total_of(
    by: Derivation, summands: Iterable[float], told: str, areas_mm2: Iterable[float], note: str = ""
) -> Derived:
    """Add up, divide by the areas if that is asked for, and find the band of the sum.

    ``told``: what is added up, in words; ``note``: what else there is to say of it. Raises NotMeasurable where there is
    no area, and where no band holds the sum.
    """
    total = round(sum(summands), DECIMALS)
    told = told or "nothing"
    if not by.per_mm2_of:
        is_volume = any(part.measured == "volume" for part in by.parts)
        total = rounded(by, total, STEP_OF_VOLUMES if is_volume and not by.bands else None)
        shown = as_told(by, total) if is_volume else total
        because = f"{told} = {measure(shown, 'points' if by.how == 'points' else by.unit)}"
    else:
        area_mm2 = sum(areas_mm2)
        if not area_mm2:
            raise NotMeasurable("nothing is marked by whose area it could be divided")
        total = rounded(by, round(total / area_mm2, DECIMALS))
        because = f"({told}) in {measure(round(area_mm2, 3), 'mm²')} = {number(total)} per mm²"
    return in_band(by, total, f"{because}{note}")
