"""Answers that follow from criteria: the rule of 4-2-1 and the zone of an exudate, from the guideline to the banner."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.language.mistakes import problems

from guidelint.labelstudio.target import outputs
from guidelint.labelstudio.writeback.banner import banner_of
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue
from guidelint.validation.criteria.criteria import Criteria
from guidelint.validation.criteria.told import criteria_told
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.names import Names, plain

if TYPE_CHECKING:
    from guidelint.annotation.tool import Tool
    from guidelint.validation.judging.verdict import Verdict

EYE = """\
guidelint: 1
guideline: eye
version: 0.1.0
title: Eye
summary: Grades an eye.
instructions: Mark what you see.
classes:
  fovea: {title: Fovea, definition: The middle of the macula., draw: keypoint}
  disc: {title: Optic disc, definition: Where the nerve leaves the eye., draw: ellipse}
  dot: {title: Microaneurysm, definition: A small round dot., draw: keypoint}
  blot: {title: Haemorrhage, definition: A blot of blood., draw: brush, border: inner}
  bead: {title: Venous beading, definition: A vein like a string of beads., draw: brush, border: inner}
  irma: {title: IRMA, definition: A fine tortuous vessel within the retina., draw: brush, border: inner}
  exudate: {title: Hard exudate, definition: A yellow deposit., draw: brush, border: inner}
  vessels: {title: New vessels, definition: Vessels in loops., draw: brush, border: inner}
attributes:
  readable: {title: Readable, of: image, choose_one: {yes: Yes, no: No}, required: true}
  prominent: {title: Prominent, of: irma, choose_one: {yes: Yes, no: No}, required: true}
  grade:
    title: Grade
    of: image
    scale: {0: None, 1: Mild, 2: Moderate, 3: Severe, 4: Proliferative}
    higher_means: more severe
    derive:
      entered: never
      first_of:
        4: {marked: vessels}
        3:
          any_of:
            - quadrants: {blot: {about: fovea, at_least: 4, each: 3}}
            - quadrants: {bead: {about: fovea, at_least: 2}}
            - quadrants: {irma: {about: fovea, where: {answer: {prominent: yes}}}}
        2: {marked: [blot, bead, irma]}
        1: {marked: dot}
        0: otherwise
  zone:
    title: Zone
    of: image
    choose_one: {no: No exudate, far: Away from the centre, near: At the centre}
    derive:
      first_of:
        near: {nearest: {exudate: {to: fovea, from_where: edge-to-centre, diameters: {at_most: 1}, diameter_of: disc}}}
        far: {marked: exudate}
        no: otherwise
