"""Questions of what an object is over its slices and visits: from the guideline to what a check tells of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from tests.labelstudio.test_derived_answers import plan_of, square
from tests.labelstudio.test_told_of_several import judged, read_by_annotators
from tests.language.mistakes import problems

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.checking.examples.mutation.mutants import mutants
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.labelstudio.config.abilities import LabelStudio
from guidelint.language.enforcement.statements import statements
from guidelint.language.load import load, loaded
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.judge import judge

AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
VOLUMES = with_part("""\
attributes:
  volume:
    title: Volume
    of: lesion
    number: {min: 0, unit: ml}
    derive: {measured: {volume: lesion}, tolerance: 0.1}
  load: {title: Load, of: study, number: {min: 0, unit: cm3}, derive: {measured: {volume: lesion}, entered: never}}
""")


def slice_at(z_mm: float, entered_ml: float | None = None, *, side_px: float = 20) -> Submission:
    """Hand in a slice with an object of pixels of half a millimetre."""
    place = SlicePlace((0.0, 0.0, z_mm), AXIAL)
    facts = ImageFacts(patient="P", study_uid="1", series_uid="1.1", place=place)
    answers = {} if entered_ml is None else {"volume": Answer("number", (entered_ml,))}
    drawn = msgspec.structs.replace(square(1, "lesion", side_px), object_name="1", answers=answers)
    return replace(Submission(f"{z_mm}", f"{z_mm}", "ann", facts), regions=(drawn,))


def test_a_volume_is_compared_and_added_up() -> None:
    """100 mm² on three slices, 4 mm apart: 1.2 ml."""
    verdicts = judged(plan_of(VOLUMES), slice_at(0), slice_at(4, 1.25), slice_at(8, 12.0))
    told = [finding.derived for each in verdicts for finding in each.derived]
    assert [one.written for one in told if one] == ["1.2"]
    messages = [str(finding.message) for each in verdicts for finding in each.to_change]
    assert [message.partition("; ")[2] for message in messages] == [
        "its volume over 3 slices is 1.2\N{NO-BREAK SPACE}ml"
    ]


def test_annotators_read_what_a_volume_follows_from() -> None:
    read = read_by_annotators(VOLUMES)
    assert "It is the volume of Lesion over the slices of the series." in read
    assert "It is the sum of the volume of every region." in read
    assert "You are not asked: it is worked out from all that you read of a study." in read


def test_the_report_says_where_a_volume_is_judged() -> None:
    said = {one.path[1:]: one.answers for one in statements(loaded(VOLUMES), catalogue(), LabelStudio())}
    assert [(one.place, one.by) for one in said["volume", "derive"]] == [("over time", "derived-of-object")]
    assert [(one.place, one.by) for one in said["load", "derive"]] == [("over time", "derived-from-all")]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "sum: {title: S, of: image, number: {unit: ml}, derive: {measured: {volume: lesion}}}",
            "a volume is that of an object over the slices of a series, and `sum` asks the whole image",
        ),
        (
            "sum: {title: S, of: lesion, number: {unit: ml}, derive: {measured: {volume: lesion, area: lesion}}}",
            "`sum` asks `lesion`, and the volume of each object is the answer",
        ),
        (
            "sum: {title: S, of: series, number: {unit: mm2}, derive: {measured: {volume: lesion}, entered: never}}",
            "the volume is added up in `mm2`",
        ),
    ],
)
def test_what_is_no_volume_is_refused(written: str, message: str) -> None:
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part(f"attributes:\n  {written}\n"))
    assert message in {problem.message for problem in raised.value.problems}


def test_a_volume_beside_what_is_drawn_on_one_image_is_told_how_to_write() -> None:
    question = "attributes:\n  size: {title: Size, of: lesion, number: {unit: ml}}\n"
    rule = "rules: {entered-matches-measured: {attribute: size, measured: volume}}\n"
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part(question + rule))
    (problem,) = raised.value.problems
    assert "derive: {measured: {volume: CLASS}}" in problem.help


ELLIPSOID = """\
attributes:
  length: {title: Length, of: lesion, number: {unit: mm}, required: true}
  width: {title: Width, of: lesion, number: {unit: cm}, required: true}
  height: {title: Height, of: lesion, number: {unit: mm}, required: true}
  volume:
    title: Volume
    of: lesion
    number: {min: 0, unit: ml}
    derive: {product: [length, width, height], times: 0.5236, entered: never}
