"""Numbers that say what they count, in which unit, and how large that can be."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Annotated

from guidelint.validation.rule.parameters.multiple import AREA, LENGTH, VOLUME, TimesArea, TimesLength, TimesVolume
from guidelint.validation.rule.parameters.quantity import Amount

LENGTH_MM = replace(LENGTH, multiple=TimesLength)
AREA_MM2 = replace(AREA, multiple=TimesArea)
VOLUME_ML = replace(VOLUME, multiple=TimesVolume)
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
"""A length, or a multiple of one that the image states; whoever judges finds a number here."""
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