empty_reading: {say: {readable: no}}
"""
GUIDELINE = load(EYE)
PLAN = Plan.from_json(compile_plan(GUIDELINE, catalogue()).to_json(), catalogue())
SIDE = 12


def drawn(class_name: str, x: int, y: int, tool: Tool = "brush", width: int = 1, **answers: str) -> Drawn:
    """Draw a row of pixels on an image of 12 × 12."""
    row = "." * x + "#" * width + "." * (SIDE - x - width)
    text = "\n".join(row if line == y else "." * SIDE for line in range(SIDE))
    return Drawn(text=text, class_name=class_name, as_=tool, answers=answers)


FOVEA = drawn("fovea", 6, 6, "keypoint")
DISC = drawn("disc", 9, 6, "ellipse", width=3)
LEFT_ABOVE, RIGHT_ABOVE, LEFT_BELOW, RIGHT_BELOW = (1, 1), (9, 1), (1, 9), (9, 9)
EVERYWHERE = (LEFT_ABOVE, RIGHT_ABOVE, LEFT_BELOW, RIGHT_BELOW)


def blots(*each: int) -> tuple[Drawn, ...]:
    """Draw so many haemorrhages in each quadrant."""
    return tuple(
        drawn("blot", x, y + row) for (x, y), count in zip(EVERYWHERE, each, strict=True) for row in range(count)
    )


def judged(*draws: Drawn, **answers: str) -> Verdict:
    (submission,) = submissions_of(Case("eye", {}, draws, answers={"readable": "yes", **answers}, spacing=None))
    return judge(PLAN, submission)


def grade(*draws: Drawn) -> tuple[str, str]:
    """Give the grade that follows, and by what; or why none does."""
    found = judged(*draws)
    told = next((one for one in found.derived if one.evidence["attribute"] == "grade"), None)
    return (str(told.evidence["value"]), told.message) if told else ("", found.not_checked[0].message)


@pytest.mark.parametrize(
    ("draws", "expected", "because"),
    [
        ((FOVEA,), "0", "Grade is None: nothing holds that leads to another answer"),
        ((FOVEA, drawn("dot", 1, 1, "keypoint")), "1", "Grade is Mild: 1 × Microaneurysm"),
        ((FOVEA, *blots(3, 3, 3, 2)), "2", "Grade is Moderate: 11 × Haemorrhage"),
        ((FOVEA, *blots(3, 3, 3, 3)), "3", "Grade is Severe: at least 3 Haemorrhage in each of 4 of 4 quadrants"),
        ((FOVEA, drawn("bead", 1, 1), drawn("bead", 1, 2)), "2", "Grade is Moderate: 2 × Venous beading"),
        ((FOVEA, drawn("bead", 1, 1), drawn("bead", 1, 9)), "3", "Grade is Severe: Venous beading in 2 of 4 quadrants"),
        ((FOVEA, drawn("irma", 1, 1, prominent="no")), "2", "Grade is Moderate: 1 × IRMA"),
        ((FOVEA, drawn("irma", 1, 1, prominent="yes")), "3", "Grade is Severe: IRMA in 1 of 4 quadrants"),
        ((FOVEA, drawn("vessels", 1, 1), drawn("blot", 1, 2)), "4", "Grade is Proliferative: 1 × New vessels"),
    ],
)
def test_the_rule_of_4_2_1_needs_no_prose(draws: tuple[Drawn, ...], expected: str, because: str) -> None:
    assert grade(*draws) == (expected, because)


@pytest.mark.parametrize(
    ("draws", "expected"),
    [
        ((drawn("bead", 1, 1),), "2"),
        (blots(3, 3, 3, 2), "2"),
        ((drawn("irma", 1, 1, prominent="yes"),), "3"),
        ((drawn("vessels", 1, 1), drawn("bead", 1, 1), drawn("bead", 1, 9)), "4"),
        ((drawn("bead", 1, 1), drawn("bead", 1, 9)), ""),
        ((FOVEA, drawn("fovea", 2, 2, "keypoint"), *blots(3, 3, 3, 3)), ""),
        ((drawn("irma", 1, 1, prominent="yes"), drawn("bead", 1, 1), drawn("bead", 1, 9)), "3"),
    ],
)
def test_without_the_landmark_what_is_sure_is_told_and_the_rest_cannot_be(
    draws: tuple[Drawn, ...], expected: str
) -> None:
    """One region lies in one quadrant, wherever that is; eleven are too few for three in each of four."""
    assert grade(*draws)[0] == expected


def test_quadrants_are_nasal_or_temporal_by_the_side_of_the_disc() -> None:
    """In the right eye, as it is photographed, the disc lies to the right of the fovea."""
    nasal = "quadrants: {bead: {about: fovea, nasal_towards: disc, among: [superior-nasal, inferior-nasal]}}"
    plan = compile_plan(load(EYE.replace("quadrants: {bead: {about: fovea, at_least: 2}}", nasal)), catalogue())

    def grades(*draws: Drawn) -> list[str]:
        (submission,) = submissions_of(Case("eye", {}, draws, answers={"readable": "yes"}, spacing=None))
        return [one.message for one in judge(plan, submission).derived]

    left_eye = drawn("disc", 1, 6, "ellipse", width=3)
    severe = "Grade is Severe: Venous beading in 1 of 2 quadrants (superior nasal and inferior nasal)"
    assert grades(FOVEA, DISC, drawn("bead", 9, 1)) == [severe]
    assert grades(FOVEA, DISC, drawn("bead", 1, 1)) == ["Grade is Moderate: 1 × Venous beading"]
    assert grades(FOVEA, left_eye, drawn("bead", 1, 1)) == [severe]
    assert grades(FOVEA, drawn("bead", 1, 1)) == []


def test_what_cannot_be_told_says_what_is_lacking() -> None:
    found = judged(drawn("bead", 1, 1), drawn("bead", 1, 9))
    assert found.decision == "unverified"
    reason = "it depends on the quadrants of Venous beading: no Fovea is marked"
    assert reason in found.not_checked[0].message
    two = judged(FOVEA, drawn("fovea", 2, 2, "keypoint"), drawn("bead", 1, 1), drawn("bead", 1, 9))
    assert "2 × Fovea are marked, and one is wanted" in two.not_checked[0].message


def test_an_answer_is_missing_by_which_regions_are_counted() -> None:
    """The answer is asked for besides; with beading in two quadrants the grade does not depend on it."""
    _, message = grade(FOVEA, drawn("irma", 1, 1))
    assert "Region 2 irma: it depends on the answer to “Prominent”, which is missing" in message
    assert grade(FOVEA, drawn("irma", 1, 1), drawn("bead", 1, 1), drawn("bead", 1, 9))[0] == "3"


def test_a_rule_that_goes_by_a_grade_which_cannot_be_told_cannot_be_told_either() -> None:
    """Also where one of the criteria goes by a question that is not asked; one that was left open leaves it open."""
    seen = "  seen: {title: Seen, of: image, choose_one: {yes: Yes, no: No}, required: {when: {readable: no}}}\n"
    text = EYE.replace("4: {marked: vessels}", "4: {answer: {seen: yes}}")
    text = text.replace("attributes:\n", f"attributes:\n{seen}")
    rule = "rules: {area-limits: {min_px: 5, when: {answer: {grade: '3'}}}}}"
    text = text.replace("A vein like a string of beads., draw: brush, border: inner}", f"A vein., draw: brush, {rule}")
    plan = compile_plan(load(text), catalogue())
    optional = compile_plan(load(text.replace(", required: {when: {readable: no}}", "")), catalogue())
    beads = (drawn("bead", 1, 1), drawn("bead", 1, 9))
    (submission,) = submissions_of(Case("eye", {}, beads, answers={"readable": "yes"}, spacing=None))
    assert [one.rule for one in judge(plan, submission).not_checked] == ["derived-answer", "area-limits", "area-limits"]
    assert [one.rule for one in judge(optional, submission).not_checked] == []


def test_a_zone_that_was_entered_is_compared_with_the_distance_in_disc_diameters() -> None:
    near, away = drawn("exudate", 4, 6), drawn("exudate", 1, 6)
    assert judged(FOVEA, DISC, near, zone="near").decision == "accepted"
    (wrong,) = judged(FOVEA, DISC, near, zone="far").to_change
    told = "Region 3 exudate 0.67\N{NO-BREAK SPACE}× the diameter of Optic disc from Fovea"
    assert wrong.message == f"Zone is answered Away from the centre; {told} → At the centre"
    assert judged(FOVEA, DISC, away, zone="far").decision == "accepted"
    assert "no Optic disc is marked" in judged(FOVEA, away, zone="far").not_checked[0].message
    assert judged(FOVEA, zone="no").decision == "accepted"


def test_the_banner_and_the_instructions_say_it_in_words() -> None:
    found = judged(FOVEA, drawn("bead", 1, 1), drawn("bead", 1, 9))
    assert "Grade is Severe: Venous beading in 2 of 4 quadrants" in re.sub("<[^>]+>", "", banner_of(found, {}))
    read = re.sub("<[^>]+>", "", outputs(GUIDELINE, PLAN)["instructions.html"])
    assert "It is the first of these that holds." in read
    assert "Haemorrhage lies in at least 4 of the four quadrants about Fovea (at least 3 in each)" in read
    assert "IRMA of which Prominent is Yes lies in at least 1 of the four quadrants about Fovea" in read
    assert "At the centre: the nearest Hard exudate lies at most 1\N{NO-BREAK SPACE}× the longest diameter of" in read


def test_a_plan_writes_of_criteria_what_the_author_gave() -> None:
    parts = {
        check["clause"]: check["parameters"]["derivation"]
        for check in json.loads(compile_plan(GUIDELINE, catalogue()).to_json())["checks"]
        if check["rule"] == "derived-answer"
    }
    assert parts["attributes.zone.derivation"]["first_of"][1:] == [
        {"option": "far", "criteria": {"marked": ["exudate"]}},
        {"option": "no"},
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("blot: {about", "bolt: {about", "`bolt` is not a class"),
        ("about: fovea, at_least: 2", "about: foeva, at_least: 2", "`foeva` is not a class"),
        ("about: fovea, at_least: 2", "about: fovea, above: 4", "of 4 quadrants no number is like that"),
        ("{prominent: yes}", "{prominnet: yes}", "`prominnet` is not a question"),
        (
            "blot: {about: fovea, at_least: 4, each: 3}",
            "blot: {about: fovea, where: {answer: {prominent: yes}}}",
            "asks",
        ),
        ("        4: {marked: vessels}", "        4: {answer: {prominent: yes}}", "the whole image is asked"),
        ("        1: {marked: dot}", "        1: {count: {bead: {at_least: 2}}}", "leads to `2` before"),
        ("        1: {marked: dot}\n", "", "`1` of `grade` never follows"),
        ("        0: otherwise\n", "", "follows where none of its criteria hold"),
        (
            "about: fovea, at_least: 2",
            "about: fovea, among: superior-nasal",
            "with `nasal_towards` quadrants are nasal",
        ),
        (", diameter_of: disc", "", "say of which class the diameter is meant"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place(right: str, wrong: str, told: str) -> None:
    assert right in EYE
    assert any(told in problem.message for problem in problems(EYE.replace(right, wrong)))


@pytest.mark.parametrize("word", ["otherwhise", "else", "Otherwise"])
def test_another_word_for_the_rest_is_told_with_the_right_one(word: str) -> None:
    (problem,) = problems(EYE.replace("        0: otherwise", f"        0: {word}"))
    assert problem.help == "Write `0: otherwise`."
    assert problem.edit is not None
    assert problem.edit.text == "otherwise"


def test_alternatives_among_alternatives_read_in_one_way_alone() -> None:
    large = {"any_of": ({"number": {"width": {"at_least": 25}}}, {"number": {"height": {"at_least": 25}}})}
    both = {"number": {"width": {"at_least": 9}, "height": {"at_least": 9}}}

    def said(**parts: object) -> str:
        return plain(criteria_told(Criteria.model_validate(parts), Names()))

    level = {"answer": {"level": ("3",)}}
    either = "Width is at least 25 or Height is at least 25"
    assert said(**large) == either
    assert said(**level, **large) == f"Level is 3, and either {either}"
    assert said(any_of=({**level, **large}, both)) == (
        f"Level is 3, and either {either}; or Width is at least 9 and Height is at least 9"
    )
    assert said(**level, any_of=(both, {"marked": ("bead",)})) == (
        "Level is 3, and either (Width is at least 9 and Height is at least 9) or any Bead is marked"
    )
