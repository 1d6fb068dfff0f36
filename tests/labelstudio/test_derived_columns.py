"""Columns of what follows from answers and nobody enters: written once, in the author's words, and taken away again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from tests.labelstudio.test_derived_answers import plan_of, square

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.imaging.facts import ImageFacts
from guidelint.labelstudio.project.tab_columns import FORMER, OfTasks, arranged_for, arrangement
from guidelint.labelstudio.project.tabs import tabs_for, told_by
from guidelint.labelstudio.target import outputs
from guidelint.labelstudio.writeback.columns import KEYS
from guidelint.labelstudio.writeback.judged import StandingAnnotation
from guidelint.labelstudio.writeback.write_back import TaskState, write_back_for
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.judging.verdict import Verdict

STEPS = "scale: {0: None, 1: Moderate, 2: Severe}, higher_means: worse"
PLAN = plan_of(
    with_part(
        f"""\
attributes:
  margin:
    title: Margin
    of: lesion
    choose_one: {{smooth: {{title: Smooth, points: 0}}, lobed: {{title: Lobed, points: 6}}}}
    required: true
  points: {{title: Points, of: lesion, number: {{unit: mm}}, derive: {{points: margin, entered: never}}}}
  level:
    title: Level
    of: lesion
    choose_one: {{low: TR2, high: TR5}}
    derive: {{points: margin, bands: {{low: {{below: 6}}, high: {{at_least: 6}}}}, entered: never}}
  left: {{title: Left, of: image, {STEPS}}}
  right: {{title: Right, of: image, {STEPS}}}
  grade: {{title: Grade, of: image, {STEPS}, derive: {{worst_of: [left, right], entered: never}}}}
  sum: {{title: Sum, of: image, number: {{}}, derive: {{sum: [left, right], entered: never}}}}
"""
    )
)
IMAGE = {"image": "a.png", "gl_of_others": "kept"}


def graded(*margins: str, images: tuple[tuple[int, int], ...] = (), **whole: float) -> Verdict:
    """Judge nodules with these margins, and the answers about the whole task or about each of its images."""
    regions = tuple(
        msgspec.structs.replace(square(number, "lesion", 8.0), answers={"margin": Answer("margin", (margin,))})
        for number, margin in enumerate(margins, 1)
    )
    of_images = {item: said(left=left, right=right) for item, (left, right) in enumerate(images)}
    bare = Submission("1", "1", "ann", ImageFacts())
    facts = {item: ImageFacts() for item in of_images}
    return judge(PLAN, replace(bare, regions=regions, answers=said(**whole), item_answers=of_images, item_images=facts))


def said(**answers: float) -> dict[str, Answer]:
    return {name: Answer(name, (float(value),)) for name, value in answers.items()}


def written(data: Mapping[str, Any], *verdicts: Verdict, overlap: int = 1) -> Mapping[str, Any]:
    """What stands in the task once the verdicts on its readings are told."""
    readings = [StandingAnnotation(n, n, f"2026-01-{n:02}", one, f"{n}") for n, one in enumerate(verdicts, 1)]
    state = TaskState(data, overlap, is_labeled=True)
    told = write_back_for(state, readings, {}).data
    assert write_back_for(replace(state, data=told or data), readings, {}).silent, "written once"
    return told or data


def derived(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in {*KEYS, *IMAGE}}


def test_what_follows_for_regions_and_for_the_image_stands_in_columns_of_its_own() -> None:
    told = written(IMAGE, graded("smooth", "lobed", left=1, right=2))
    assert derived(told) == {
        "gl_derived_level": "1: TR2 · 2: TR5",
        "gl_derived_points": "1: 0 mm · 2: 6 mm",
        "gl_derived_grade": "Severe",
        "gl_derived_sum": 3,
    }
    assert {key: told[key] for key in IMAGE} == IMAGE


def test_a_column_goes_when_its_value_no_longer_follows_and_comes_again_when_it_does() -> None:
    before = written(IMAGE, graded("smooth", left=1, right=2))
    after = written(before, graded("smooth", left=1))
    assert derived(after) == {"gl_derived_level": "1: TR2", "gl_derived_points": "1: 0 mm"}
    assert written(after, graded("smooth", left=1, right=2)) == before
    assert derived(written(before)) == {}, "the reading was deleted"


def test_nothing_of_what_follows_is_told_while_a_further_reading_is_open() -> None:
    one, other = graded("lobed"), graded("smooth")
    told = written(IMAGE, one)
    assert derived(written(told, one, overlap=2)) == {}
    assert derived(written(told, one, other, overlap=2))["gl_derived_level"] == "1: TR2", "the latest reading's"


def test_each_image_of_a_task_with_several_has_its_own_value() -> None:
    told = written(IMAGE, graded(images=((0, 1), (2, 2))))
    assert derived(told)["gl_derived_grade"] == "image 1: Moderate · image 2: Severe"
    assert derived(told)["gl_derived_sum"] == "image 1: 1 · image 2: 4"


def test_tabs_show_a_column_for_each_question_that_nobody_enters_and_sort_numbers_as_numbers() -> None:
    told = told_by(PLAN)
    assert told.tasks.derived == ("points", "level", "grade", "sum")
    assert told.tasks.numbers == {"sum"}
    for tab in tabs_for(told):
        made = arrangement(tab.data)
        assert made.numeric == {"tasks:data.gl_derived_sum"}
        assert {f"tasks:data.gl_derived_{name}" for name in told.tasks.derived} <= made.hidden_beside - made.hidden


@pytest.mark.parametrize("wider", [0, 40])
def test_a_tab_that_people_arranged_gets_new_columns_and_stays_as_it_was_otherwise(wider: int) -> None:
    wanted = arranged_for(OfTasks(derived=("sum",), numbers=frozenset({"sum"})), pictured=True)
    without = arranged_for(OfTasks(), pictured=True)
    arranged = replace(without, widths=frozenset((name, px + wider) for name, px in without.widths))
    found = arranged.with_new(wanted)
    assert found.widths - arranged.widths == {("tasks:data.gl_derived_sum", 112)}
    assert found.hidden == arranged.hidden
    assert found.numeric == {"tasks:data.gl_derived_sum"}
    assert found.with_new(wanted) == found
    assert arranged not in FORMER


def test_a_helper_is_shown_nowhere_and_conditions_go_by_it() -> None:
    text = with_part(
        f"""\
attributes:
  left: {{title: Left, of: image, {STEPS}, required: true}}
  bad:
    title: Bad eye
    definition: Told to nobody.
    of: image
    choose_one: {{yes: Yes, no: No}}
    derive: {{first_of: {{yes: {{number: {{left: {{at_least: 2}}}}}}, no: otherwise}}, entered: never, told: false}}
  why: {{title: Why, of: image, text: {{}}, required: {{when: {{bad: yes}}}}}}
"""
    )
    plan = plan_of(text)
    asked, free = (judge(plan, Submission("1", "1", "ann", ImageFacts(), answers=said(left=left))) for left in (2, 1))
    assert [finding.message for finding in asked.findings] == ["Why is not answered for this image"]
    assert (free.decision, free.findings) == ("accepted", ())
    assert told_by(plan).tasks.derived == ()
    assert "Told to nobody" not in outputs(load(text), plan)["instructions.html"]
