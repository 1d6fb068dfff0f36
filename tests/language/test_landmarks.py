"""Rules by a landmark in a guideline: beneath a class, under a condition, as a criterion, and narrowed by another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load, loaded
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.case import Case, Drawn

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.language.text.problem import Problem
    from guidelint.validation.judging.verdict import Verdict

EYE = """\
guidelint: 1
guideline: eye
version: 1.0.0
title: Eye
summary: Deposits about the fovea.
instructions: Mark every deposit.
empty_reading: {means: There is no deposit.}
classes:
  fovea: {title: Fovea, definition: The middle of the macula., draw: keypoint, count: {max: 1}}
  exudate:
    title: Hard exudate
    definition: A yellow deposit.
    draw: brush
    border: inner
    rules:
      distance-limits: {landmark: fovea, max_px: 6, when: {answer: {kind: circinate}}}
attributes:
  kind: {title: Kind, of: exudate, choose_one: {circinate: In a ring, single: Single}, required: true}
  side: {title: Side, of: exudate, choose_one: {nasal: Nasal, temporal: Temporal}, required: true}
rules:
  side-matches-position: {attribute: side, left: [temporal], right: [nasal], landmark: fovea, image_left_shows: right}
escalation:
  routes: {retina: {who: Specialist of the retina}}
  when:
    near-the-fovea: {class: exudate, distance-limits: {landmark: fovea, min_px: 3}, to: retina, because: It is near.}
"""
GUIDELINE = load(EYE)
PLAN = Plan.from_json(compile_plan(GUIDELINE, catalogue()).to_json(), catalogue())
FOVEA = Drawn(text="........#.......", class_name="fovea", as_="keypoint")
SECOND = Drawn(text="..............#.", class_name="fovea", as_="keypoint")


def exudate(text: str, **answers: Any) -> Drawn:
    return Drawn(text=text, class_name="exudate", answers={"kind": "circinate", **answers})


def judged(*draws: Drawn) -> Verdict:
    (submission,) = submissions_of(Case("eye", {}, draws, spacing=None))
    return judge(PLAN, submission)


@pytest.mark.parametrize(
    ("draws", "decision", "told"),
    [
        ((FOVEA, exudate("..#.............", side="nasal")), "accepted", []),
        (
            (FOVEA, exudate(".#..............", side="nasal")),
            "returned",
            ["it lies 7 px from Fovea, above the limit of 6 px"],
        ),
        ((FOVEA, exudate(".#..............", side="nasal", kind="single")), "accepted", []),
        ((FOVEA, exudate("..........#.....", side="temporal")), "escalated", []),
        (
            (FOVEA, exudate("............#...", side="nasal")),
            "returned",
            ["Side is answered Nasal, and it lies on the right of the image, which shows the patient's left"],
        ),
        ((exudate("..#.............", side="nasal"),), "unverified", []),
        ((FOVEA, SECOND, exudate("..#.............", side="nasal")), "returned", ["no more than 1 may be"]),
        ((FOVEA, exudate("......####......", side="nasal", kind="single")), "unverified", []),
    ],
)
def test_places_are_judged_by_the_landmark_on_the_image(
    draws: tuple[Drawn, ...], decision: str, told: list[str]
) -> None:
    """The landmark is asked no question, and stays one where a rule stands under a condition on the others."""
    found = judged(*draws)
    assert found.decision == decision
    assert len(found.to_change) == len(told)
    assert all(words in finding.message for words, finding in zip(told, found.to_change, strict=True))


def test_annotators_read_by_what_places_are_judged() -> None:
    read = re.sub("<[^>]+>", "", outputs(GUIDELINE, PLAN)["instructions.html"])
    assert "lies at most 6\N{NO-BREAK SPACE}pixels from Fovea, from edge to edge" in read
    assert (
        "Nasal on the left of the image and Temporal on the right of the image, parted at the centre of Fovea" in read
    )
    assert "any Hard exudate lies under 3\N{NO-BREAK SPACE}pixels from Fovea" in read


@pytest.mark.parametrize(
    ("own", "problems"),
    [
        ("max_px: 5", 0),
        ("max_px: 7", 1),
        ("min_px: 1, max_px: 6", 0),
        ("from_where: centres, max_px: 6", 1),
    ],
)
def test_an_extension_may_ask_for_nearer_and_not_for_farther(own: str, problems: int, tmp_path: Path) -> None:
    released = EYE.replace("title: Eye\n", "title: Eye\nstatus: released\nauthors: [Ann Author]\n")
    (tmp_path / "eye.yaml").write_text(released, encoding="utf-8")
    text = (
        "guidelint: 1\nguideline: site\nversion: 1.0.0\nextends: ./eye.yaml\n"
        f"classes: {{exudate: {{rules: {{distance-limits: {{landmark: fovea, {own}}}}}}}}}\n"
    )
    assert len(refused(text, tmp_path)) == problems


def refused(text: str, folder: Path) -> tuple[Problem, ...]:
    try:
        loaded(text, folder=folder)
    except GuidelineProblems as found:
        return found.problems
    return ()


def test_an_extension_may_not_let_an_answer_follow_otherwise(tmp_path: Path) -> None:
    follows = (
        "  near: {title: Near, of: image, choose_one: {yes: Yes, no: No}, derive: {first_of: {yes: {nearest: {exudate:"
        " {to: fovea, px: {at_most: 3}}}}, no: otherwise}}}\n"
    )
    (tmp_path / "eye.yaml").write_text(EYE.replace("rules:\n  side", f"{follows}rules:\n  side"), encoding="utf-8")
    text = (
        "guidelint: 1\nguideline: site\nversion: 1.0.0\nextends: ./eye.yaml\n"
        "attributes: {near: {derive: {first_of: {yes: {nearest: {exudate: {px: {at_most: 4}}}}}}}}\n"
    )
    with pytest.raises(GuidelineProblems, match="1 problem") as found:
        loaded(text, folder=tmp_path)
    assert "its answer follows in another way there" in found.value.problems[0].message
