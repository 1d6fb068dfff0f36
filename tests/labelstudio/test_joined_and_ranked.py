"""Objects joined over the images of a task, ranked over tasks, and drawn as an answer asks."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from tests.labelstudio.test_derived_answers import plan_of, square
from tests.labelstudio.test_told_of_several import judged, read_by_annotators
from tests.language.mistakes import problems

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.keys import NamedImage
from guidelint.language.reference.problem_explanations import with_part
from guidelint.validation.judging.judge import judge

RANKED = with_part("""\
attributes:
  solid: {title: Solid, of: lesion, required: true, choose_one: {yes: {title: Y, points: 3}, no: {title: N, points: 1}}}
  points: {title: Points, of: lesion, number: {min: 0}, derive: {points: solid, entered: never}}
  first:
    title: First
    of: lesion
    choose_one: {yes: Yes, no: No}
    derive: {rank_of: points, per: patient, bands: {yes: {at_most: 1}, no: {above: 1}}, entered: never}
""")


def lesion(task: str, name: str, solid: str) -> Submission:
    facts = ImageFacts(patient="P", study_uid="1", series_uid="1.1")
    answers = {"solid": Answer("solid", (solid,))}
    drawn = msgspec.structs.replace(square(1, "lesion", 20), object_name=name, answers=answers)
    return replace(Submission(task, task, "ann", facts), regions=(drawn,))


def test_objects_of_a_patient_are_ranked_by_points_that_nobody_enters() -> None:
    verdicts = judged(plan_of(RANKED), lesion("1", "a", "no"), lesion("2", "b", "yes"), lesion("3", "c", "no"))
    told = {str(one.message) for each in verdicts for one in each.derived if one.rule == "derived-rank"}
    assert told == {
        "First is Yes: Points 3 is place 1 of 3",
        "First is No: Points 1 is place 2 of 3, as 1 more",
    }
    read = read_by_annotators(RANKED)
    assert "It is the place among all that is marked in the patient, by Points from the highest on." in read
    assert "You are not asked: it is worked out once all tasks of the patient are in." in read


PLANES = with_part("""\
images:
  of_task: {across: {title: Across}, along: {title: Along}}
attributes:
  width: {title: Width, of: lesion, on: across, number: {min: 1, unit: mm}, required: true}
  solid: {title: Solid, of: lesion, on: along, choose_one: {yes: Y, no: N}, required: true}
rules:
  large: {rule: attribute-in-range, attribute: width, min: 9, when: {answer: {solid: yes}}}
""")


def test_a_condition_goes_by_the_answer_on_another_image() -> None:
    def handed(name: str | None) -> Submission:
        across, along = (NamedImage(name=one, title=one, key=one) for one in ("across", "along"))
        images = {0: ImageFacts(named=across), 1: ImageFacts(named=along)}
        first, second = square(1, "lesion", 20), square(2, "lesion", 20)
        width, solid = Answer("width", (5.0,)), Answer("solid", ("yes",))
        one = msgspec.structs.replace(first, item_index=0, named=across, object_name=name, answers={"width": width})
        other = msgspec.structs.replace(second, item_index=1, named=along, object_name=name, answers={"solid": solid})
        return Submission("1", "1", "ann", images[0], (one, other), item_images=images, item_count=2)

    plan = plan_of(PLANES)
    said = [str(finding.clause) for finding in judge(plan, handed("N1")).findings if finding.outcome == "departs"]
    assert said == ["rules.large"]
    assert not [one for one in judge(plan, handed(None)).findings if one.outcome == "departs"]


TOOLS = with_part("""\
attributes:
  tiny: {title: Tiny, of: lesion, choose_one: {yes: Y, no: N}, required: true}
  points: {title: Points, of: lesion, number: {min: 0}, required: true}
  rank: {title: Rank, of: %s, number: {min: 1}, derive: {%s, entered: never}}
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {tiny-ones: {rule: drawn-as, draw: [%s], when: {answer: {tiny: yes}}}}
""")


@pytest.mark.parametrize(
    ("of", "derive", "tool", "expected"),
    [
        ("lesion", "rank_of: points, per: study", "polygon", []),
        ("lesion", "sum: points, per: study", "polygon", ["wrong-value"]),
        ("study", "rank_of: points, per: study", "polygon", ["told-of-several"]),
        ("lesion", "rank_of: points", "keypoint", ["tools-not-drawn"]),
    ],
)
def test_what_cannot_be_is_told(of: str, derive: str, tool: str, expected: list[str]) -> None:
    assert [one.code for one in problems(TOOLS % (of, derive, tool))] == expected
