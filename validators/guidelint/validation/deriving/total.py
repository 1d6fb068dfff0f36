"""From summands to the answer: their sum, per area if that is asked for, and its band."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.number import STEP_OF_VOLUMES, as_told, in_band, rounded
from guidelint.validation.measured_in import DECIMALS
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.wording import measure, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.validation.derivation import Derivation, Taken
    from guidelint.validation.deriving.follows import Derived


class Summand(NamedTuple):
    """A number that counts."""

    value: float
    what: str
    """What it is, in words."""
    is_count: bool = False
    """Whether the words say how many there are."""

    @property
    def told(self) -> str:
        """Write it out."""
        return self.what if self.is_count else f"{self.what} {number(round(self.value, 2))}"


def total_of(
    by: Derivation, summands: Sequence[Summand], areas_mm2: Iterable[float], note: str = "", told: str | None = None
) -> Derived:
    """Add up, or take the largest or the smallest, divide by the areas if that is asked for, and find the band.

    ``told``: what is added up, in fewer words; ``note``: what else there is to say. Raises NotMeasurable where there is
    no area, and where no band holds the sum, LeftOpen where there is nothing of which the smallest could be taken.
    """
    if by.take is not None:
        return _taken(by, by.take, summands, note)
    total = round(sum(one.value for one in summands), DECIMALS)
    told_all = (" + ".join(one.told for one in summands) if told is None else told) or "nothing"
    if not by.per_mm2_of:
        total = rounded(by, total, _step(by))
        shown = as_told(by, total) if _is_volume(by) else total
        because = f"{told_all} = {measure(shown, 'points' if by.how == 'points' else by.unit)}"
    else:
        area_mm2 = sum(areas_mm2)
        if not area_mm2:
            raise NotMeasurable("nothing is marked by whose area it could be divided")
        total = rounded(by, round(total / area_mm2, DECIMALS))
        because = f"({told_all}) in {measure(round(area_mm2, 3), 'mm²')} = {number(total)} per mm²"
    return in_band(by, total, f"{because}{note}")


def _taken(by: Derivation, take: Taken, summands: Sequence[Summand], note: str) -> Derived:
    """Take the largest, which of nothing is 0, or the smallest."""
    if not summands and take == "smallest":
        raise LeftOpen("there is nothing of which the smallest could be taken")
    if not summands:
        return in_band(by, 0.0, f"nothing is there of which the largest could be taken{note}")
    value, what, _ = (max if take == "largest" else min)(summands, key=lambda one: one.value)
    of = f", the {take} of {len(summands)}" if summands[1:] else ""
    taken = rounded(by, round(value, DECIMALS), _step(by))
    return in_band(by, taken, f"{what} {measure(as_told(by, taken), by.unit)}{of}{note}")


def _is_volume(by: Derivation) -> bool:
    return any(part.measured == "volume" for part in by.parts)


def _step(by: Derivation) -> float | None:
    return STEP_OF_VOLUMES if _is_volume(by) and not by.bands else None
