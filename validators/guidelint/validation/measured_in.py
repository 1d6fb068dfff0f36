"""What is measured of a region, in the unit in which a question has it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Final, Literal

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.parameters.meaning import Meaning
from guidelint.validation.rule.size import MM, MM2, PX, Unit, area, longest, short
from guidelint.validation.rule.span import span
from guidelint.validation.rule.wording import either, measure

if TYPE_CHECKING:
    from guidelint.annotation.region import Region

Size = Literal["longest-diameter", "short-axis", "width", "height", "area"]
SizeOrVolume = Literal["longest-diameter", "short-axis", "width", "height", "area", "volume"]
Measured = Literal["longest-diameter", "short-axis", "width", "height", "area", "volume", "count"]
"""``width`` and ``height``: along the rows and the columns of the image. ``volume``: of an object over the slices of a
series. ``count``: how many regions there are."""
Dimension = Literal["length", "area", "volume", "count"]
DECIMALS: Final = 9
"""Sums and differences are taken to so many decimals: binary fractions have dust beyond."""
COUNTS: Final = ("", "1")
"""Units of a count, in UCUM spelling; words in braces are one as well."""

PERCENT: Final = "%"
UNITS_OF_RATIO: Final = ("", "1", PERCENT)


@dataclass(frozen=True, slots=True)
class MeasureOf(Meaning):
    """What the answers to a question are compared with."""

    question: str
    """Parameter beside it that names the question."""


_Units = Mapping[str, tuple[Unit, float]]
"""Unit as a question writes it → the unit that is measured in, and how many of it one is."""
_PX: Final[_Units] = dict.fromkeys(("px", "pixel", "pixels", "[px]"), (PX, 1.0))
_LENGTHS: Final[_Units] = {"mm": (MM, 1.0), "cm": (MM, 10.0), "um": (MM, 0.001), **_PX}
_AREAS: Final[_Units] = {
    **dict.fromkeys(("mm2", "mm²", "mm^2"), (MM2, 1.0)),
    **dict.fromkeys(("cm2", "cm²", "cm^2"), (MM2, 100.0)),
    **dict.fromkeys(("um2", "um²", "µm²", "µm2"), (MM2, 1e-06)),
    **_PX,
}
_VOLUMES_ML: Final = {
    **dict.fromkeys(("ml", "mL"), 1.0),
    **dict.fromkeys(("cm3", "cm³", "cm^3"), 1.0),
    **dict.fromkeys(("mm3", "mm³", "mm^3"), 0.001),
    **dict.fromkeys(("l", "L"), 1000.0),
}
"""Unit as a question writes it → how many ml one is."""
_FACTORS_MM: Final = {"mm": 1.0, "cm": 10.0, "um": 0.001}
_POWERS: Final = {1: "", 2: "²", 3: "³"}
_PRODUCTS_MM: Final[Mapping[int, Mapping[str, float]]] = {
    1: _FACTORS_MM,
    2: {unit: of_it for unit, (measured, of_it) in _AREAS.items() if measured == MM2},
    3: {"um³": 1e-09, **{unit: 1000 * ml for unit, ml in _VOLUMES_ML.items()}},
}
"""How many lengths are multiplied → unit that the product may have → how many mm, mm² or mm³ one is."""
OF_OBJECTS: Final = "a volume is that of an object over the slices of a series"


@dataclass(frozen=True, slots=True)
class _Measure:
    of: Callable[[Region, Unit], float]
    units: _Units


_MEASURES: Final[Mapping[Size, _Measure]] = {
    "longest-diameter": _Measure(longest, _LENGTHS),
    "short-axis": _Measure(short, _LENGTHS),
    "width": _Measure(lambda region, unit: span((region,), "width", unit), _LENGTHS),
    "height": _Measure(lambda region, unit: span((region,), "height", unit), _LENGTHS),
    "area": _Measure(area, _AREAS),
}


def in_words(measured: Measured) -> str:
    """Name what is measured."""
    return "number of regions" if measured == "count" else measured.replace("-", " ")


def dimension_of(measured: Measured) -> Dimension:
    """Tell what kind of number it is: those of one kind may be divided by one another."""
    return measured if measured in ("count", "volume", "area") else "length"


def is_unit_of(measured: Measured, unit: str) -> bool:
    """Whether a question with this unit can have the measure as its answer."""
    if measured == "count":
        return unit in COUNTS or unit.startswith("{")
    return unit in _units_of(measured)


def units_of(measured: Measured) -> str:
    """Name the units that a measure may have, as alternatives."""
    return either(COUNTS[1:] if measured == "count" else _units_of(measured))


def _units_of(measured: SizeOrVolume) -> Collection[str]:
    return _VOLUMES_ML if measured == "volume" else _MEASURES[measured].units


def size_in(region: Region, size: SizeOrVolume, unit: str) -> float:
    """Measure a region. Raises NotMeasurable where that cannot be done, or the unit is none of such a size."""
    if size == "volume":
        raise NotMeasurable(f"{OF_OBJECTS}, and a region lies on one")
    _refuse_unit(size, unit)
    measured_in, of_it = _MEASURES[size].units[unit]
    return _MEASURES[size].of(region, measured_in) / of_it


def volume_in(volume_ml: float, unit: str) -> float:
    """Give a volume in a unit. Raises NotMeasurable where it is none of volumes."""
    _refuse_unit("volume", unit)
    return volume_ml / _VOLUMES_ML[unit]


def units_of_product(units: Sequence[str]) -> Collection[str]:
    """Name the units that a product of lengths may have; none: they are no lengths, or there are too many."""
    if not units or not all(unit in _FACTORS_MM for unit in units):
        return ()
    return _PRODUCTS_MM.get(len(units), {})


def converted(product: float, units: Sequence[str], unit: str) -> tuple[float, str]:
    """Give a product of lengths in a unit, and how it reads before: in mm, mm² or mm³, or cm of cm.

    Where its factors are no lengths it stays as it is. Raises NotMeasurable where the unit is none of such a product.
    """
    if not units_of_product(units):
        return product, ""
    known = _PRODUCTS_MM[len(units)]
    if unit not in known:
        raise NotMeasurable(f"a product of {len(units)} lengths is not given in {f'“{unit}”' if unit else 'no unit'}")
    mm = product * prod(_FACTORS_MM[one] for one in units)
    common = units[0] if len({*units}) == 1 else "mm"
    before = mm / _FACTORS_MM[common] ** len(units)
    sign = f"{common}{_POWERS[len(units)]}"
    return mm / known[unit], measure(round(before, 3), sign) if known[sign] != known[unit] else ""


def _refuse_unit(measured: SizeOrVolume, unit: str) -> None:
    if not is_unit_of(measured, unit):
        raise NotMeasurable(
            f"the {in_words(measured)} is not measured in {f'“{unit}”' if unit else 'a number without unit'}"
        )


def apart(entered: float, found: float) -> float:
    """Tell how far two numbers are apart, free of the dust of binary fractions."""
    return round(abs(entered - found), DECIMALS)


def shown(size: float, unit: str) -> str:
    """Write what was measured with its unit."""
    return measure(round(size, 3), unit)