"""


def test_annotators_read_what_is_multiplied() -> None:
    read = read_by_annotators(with_part(ELLIPSOID))
    assert "It is the product of Length, Width and Height, times 0.5236, in ml." in read


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("unit: ml", "unit: mm2", "a product of 3 lengths follows, in `mm2`"),
        ("unit: ml", "min: 0", "a product of 3 lengths follows, in no unit"),
        ("product: [length, width, height], times", "sum: [length, width, height], times", "say what is multiplied"),
        ("number: {min: 0, unit: ml}", "choose_one: {a: A, b: B}", "answered by one of its options, and a product"),
        ("    of: lesion\n    number: {min: 0, unit: ml}", "    of: study\n    number: {unit: ml}", "where `product`"),
    ],
)
def test_what_is_no_product_is_refused(written: str, instead: str, message: str) -> None:
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part(ELLIPSOID.replace(written, instead)))
    assert any(message in problem.message for problem in raised.value.problems), raised.value.problems


GROWTH = (
    ELLIPSOID
    + """\
  growth:
    title: Growth
    of: lesion
    choose_one: {grown: Grown, not-grown: Not grown}
    derive:
      change_of: [length, width, height, volume]
      changes:
        grown:
          any_of:
            - of: [length, height]
              in_at_least: 1
              since_smallest_percent: {at_least: 20}
              since_smallest: {at_least: 2}
            - {of: volume, since_smallest_percent: {at_least: 50}}
        not-grown: otherwise
      entered: never
escalation:
  routes: {board: {who: Tumour board}}
  when: {grown: {answer-escalates: {attribute: growth, values: [grown]}, to: board}}
