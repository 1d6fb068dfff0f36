"""A task with several images is judged as its images are, each by itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.validation.test_any_submission import FACTS, PLAIN, PLAN, any_submission

from guidelint.annotation.region import Answer, Region
from guidelint.annotation.shape import Rectangle
from guidelint.annotation.submission import Submission
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.rules.answers.answer_escalates import AnswerEscalates
from guidelint.rules.answers.required_attribute import RequiredAttribute
from guidelint.rules.classes.count_limits import CountLimits
from guidelint.rules.images.allowed_modality import AllowedModality
from guidelint.rules.images.calibrated_spacing import CalibratedSpacing
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.rules.structure.well_formed_shape import WellFormedShape
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule.condition import Condition, When

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan

PER_IMAGE = {
    "no-duplicate-regions",
    "size-matches-image",
    "one-version-of-image-rotation",
    "separate",
    "inside",
    "count-limits",
    "inside-image",
}
RULES = plan_of(*(check.rule for check in PLAN.checks if check.rule.id() in PER_IMAGE))


def said(findings: Iterable[Finding]) -> Counter[tuple[str, str, frozenset[str]]]:
    return Counter((one.rule, one.message, frozenset(ref.id for ref in one.regions)) for one in findings)


@given(st.lists(st.tuples(PLAIN, st.booleans()), max_size=5), FACTS, FACTS)
@any_submission
def test_what_is_found_on_two_images_of_one_task_is_what_is_found_on_each(
    drawn: list[tuple[Region, bool]], first: ImageFacts, second: ImageFacts
) -> None:
    regions = tuple(
        structs.replace(region, id=f"r{number}", number=number, item_index=int(later))
        for number, (region, later) in enumerate(drawn, 1)
    )
    together = Submission("1", "1", "ann", first, regions, item_images={0: first, 1: second}, item_count=2)
    alone = (
        Submission("1", "1", "ann", facts, tuple(one for one in regions if one.item_index == index))
        for index, facts in enumerate((first, second))
    )
    each = (finding for submission in alone for finding in judge(RULES, submission).findings)
    assert said(judge(RULES, together).findings) == said(each)


ONE_MM = Spacing(1.0, 1.0)


def named(item: int, columns: float) -> Region:
    made = Region(f"r{item}", "lesion", Rectangle(0, 0, columns, 1), (8, 8), spacing=ONE_MM, number=item + 1)
    return structs.replace(made, item_index=item, object_name="a")


def two_images(first: ImageFacts, second: ImageFacts, *regions: Region) -> Submission:
    return Submission("1", "1", "ann", first, regions, item_images={0: first, 1: second}, item_count=2)


def messages(plan: Plan, submission: Submission) -> list[str]:
    return [finding.message for finding in judge(plan, submission).findings]


def test_every_image_has_a_modality_and_a_spacing_of_its_own() -> None:
    fine, coarse = ImageFacts(modality="CT", spacing=ONE_MM), ImageFacts(modality="MR", spacing=Spacing(3.0, 3.0))
    plan = plan_of(AllowedModality(modality=("CT",)), CalibratedSpacing(max_mm=2.0))
    assert messages(plan, two_images(fine, coarse)) == [
        "the image was made by MR; the guideline is about images made by CT",
        "the pixel spacing of the image is 3 mm, above the limit of 2 mm",
    ]
    unknown = judge(plan, two_images(fine, ImageFacts()))
    assert (unknown.decision, len(unknown.findings)) == ("unverified", 2)
    assert messages(plan, two_images(fine, fine)) == []


def test_an_answer_speaks_for_its_image_alone() -> None:
    answer = {"quality": Answer("quality", ("poor",), item=0)}
    given = replace(two_images(ImageFacts(), ImageFacts()), item_answers={0: answer})
    plan = plan_of(RequiredAttribute(attribute="quality"), AnswerEscalates(attribute="quality", values=("poor",)))
    assert messages(plan, given) == [
        "quality is not answered for image 2 of the task",
        "quality of image 1 is answered poor",
    ]


def test_an_object_is_joined_over_the_images_of_one_series_and_over_no_other() -> None:
    series = [ImageFacts(spacing=ONE_MM, series_uid=uid) for uid in ("1.2", "1.2", "3.4")]
    plan = plan_of(DiameterLimits(longest_min_mm=4.0))
    small, large = named(0, 2), named(1, 5)
    for other, decision in ((series[1], ["accepted"]), (series[2], ["returned", "accepted"])):
        ledger = Fold(plan)
        ledger.add(two_images(series[0], other, small, large))
        assert [verdict.decision for verdict in ledger.verdicts()] == decision


@pytest.mark.parametrize("same_id", [False, True])
def test_what_cannot_be_told_of_one_slice_is_told_although_a_broken_region_of_another_has_its_id(
    *, same_id: bool
) -> None:
    images = [ImageFacts(spacing=ONE_MM, series_uid="1.2"), ImageFacts(series_uid="1.2")]
    broken, unknown = named(0, 0), structs.replace(named(1, 5), spacing=None)
    if same_id:
        unknown = structs.replace(unknown, id=broken.id)
    plan = plan_of(WellFormedShape(), DiameterLimits(longest_min_mm=4.0, of="region"))
    found = judge(plan, two_images(images[0], images[1], broken, unknown)).findings
    assert [(finding.rule, [region.number for region in finding.regions]) for finding in found] == [
        ("well-formed-shape", [1]),
        ("diameter-limits", [2]),
    ]
    assert len({finding.id for finding in found}) == len(found)


def test_regions_that_share_an_id_in_different_annotations_are_different_regions() -> None:
    plan = plan_of(DiameterLimits(longest_min_mm=9.0))
    ledger = Fold(plan)
    for task in ("1", "2"):
        region = structs.replace(named(0, 5), object_name=None)
        ledger.add(Submission(task, "7", "ann", ImageFacts(spacing=ONE_MM, series_uid="1.2"), (region,)))
    (verdict,) = ledger.verdicts()
    (finding,) = verdict.findings
    assert verdict.decision == "unverified"
    assert [ref.key() for ref in finding.regions] == [("1", "7", "r0"), ("2", "7", "r0")]


@pytest.mark.parametrize(
    ("at", "decision"),
    [(("baseline", "baseline"), "returned"), (("baseline", "week-8"), "accepted"), (("baseline", None), "unverified")],
)
def test_over_a_patient_a_condition_is_asked_of_each_image_of_a_task(at: tuple[str, str | None], decision: str) -> None:
    images = [ImageFacts(spacing=ONE_MM, patient="P-1", time_point=point) for point in at]
    (check,) = plan_of(CountLimits(max=1, per="patient")).checks
    when = When(Condition.model_validate({"image": {"time_point": "baseline"}}))
    ledger = Fold(replace(plan_of(), checks=(replace(check, when=when),)))
    second = structs.replace(named(1, 5), object_name="2")
    ledger.add(two_images(images[0], images[1], named(0, 5), second))
    assert [verdict.decision for verdict in ledger.verdicts()] == [decision]
