"""Questions that are asked on some images only, or where something is marked: judged, derived from, and mistaken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.language.mistakes import problems

from guidelint.annotation.region import Answer
from guidelint.labelstudio.config.questions import insists
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.case import Case

if TYPE_CHECKING:
    from guidelint.validation.judging.verdict import Verdict

TEXT = with_part(
    """\
images: {keys: {view: view}}
classes:
  nodule: {title: Nodule, definition: A round opacity., draw: polygon}
attributes:
  depth:
    title: Depth
    of: image
    choose_one: {deep: {title: Deep, points: 2}, flat: {title: Flat, points: 0}}
    required: {where: {image: {view: PA}}}
  motion:
    title: Motion
    of: image
    choose_one: {much: {title: Much, points: 3}, none: {title: None, points: 0}}
    required: {where: {not: {image: {view: LATERAL}}}}
    forbidden: {where: {image: {view: LATERAL}}}
  score:
    title: Score
    of: image
    number: {min: 0, max: 5}
    derive: {points: [depth, motion], entered: never}
"""
)
PLAN = compile_plan(load(TEXT), catalogue())


def verdict(view: str | None, **answers: str) -> Verdict:
    (submission,) = submissions_of(Case("test", {}, ""))
    said = {name: Answer(name, (value,)) for name, value in answers.items()}
    return judge(PLAN, replace(submission, image=replace(submission.image, view=view), answers=said))


def told(found: Verdict) -> list[str]:
    return [one.message for one in found.findings if one.clause.startswith("attributes.")]


@pytest.mark.parametrize(
    ("view", "answers", "expected"),
    [
        ("PA", {"depth": "deep", "motion": "much"}, ["Score is 5: "]),
        ("PA", {"motion": "much"}, ["“Depth”, which is missing", "Depth is not answered for this image"]),
        ("AP", {"motion": "much"}, ["Score is 3: "]),
        ("LATERAL", {"motion": "much"}, ["Motion is answered Much, and is not to be answered here"]),
        ("LATERAL", {"depth": "deep"}, ["Score is 2: "]),
        ("LATERAL", {}, []),
        (
            None,
            {"motion": "much"},
            [
                "the view (0018,5101)",
                "whether Motion is to stay open cannot be told: the view (0018,5101)",
                "whether Depth is to be answered cannot be told: the view (0018,5101)",
            ],
        ),
    ],
)
def test_what_is_not_asked_on_an_image_is_neither_missing_nor_counted(
    view: str | None, answers: dict[str, str], expected: list[str]
) -> None:
    found = told(verdict(view, **answers))
    assert [part in message for part, message in zip(expected, found, strict=True)] == [True] * len(expected), found


def test_the_plan_writes_what_was_given_and_reads_it_back() -> None:
    read = Plan.from_json(PLAN.to_json(), catalogue())
    assert (read.checks, read.digest) == (PLAN.checks, PLAN.digest)
    assert '"where":{"not":{"image":{"view":["LATERAL"]}}}' in PLAN.to_json().replace(" ", "").replace("\n", "")


def test_the_editor_does_not_insist_on_what_it_cannot_know() -> None:
    guideline = load(TEXT)
    assert not insists(guideline.attributes["depth"], guideline)


WRONG: dict[str, tuple[str, str, tuple[str, str]]] = {
    "another question": (
        "where: {image: {view: PA}}",
        "where: {answer: {motion: much}}",
        ("wrong-value", "name other questions under `when`"),
    ),
    "a region of the image": (
        "where: {image: {view: PA}}",
        "where: {size: {longest_mm: {above: 3}}}",
        ("condition-of-no-region", "`depth` asks the whole image"),
    ),
    "an unknown class": (
        "where: {image: {view: PA}}",
        "where: {not: {marked: nodul}}",
        ("unknown-class", "`nodul` is not a class"),
    ),
    "nothing that can be": (
        "where: {image: {view: PA}}",
        "where: {marked: nodule, not: {marked: nodule}}",
        ("when-never-holds", "nothing is marked and not marked at once"),
    ),
    "an option of no question": (
        "where: {image: {view: PA}}",
        "when: {image: {view: PA}}",
        ("wrong-type", "`image` is neither"),
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_where_it_stands(old: str, new: str, expected: tuple[str, str]) -> None:
    (problem,) = problems(TEXT.replace(old, new, 1))
    assert (problem.code, expected[1] in problem.message) == (expected[0], True), problem
