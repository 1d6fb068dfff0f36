"""Ratios and percentages that follow from what is drawn, from the guideline to verdict and instructions."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from guidelint.annotation.region import Answer, Region
from guidelint.annotation.shape import Polygon, Rectangle
from guidelint.annotation.submission import Submission
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.language.load import load, loaded
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan

CHEST = """\
guidelint: 1
guideline: chest
version: 0.1.0
title: Heart size on chest radiographs
summary: Heart and thorax are outlined.
images: {modality: CR}
classes:
  heart: {title: Heart, definition: The outline of the heart., draw: polygon}
  thorax: {title: Thorax, definition: The inner border of the ribs., draw: polygon}
attributes:
  heart-size:
    title: Heart size
    of: image
    choose_one: {normal: Normal, enlarged: Enlarged}
    derive:
      ratio: {of: {width: heart}, to: {width: thorax}}
      bands: {normal: {at_most: 0.5}, enlarged: {above: 0.5}}
      entered: never
empty_reading: {means: Nothing was outlined.}
instructions: Outline the heart and the inner border of the ribs.
"""


def outline(number: int, class_name: str, width_px: float, height_px: float = 50.0) -> Region:
    """A rectangle of an image with pixels half a millimetre wide and one high."""
    points = np.array([(5.0, 5.0), (5.0 + width_px, 5.0), (5.0 + width_px, 5.0 + height_px), (5.0, 5.0 + height_px)])
    return Region(
        str(number),
        class_name,
        Polygon(points),
        (600, 600),
        number=number,
        spacing=Spacing(row_mm=1.0, column_mm=0.5),
        class_title=class_name.title(),
    )


def told(text: str, *regions: Region, **answers: str | float) -> list[str]:
    """Judge by a plan as a vendor reads it."""
    plan = Plan.from_json(compile_plan(load(text), catalogue()).to_json(), catalogue())
    said = {name.replace("_", "-"): Answer(name.replace("_", "-"), (value,)) for name, value in answers.items()}
    submission = replace(Submission("1", "1", "ann", ImageFacts()), answers=said, regions=regions)
    found = judge(plan, submission)
    return [finding.message for finding in found.findings if finding.rule == "derived-answer"]


def mistakes(text: str) -> list[str]:
    """Read a guideline with mistakes."""
    with pytest.raises(GuidelineProblems) as raised:
        loaded(text)
    return [problem.message for problem in raised.value.problems]


def test_a_cardiothoracic_ratio_is_told_where_nobody_enters_it() -> None:
    widths = "width of Region 1 Heart 142\N{NO-BREAK SPACE}mm / width of Region 2 Thorax 268\N{NO-BREAK SPACE}mm = 0.53"
    assert told(CHEST, outline(1, "heart", 284), outline(2, "thorax", 536)) == [f"Heart size is Enlarged: {widths}"]
    assert told(CHEST) == []


def test_the_instructions_say_what_is_divided_by_what_and_which_ratio_leads_to_which_answer() -> None:
    guideline = load(CHEST)
    read = re.sub("<[^>]+>", "", outputs(guideline, compile_plan(guideline, catalogue()))["instructions.html"])
    assert "It is the width of every Heart divided by the width of every Thorax." in read
    assert "Normal: at most 0.5; Enlarged: above 0.5." in read


PERCENT = (
    CHEST.replace("choose_one: {normal: Normal, enlarged: Enlarged}", 'number: {min: 0, max: 100, unit: "%"}')
    .replace("      bands: {normal: {at_most: 0.5}, enlarged: {above: 0.5}}\n", "")
    .replace("width", "area")
    .replace("entered: never", "tolerance: 5")
    .replace("heart-size", "share")
)


def test_a_percentage_that_was_entered_is_the_one_of_the_areas_to_within_the_tolerance() -> None:
    drawn = outline(1, "heart", 100), outline(2, "thorax", 400)
    assert "What you enter may differ by up to 5\N{NO-BREAK SPACE}%." in instructions(load(PERCENT))
    assert told(PERCENT, *drawn, share=30.0) == []
    areas = (
        "area of Region 1 Heart 2500\N{NO-BREAK SPACE}mm² / area of Region 2 Thorax 10000\N{NO-BREAK SPACE}mm²"
        " = 25\N{NO-BREAK SPACE}%"
    )
    assert told(PERCENT, *drawn, share=31.0) == [f"Heart size is answered 31\N{NO-BREAK SPACE}%; {areas}"]


def test_what_is_no_ratio_leads_to_no_answer_or_measures_another_region_is_a_mistake() -> None:
    (said,) = mistakes(CHEST.replace("to: {width: thorax}", "to: {area: thorax}"))
    assert "width is divided by area, which is no ratio: measure both alike" in said
    assert mistakes(CHEST.replace("enlarged: {above: 0.5}", "enlarged: {at_least: 0.5}")) == [
        "a ratio of 0.5 leads to `normal` and to `enlarged`"
    ]
    assert mistakes(PERCENT.replace('"%"', "mm2")) == ["a ratio follows, in `mm2`"]
    assert mistakes(CHEST.replace("of: image", "of: heart")) == [
        "`heart-size` asks `heart`, each by itself, and follows from the width of `thorax`"
    ]
    (gap,) = [
        problem.message
        for problem in loaded(CHEST.replace("above: 0.5", "above: 0.6")).warnings.problems
        if problem.code == "bands-with-gap"
    ]
    assert gap == "no answer to `heart-size` follows from a ratio of 0.55 and 0.6"


def test_a_nodule_taller_than_wide_contradicts_its_answer_but_for_the_tolerance() -> None:
    shape = CHEST.replace("of: image", "of: heart").replace("{width: heart}", "{height: heart}")
    shape = shape.replace("{width: thorax}", "{width: heart}").replace("entered: never", "tolerance: 0.1")
    shape = re.sub(r"bands:.*", "bands: {normal: {at_most: 1}, enlarged: {above: 1}}", shape)

    def of(height_px: float) -> list[str]:
        region = outline(1, "heart", 100, height_px)
        answers = {"heart-size": Answer("heart-size", ("normal",))}
        return told(shape, msgspec.structs.replace(region, answers=answers))

    near = "Where the value lies within 0.1 of a limit, the answers on both sides of it are accepted."
    assert near in instructions(load(shape))
    assert of(55) == []
    sizes = "height of Region 1 Heart 56\N{NO-BREAK SPACE}mm / width of Region 1 Heart 50\N{NO-BREAK SPACE}mm = 1.12"
    assert of(56) == [f"Heart size is answered Normal; {sizes} → Enlarged"]


def outlined(what: str, *regions: Region, **answers: str | float) -> tuple[str, set[str]]:
    """Judge by a guideline of the library; tell the decision, and which of its escalations or derivations speak."""
    plan = compile_plan(find(what), catalogue())
    said = {name: Answer(name, (value,)) for name, value in answers.items()}
    found = judge(plan, replace(Submission("1", "1", "ann", ImageFacts()), answers=said, regions=regions))
    clauses = {one.clause for one in found.findings if one.level != "note"}
    return found.decision, {clause for clause in clauses if "escalation" in clause or "derive" in clause}


def test_a_heart_that_is_marked_as_enlarged_and_is_not_goes_to_a_radiologist() -> None:
    what = "chest-radiograph-findings"
    chest = msgspec.structs.replace(outline(2, "chest", 500), shape=Rectangle(5.0, 5.0, 500.0, 50.0))
    decision, told_by = outlined(what, outline(1, "cardiomegaly", 200), chest, view="pa")
    assert (decision, told_by) == ("escalated", {"escalation.when.heart-not-wide.answer-escalates"})
    assert outlined(what, outline(1, "cardiomegaly", 300), chest, view="pa") == ("accepted", set())
    assert outlined(what, view="pa", **{"nothing-to-mark": "no-finding"}) == ("accepted", set())


def test_a_score_that_the_outlined_areas_contradict_goes_to_a_pathologist_and_a_benign_biopsy_to_nobody() -> None:
    gleason = "prostate-gleason"
    drawn = outline(1, "pattern-3", 100), msgspec.structs.replace(outline(2, "pattern-4", 200), item=2)
    score: dict[str, str | float] = {"cancer": "yes", "primary": 3.0, "secondary": 4.0, "grade-group": 2.0}
    assert "escalation.when.mostly-pattern-4.answer-escalates" in outlined(gleason, *drawn, **score)[1]
    assert outlined(gleason, cancer="no") == ("accepted", set())
