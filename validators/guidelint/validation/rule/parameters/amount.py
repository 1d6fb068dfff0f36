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
SLACK_MM = replace(LENGTH_MM, sensible=(0.0002, 100))
"""How far a hand may be off, and not how long something is."""
SPECK_MM2 = replace(AREA_MM2, sensible=(1e-8, 10_000))
"""What may be overlooked, and not how large something is."""
LENGTH_PX = Amount("length", "pixels", sensible=(0.01, 65_535))
"""To the longest side of a picture that browsers show."""
SLACK_PX = Amount("length", "pixels", sensible=(0.01, 100))
AREA_PX = Amount("area", "pixels", sensible=(0.1, 65_535**2), exact=True)
ATTENUATION_HU = Amount("attenuation", "HU", least=-2000, most=100_000, sensible=(-1100, 4_000), exact=True)
"""Air has -1000 HU, cortical bone about 2000; metal is shown as more."""
GREY_VALUE = Amount("grey value", least=-inf, sensible=(-100_000, 100_000), exact=True)
SPACING_MM = Amount("pixel spacing", "mm", above_least=True, sensible=(0.00002, 20), exact=True)
FRACTION = Amount("fraction", most=1.0, above_least=True, sensible=(1e-8, 1))
OVERLAP = Amount("fraction", most=1.0, above_least=True, sensible=(0.01, 1))
"""What two areas have in common; less than a hundredth is nothing in common."""
SAME = replace(OVERLAP, sensible=(0.01, 0.95))
"""What two areas have in common that are drawn by hand around one thing."""
SHARE = Amount("share", most=1.0)
EXCEPTIONS = Amount("share", most=1.0, sensible=(0.0001, 0.9))
"""What may depart; where nearly all may, nothing is asked."""
ANGLE_DEG = Amount("angle", "degrees", least=-360, most=360)
SECONDS = Amount("time", "seconds", sensible=(0.01, 14_400))
MINUTES = Amount("time", "minutes", above_least=True, sensible=(0.1, 43_200))
HOURS = Amount("time", "hours", above_least=True, sensible=(0.05, 20_000))
COUNT = Amount("whole number", sensible=(0, 100_000), exact=True)
AT_LEAST_ONE = Amount("whole number from 1 on", least=1, sensible=(1, 100_000), exact=True)
AT_LEAST_TWO = Amount("whole number from 2 on", least=2, sensible=(2, 100_000), exact=True)
FEW = Amount("whole number", sensible=(0, 1_000), exact=True)
ONE_OR_A_FEW = Amount("whole number from 1 on", least=1, sensible=(1, 1_000), exact=True)
TWO_OR_A_FEW = Amount("whole number from 2 on", least=2, sensible=(2, 1_000), exact=True)
SAMPLE = Amount("whole number from 1 on", least=1, sensible=(1, 10_000), exact=True)
"""How many there must be until anything is told of them."""
READER_COUNT = Amount("whole number from 1 on", least=1, sensible=(1, 100), exact=True)
RATIO = Amount("ratio from 1 on", least=1, sensible=(1.01, 10_000), exact=True)
DIAMETERS = Amount("multiple of a diameter", sensible=(0.01, 1_000))
FACTOR = Amount("factor", above_least=True, sensible=(1e-6, 1e6))
ANSWER = Amount("number", least=-inf, sensible=(-inf, inf))

LengthMm = Annotated[float, LENGTH_MM]
"""A length, or a multiple of one that the image states; whoever judges finds a number here."""
AreaMm2 = Annotated[float, AREA_MM2]
SlackMm = Annotated[float, SLACK_MM]
SpeckMm2 = Annotated[float, SPECK_MM2]
VolumeMl = Annotated[float, VOLUME_ML]
LengthPx = Annotated[float, LENGTH_PX]
SlackPx = Annotated[float, SLACK_PX]
AreaPx = Annotated[float, AREA_PX]
SpacingMm = Annotated[float, SPACING_MM]
AttenuationHu = Annotated[float, ATTENUATION_HU]
"""What a pixel of CT measures, in Hounsfield units."""
GreyValue = Annotated[float, GREY_VALUE]
"""What a pixel stores, brighter being more; it compares with nothing but images made alike."""
Fraction = Annotated[float, FRACTION]
"""A part of a whole, 1 being all of it; more than nothing."""
SameFraction = Annotated[float, SAME]
OverlapFraction = Annotated[float, OVERLAP]
"""The part of two areas that both have, 1 being all of it."""
Share = Annotated[float, SHARE]
"""A part of a whole, 1 being all of it, and 0 nothing."""
ExceptionShare = Annotated[float, EXCEPTIONS]
"""The part that may be otherwise, 1 being all of it."""
AngleDeg = Annotated[float, ANGLE_DEG]
Seconds = Annotated[float, SECONDS]
Minutes = Annotated[float, MINUTES]
Hours = Annotated[float, HOURS]
Factor = Annotated[float, FACTOR]
"""By what something is multiplied."""
Count = Annotated[int, COUNT]
OneOrMore = Annotated[int, AT_LEAST_ONE]
TwoOrMore = Annotated[int, AT_LEAST_TWO]
Few = Annotated[int, FEW]
OneOrAFew = Annotated[int, ONE_OR_A_FEW]
TwoOrAFew = Annotated[int, TWO_OR_A_FEW]
Sample = Annotated[int, SAMPLE]
Readers = Annotated[int, READER_COUNT]
Ratio = Annotated[float, RATIO]
"""So many times as large, or as many."""
Diameters = Annotated[float, DIAMETERS]
"""So many times the diameter of something else."""
Answer = Annotated[float, ANSWER]
"""A number that somebody answers, in whatever unit the question has."""
AnswerStep = Annotated[float, Amount("number", above_least=True)]
"""A distance of such numbers."""
Tolerance = Annotated[float, Amount("number")]
"""By how much two of such numbers may differ."""
