"""Numbers that say what they count, in which unit, and how large that can be."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING, Annotated, Any, cast

from guidelint.validation.rule.parameters.meaning import Meaning

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Amount(Meaning):
    """What a number counts."""

    quantity: str
    """What is counted or measured, e.g. ``length``."""
    unit: str = ""
    """How a sentence writes the unit; empty for what has none."""
    least: float = 0.0
    """Smallest number that means anything."""
    most: float = inf
    """Largest number that means anything."""
    above_least: bool = False
    """Whether the smallest number itself means nothing."""
    sensible: tuple[float, float] = (0.0, inf)
    """From which number to which one believes it; beyond, a unit was mistaken or a digit is too many."""
    exact: bool = False
    """Whether what is compared with it can be equal to it: counts, values of a header; not what is measured."""

    @property
    def words(self) -> str:
        """The quantity and its unit, or between which numbers it lies."""
        if self.unit:
            return f"{self.quantity} in {self.unit}"
        return f"{self.quantity} from {self.least:g} to {self.most:g}" if isfinite(self.most) else self.quantity

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Refuse numbers that mean nothing."""
        schema: Any = handler(source)
        whole = schema["type"] == "int"
        limits = {"gt" if self.above_least else "ge": self.least, "le": self.most}
        bounds = {name: int(end) if whole else end for name, end in limits.items() if isfinite(end)}
        return cast("CoreSchema", {**schema, **bounds, **({} if whole else {"allow_inf_nan": False})})

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Give the unit beside the range."""
        return {**handler(schema), "x-what": self.words}


LENGTH_MM = Amount("length", "mm", sensible=(0.0002, 3_000))
"""From what a light microscope resolves to the length of a person and more."""
AREA_MM2 = Amount("area", "mm²", sensible=(1e-8, 9_000_000))
VOLUME_ML = Amount("volume", "ml", sensible=(1e-9, 300_000))
LENGTH_PX = Amount("length", "pixels", sensible=(0.01, 1_000_000))
AREA_PX = Amount("area", "pixels", sensible=(0.1, 1e11), exact=True)
SPACING_MM = Amount("pixel spacing", "mm", above_least=True, sensible=(0.00002, 100), exact=True)
FRACTION = Amount("fraction", most=1.0, above_least=True)
SHARE = Amount("share", most=1.0)
ANGLE_DEG = Amount("angle", "degrees", least=-360, most=360)
SECONDS = Amount("time", "seconds", sensible=(0.001, 1_000_000))
MINUTES = Amount("time", "minutes", above_least=True, sensible=(0.1, 100_000))
HOURS = Amount("time", "hours", above_least=True, sensible=(0.01, 20_000))
COUNT = Amount("whole number", sensible=(0, 1_000_000), exact=True)
AT_LEAST_ONE = Amount("whole number from 1 on", least=1, sensible=(1, 1_000_000), exact=True)
AT_LEAST_TWO = Amount("whole number from 2 on", least=2, sensible=(2, 1_000_000), exact=True)
RATIO = Amount("ratio from 1 on", least=1, sensible=(1, 1_000_000), exact=True)
ANSWER = Amount("number", least=-inf, sensible=(-inf, inf))

LengthMm = Annotated[float, LENGTH_MM]
AreaMm2 = Annotated[float, AREA_MM2]
VolumeMl = Annotated[float, VOLUME_ML]
LengthPx = Annotated[float, LENGTH_PX]
AreaPx = Annotated[float, AREA_PX]
SpacingMm = Annotated[float, SPACING_MM]
Fraction = Annotated[float, FRACTION]
"""A part of a whole, 1 being all of it; more than nothing."""
Share = Annotated[float, SHARE]
"""A part of a whole, 1 being all of it, and 0 nothing."""
AngleDeg = Annotated[float, ANGLE_DEG]
Seconds = Annotated[float, SECONDS]
Minutes = Annotated[float, MINUTES]
Hours = Annotated[float, HOURS]
Count = Annotated[int, COUNT]
OneOrMore = Annotated[int, AT_LEAST_ONE]
TwoOrMore = Annotated[int, AT_LEAST_TWO]
Ratio = Annotated[float, RATIO]
"""So many times as large, or as many."""
Answer = Annotated[float, ANSWER]
"""A number that somebody answers, in whatever unit the question has."""
AnswerStep = Annotated[float, Amount("number", above_least=True)]
"""A distance of such numbers."""
