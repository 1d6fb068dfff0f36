"""The rule ``entered-matches-measured``."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.each_once import each_once
from guidelint.annotation.region import as_number
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.measured_in import Measured, MeasureOf, apart, in_words, is_unit_of, shown, size_in
from guidelint.validation.question import Asked, QuestionRule
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.parameters.amount import Tolerance
from guidelint.validation.rule.parameters.free_text import UnitSign
from guidelint.validation.rule.parameters.naming import NUMBER, Classes, QuestionOf
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.titles import ClassTitles
from guidelint.validation.rule.wording import either, measure, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region, Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply


class EnteredMatchesMeasured(QuestionRule):
    """A number that was entered is the one that is measured of what was drawn.

    ## Why
    Whoever reads a diameter off a calliper and draws an outline beside it has said the same thing twice. Where the two
    differ, one of them belongs to another lesion, another slice or another unit.

    ## How it is measured
    Asked of regions: the longest diameter, the short axis or the area of the region, as ``diameter-limits`` and
    ``area-limits`` measure them, in the unit of the question. Asked of the image: the largest such size among the
    regions of the classes under ``of_regions`` on it, or with ``count`` how many of them there are. Departs where the
    number that was entered differs by more than ``tolerance``. What is not entered is not compared. A volume cannot be
    told here: it is that of an object over its slices, with which ``derive:`` of the question compares.

    ## Source
    A choice of this catalogue.
    """

    attribute: Annotated[str, QuestionOf(kinds=NUMBER), From("attributes.*", "name")]
    measured: Annotated[Measured, MeasureOf("attribute")]
    """What it is compared with; a count is one of an image."""
    tolerance: Tolerance = 0.0
    """By how much the two may differ, in the unit of the question."""
    of_regions: Classes = ()
    """Classes whose regions are measured or counted, where the whole image is asked; none: all."""
    unit: Annotated[UnitSign, From("attributes.*.number.unit", fills_in=True)] = ""
    """Unit of the question: mm, cm, um, mm2, cm2, um2, px; 1, none or a word in braces for a count."""
    class_titles: ClassTitles = {}
    """The classes as annotators see them: key → title."""

    needs = frozenset({"answers"})
    says = {
        "differs": Says(
            "{question} is {answer}, and the {what} of what is drawn is {measured}:"
            " {difference} apart, where {tolerance} may be",
            "Measure again: correct the number, or what is drawn.",
            "Have it measured again, and the number or the drawing corrected.",
        ),
        "miscounted": Says(
            "{question} is {answer}, and {marked} of {what} marked: {difference} apart, where {tolerance} may be",
            "Count again: correct the number, or mark what is missing.",
            "Have it counted again.",
        ),
        "nothing-drawn": Says(
            "{question} is {answer}, and no {what} is marked that it could be measured of",
            "Mark what was measured, or take the number away.",
            "Have what was measured marked, or the number taken away.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self.asked_about(names, 'every')} is the {self._what(names)}{self._within(names)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is not the {self._what(names)}{self._within(names)}"

    def _what(self, names: Names) -> str:
        if self.classes or not (self.of_regions or self.measured == "count"):
            return f"{in_words(self.measured)} of what is drawn"
        of = either(map(names.class_, self.of_regions)) or "any class"
        return f"{in_words(self.measured)} of {of} on the image"

    def _within(self, names: Names) -> str:
        unit = self.unit or names.unit(self.attribute)
        within = f", to within {measure(self.tolerance, unit)}" if self.tolerance else ""
        return f", in {unit}{within}" if unit else within

    @property
    def _kind(self) -> str:
        return either(self.class_titles.get(name, name) for name in self.of_regions) or "region"

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare every number with what it should be."""
        for one, said in self.answered(submission):
            try:
                yield from self._compare(one, said, submission)
            except NotMeasurable as error:
                yield CannotTell(str(error), one.regions)

    def _compare(self, one: Asked, said: tuple[Value, ...], submission: Submission) -> Iterator[Reply]:
        regions = one.regions or self._on_image(one, submission)
        for entered in map(as_number, said):
            if entered is None or not isfinite(entered):
                continue  # another rule tells
            answer = Quantity(entered, self.unit)
            if self.measured == "count":
                yield from self._counted(one, answer, len(regions))
            elif not regions:
                yield self.departs("nothing-drawn", question=self.question_to(one), answer=answer, what=self._kind)
            else:
                size = self.measured
                found = max(size_in(region, size, self.unit) for region in regions)
                difference = apart(answer.value, found)
                if difference > self.tolerance:
                    yield self.departs(
                        "differs",
                        *one.regions,
                        question=self.question_to(one),
                        what=in_words(size),
                        answer=measure(answer.value, self.unit),
                        measured=shown(found, self.unit),
                        difference=Quantity(difference, self.unit),
                        tolerance=Quantity(self.tolerance, self.unit),
                    )

    def _counted(self, one: Asked, answer: Quantity, count: int) -> Iterator[Reply]:
        if one.regions:
            raise NotMeasurable("a region is one, and has no number of regions")
        if not is_unit_of("count", self.unit):
            raise NotMeasurable(f"a number of regions is not given in “{self.unit}”")
        difference = apart(answer.value, count)
        if difference > self.tolerance:
            yield self.departs(
                "miscounted",
                question=self.question_to(one),
                answer=number(answer.value),
                marked=str(count),
                difference=Quantity(difference),
                what=self._kind,
                tolerance=Quantity(self.tolerance),
            )

    def _on_image(self, one: Asked, submission: Submission) -> tuple[Region, ...]:
        return tuple(
            region for region in each_once(filter(self._is_meant, submission.regions)) if one.is_on_image(region)
        )

    def _is_meant(self, region: Region) -> bool:
        return not self.of_regions or region.class_name in self.of_regions

    cases = (
        Case(
            "the longest diameter as drawn",
            {"attribute": "size", "classes": ["lesion"], "measured": "longest-diameter", "unit": "mm"},
            Drawn(text="####\n####\n####", answers={"size": 5.0}),
        ),
        Case(
            "within the tolerance",
            {
                "attribute": "size",
                "classes": ["lesion"],
                "measured": "longest-diameter",
                "unit": "mm",
                "tolerance": 0.1,
            },
            Drawn(text="####\n####\n####", answers={"size": 5.1}),
        ),
        Case(
            "beyond the tolerance",
            {
                "attribute": "size",
                "title": "Longest diameter",
                "classes": ["lesion"],
                "measured": "longest-diameter",
                "unit": "mm",
                "tolerance": 0.5,
            },
            Drawn(text="####\n####\n####", answers={"size": 4.4}),
            finds=(
                "Longest diameter is 4.4\N{NO-BREAK SPACE}mm, and the longest diameter of what is drawn is"
                " 5\N{NO-BREAK SPACE}mm: 0.6 mm apart, where 0.5 mm may be"
            ),
        ),
        Case(
            "in centimetres",
            {"attribute": "size", "classes": ["lesion"], "measured": "longest-diameter", "unit": "cm"},
            (
                Drawn(text="####....\n####....\n####....", answers={"size": 0.5}),
                Drawn(text="....####\n....####\n....####", answers={"size": 5.0}),
            ),
            finds="the longest diameter of what is drawn is 0.5\N{NO-BREAK SPACE}cm: 4.5 cm apart",
        ),
        Case(
            "the short axis",
            {"attribute": "axis", "classes": ["lesion"], "measured": "short-axis", "unit": "mm"},
            Drawn(text=".b.\na.c\n.d.", as_="polygon", answers={"axis": 3.0}),
            finds="the short axis of what is drawn is 2\N{NO-BREAK SPACE}mm: 1 mm apart",
        ),
        Case(
            "the area",
            {"attribute": "size", "classes": ["lesion"], "measured": "area", "unit": "cm2"},
            Drawn(text="##\n##", answers={"size": 0.05}),
            finds="the area of what is drawn is 0.04\N{NO-BREAK SPACE}cm2: 0.01 cm2 apart",
        ),
        Case(
            "a unit that is none of such a size",
            {"attribute": "size", "classes": ["lesion"], "measured": "area", "unit": "mm"},
            Drawn(text="##\n##", answers={"size": 4.0}),
            cannot="the area is not measured in “mm”",
        ),
        Case(
            "a volume",
            {"attribute": "size", "classes": ["lesion"], "measured": "volume", "unit": "ml"},
            Drawn(text="##\n##", answers={"size": 4.0}),
            cannot="a volume is that of an object over the slices of a series, and a region lies on one",
        ),
        Case(
            "spacing not known",
            {"attribute": "size", "classes": ["lesion"], "measured": "area", "unit": "mm2"},
            Drawn(text="##", answers={"size": 2.0}),
            cannot="pixel spacing",
            spacing=None,
        ),
        Case(
            "in pixels, where it is not known",
            {"attribute": "size", "classes": ["lesion"], "measured": "area", "unit": "px"},
            Drawn(text="##", answers={"size": 2.0}),
            spacing=None,
        ),
        Case(
            "not entered, or no number",
            {"attribute": "size", "classes": ["lesion"], "measured": "area", "unit": "mm2"},
            (Drawn(text="##.."), Drawn(text="..##", answers={"size": "large"})),
        ),
        Case(
            "infinite",
            {"attribute": "size", "classes": ["lesion"], "measured": "area", "unit": "mm2"},
            Drawn(text="##", answers={"size": float("inf")}),
        ),
        Case(
            "the largest on the image",
            {"attribute": "size", "measured": "area", "of_regions": ["lesion"], "unit": "mm2"},
            (Drawn(text="##....."), Drawn(text="..###.."), Drawn(text="...####", class_name="other")),
            answers={"size": 3.0},
        ),
        Case(
            "nothing is marked that it could be of",
            {"attribute": "size", "measured": "area", "of_regions": ["mass"], "class_titles": {"mass": "Mass"}},
            "#",
            finds="size is 3, and no Mass is marked that it could be measured of",
            answers={"size": 3.0},
        ),
        Case(
            "counted on each of two images",
            {"attribute": "lesions", "measured": "count", "of_regions": ["lesion"], "unit": "{regions}"},
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1), Drawn(text="#", item_index=1)),
            finds="lesions of image 1 is 2, and 1 of lesion marked: 1 apart, where 0 may be",
            item_answers={0: {"lesions": 2.0}, 1: {"lesions": 2.0}},
        ),
        Case(
            "miscounted within the tolerance",
            {"attribute": "cells", "measured": "count", "tolerance": 1},
            (Drawn(text="#.."), Drawn(text="..#", class_name="other")),
            answers={"cells": 3.0},
        ),
        Case(
            "a number of regions in millimetres",
            {"attribute": "cells", "measured": "count", "unit": "mm"},
            "#",
            cannot="a number of regions is not given in “mm”",
            answers={"cells": 1.0},
        ),
        Case(
            "a number of regions asked of a region",
            {"attribute": "cells", "classes": ["lesion"], "measured": "count"},
            Drawn(text="#", answers={"cells": 1.0}),
            cannot="a region is one, and has no number of regions",
        ),
    )
