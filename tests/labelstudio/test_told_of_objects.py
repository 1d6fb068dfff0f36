"""Questions of what an object is over its slices and visits: from the guideline to what a check tells of them."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from tests.labelstudio.test_derived_answers import plan_of, square
from tests.labelstudio.test_told_of_several import read_by_annotators

from guidelint.annotation.region import Answer
from guidelint.annotation.submission import Submission
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.labelstudio.config.abilities import LabelStudio
from guidelint.language.enforcement.statements import statements
from guidelint.language.load import load, loaded
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.fold import Fold

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
    fold = Fold(plan_of(VOLUMES))
    for one in (slice_at(0), slice_at(4, 1.25), slice_at(8, 12.0)):
        fold.add(one)
    verdicts = [*fold.verdicts()]
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