"""
)


def visit(month: int, **lengths: tuple[float, float, float]) -> Submission:
    """Hand in objects with their length in mm, width in cm and height in mm, by their names."""
    facts = ImageFacts(patient="P", study_uid=f"1.{month}", study_date=date(2026, month, 1))
    names = ("length", "width", "height")
    regions = [
        msgspec.structs.replace(
            square(number, "lesion", 20),
            object_name=name,
            answers={asked: Answer(asked, (size,)) for asked, size in zip(names, sizes, strict=True)},
        )
        for number, (name, sizes) in enumerate(lengths.items(), 1)
    ]
    return replace(Submission(f"{month}", f"{month}", "ann", facts), regions=tuple(regions))


def test_each_object_is_followed_and_one_that_grew_escalates() -> None:
    """The first grew by 20 % in height, the second by less than half in volume, the third in width alone."""
    (verdict,) = judged(
        plan_of(with_part(GROWTH)),
        visit(1, a=(10, 1, 10), b=(10, 1, 10), c=(10, 1, 10)),
        visit(7, a=(10, 1, 12), b=(11.9, 1, 11.9), c=(10, 1.6, 10)),
    )
    assert verdict.decision == "escalated"
    told = [finding.derived for finding in verdict.derived]
    assert [(one.value, one.time_point) for one in told if one and one.question == "growth"] == [
        ("grown", "2026-07-01"),
        ("not-grown", "2026-07-01"),
        ("grown", "2026-07-01"),
    ]
    assert [finding.named_regions[0].title for finding in verdict.escalating] == [
        "Object a: Region 1 lesion of task 7",
        "Object c: Region 3 lesion of task 7",
    ]


def test_annotators_read_what_growth_is() -> None:
    read = read_by_annotators(with_part(GROWTH))
    assert "It follows from the change of Length, Width, Height and Volume of each object over time;" in read
    assert (
        "Grown: at least 1 of Length and Height grown by at least 2 mm since it was smallest and grown by at least 20 %"
        " since it was smallest, or Volume grown by at least 50 % since it was smallest; Not grown: otherwise." in read
    )


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("[length, height]", "[length, width]", "one limit is set for numbers in `cm`"),
        ("in_at_least: 1", "in_at_least: 3", "it must be so in 3 numbers, and 2 are compared"),
        ("of: volume,", "of: other,", "other"),
        ("height, volume]", "height]", "`volume` is compared, and is none of `change_of`"),
        (
            "otherwise\n      entered: never",
            "otherwise",
            "`growth` is told of an object over time, and entered as well",
        ),
        (
            "product: [length, width, height], times: 0.5236",
            "sum: height, tolerance: 1",
            "which is no number that can be",
        ),
        (
            "values: [grown]}",
            "values: [grown], when: {answer: {growth: grown}}}",
            "`growth` is told of a whole object once all of it is read",
        ),
    ],
)
def test_what_cannot_be_followed_is_refused(written: str, instead: str, message: str) -> None:
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part(GROWTH.replace(written, instead)))
    assert any(message in problem.message for problem in raised.value.problems), raised.value.problems


def test_what_takes_two_time_points_is_changed_where_it_is_written() -> None:
    changed = [one for one in mutants(plan_of(with_part(GROWTH))) if "grow" in one.clause]
    assert changed
    assert all(one.of_visits for one in changed)
    assert not [one for one in changed if one.change.limit and one.clause.startswith("escalation")]


RANKED = with_part("""\
attributes:
  points: {title: Points, of: lesion, number: {min: 0}, required: true}
  seen: {title: Seen, of: lesion, choose_one: {yes: "Yes", no: "No"}, required: true}
  first:
    title: Among the first
    of: lesion
    choose_one: {yes: "Yes", no: "No"}
    derive: {rank_of: points, among: {seen: yes}, bands: {yes: {at_most: 2}, no: {above: 2}}, entered: never}
escalation:
  routes: {board: {who: Tumour board}}
  when: {first: {answer-escalates: {attribute: first, values: [yes]}, to: board}}
""")


def test_the_two_with_most_points_escalate_and_annotators_read_it() -> None:
    regions = tuple(
        msgspec.structs.replace(
            square(number, "lesion", 20),
            answers={"points": Answer("points", (points,)), "seen": Answer("seen", (seen,))},
        )
        for number, (points, seen) in enumerate([(3.0, "yes"), (9.0, "no"), (7.0, "yes"), (5.0, "yes")], 1)
    )
    verdict = judge(plan_of(RANKED), replace(Submission("1", "1", "ann", ImageFacts()), regions=regions))
    assert [finding.named_regions[0].number for finding in verdict.escalating] == [3, 4]
    read = read_by_annotators(RANKED)
    assert (
        "It is the place among all that is marked in the task, of those where Seen is Yes, by Points"
        " from the highest on. Yes: at most 2; No: above 2." in read
    )


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("title: Among the first\n    of: lesion", "title: First\n    of: image", "and a rank is one of a region"),
        (
            "title: Among the first\n    of: lesion",
            "title: First\n    of: patient",
            "`rank_of` does not tell which image",
        ),
        ("rank_of: points, among", "sum: points, among", "say what is ranked: `among` stands beside `rank_of`"),
        ("yes: {at_most: 2}, no: {above: 2}", "yes: {at_most: 2}, no: {above: 3}", "follows from a rank of 3"),
    ],
)
def test_what_is_no_rank_is_refused(written: str, instead: str, message: str) -> None:
    found = problems(RANKED.replace(written, instead))
    assert any(message in problem.message for problem in found), found
