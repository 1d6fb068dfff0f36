"""Limits that are multiples of image facts: what they are where the image is known, and what cannot be told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import SlicePlace
from guidelint.rules.agreement.overlap_agreement import OverlapAgreement
from guidelint.rules.catalogue import catalogue
from guidelint.rules.classes.geometry_by_size import GeometryBySize
from guidelint.rules.relations.inside import Inside
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.contributions import InMemory, Put, Row
from guidelint.validation.judging.fold import Fold, contribution_types, gathering_checks
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.of_image import found_in
from guidelint.validation.judging.plan import Plan, PlanError
from guidelint.validation.judging.written_contribution import ContributionReader, written
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.limit import NotKnown, OfImage
from guidelint.validation.rule.names import Names, plain
from guidelint.validation.rule.parameters.amount import VolumeMl
from guidelint.validation.rule.parameters.bound import Lower
from guidelint.validation.rule.parameters.multiple import Known, TimesLength
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.rule import Rule

TWICE = {"times": 2, "of": "slice_thickness"}
RECIST = {**TWICE, "at_least": 10}


def of(rule: type[Rule], **parameters: Any) -> Rule:
    return rule.model_validate_json(json.dumps(parameters))


def image(thickness_mm: float | None, spacing: Spacing = ONE_MM, **facts: Any) -> ImageFacts:
    return ImageFacts(8, 8, spacing, place=SlicePlace(thickness_mm=thickness_mm, **facts))


def on(facts: ImageFacts, *draws: Drawn) -> Submission:
    (submission,) = submissions_of(Case("test", {}, draws or (Drawn(text="####\n####\n####"),)))
    return replace(submission, image=facts)


def found(rule: Rule, submission: Submission) -> list[tuple[str, str]]:
    return [
        (one.outcome, one.message.replace("\N{NO-BREAK SPACE}", " "))
        for one in judge(plan_of(rule), submission).findings
    ]


def of_slices(rule: Rule, *slices: Submission) -> list[Finding]:
    fold = Fold(plan_of(rule))
    for one in slices:
        fold.add(one)
    return [finding for verdict in fold.verdicts() for finding in verdict.findings]


def lying_on(*thicknesses_mm: float | None, object_name: str | None = "1") -> tuple[Submission, ...]:
    drawn = tuple(Drawn(text="####\n####\n####", object_name=object_name) for _ in thicknesses_mm)
    slices = submissions_of(Case("test", {}, drawn, over_slices=True))
    return tuple(
        replace(one, image=replace(one.image, place=SlicePlace(thickness_mm=thickness)))
        for one, thickness in zip(slices, thicknesses_mm, strict=True)
    )


@pytest.mark.parametrize(
    ("parameters", "thickness", "expected"),
    [
        ({"longest_min_mm": TWICE}, 2.5, None),
        ({"longest_min_mm": TWICE}, 2.6, "below the limit of 5.2 mm (2 × slice thickness (0018,0050), here 2.6 mm)"),
        (
            {"longest_min_mm": RECIST},
            2.5,
            "below the limit of 10 mm (more than 2 × slice thickness (0018,0050), here 2.5 mm)",
        ),
        ({"longest_min_mm": RECIST}, 6, "below the limit of 12 mm (2 × slice thickness (0018,0050), here 6 mm)"),
        ({"longest_max_mm": TWICE}, 2, "above the limit of 4 mm (2 × slice thickness (0018,0050), here 2 mm)"),
        (
            {"longest_max_mm": {**TWICE, "at_most": 4}},
            9,
            "above the limit of 4 mm (less than 2 × slice thickness (0018,0050), here 9 mm)",
        ),
        ({"longest_min_mm": {**TWICE, "at_most": 5}}, 9, None),
    ],
)
def test_a_limit_follows_from_the_slice_thickness_and_its_own_bounds(
    parameters: dict[str, Any], thickness: float, expected: str | None
) -> None:
    rule = of(DiameterLimits, of="region", **parameters)
    told = found(rule, on(image(thickness)))
    assert [outcome for outcome, _ in told] == ["departs"] * (expected is not None)
    assert all(expected in message for _, message in told if expected)


def test_evidence_holds_plain_numbers_and_beside_them_where_the_limit_comes_from() -> None:
    rule = of(DiameterLimits, of="region", longest_min_mm=TWICE)
    (finding,) = judge(plan_of(rule), on(image(4.0))).findings
    limit = finding.evidence["limit"]
    assert isinstance(limit, Quantity)
    assert (type(limit.value), limit.value) == (float, 8.0)
    assert finding.evidence["limit_from"] == "2 × slice thickness (0018,0050), here 4 mm"


def test_a_fact_that_is_missing_is_never_a_pass_and_says_what_to_do() -> None:
    rule = of(DiameterLimits, of="region", longest_min_mm=TWICE)
    verdict = judge(plan_of(rule), on(image(None)))
    assert verdict.decision == "unverified"
    (finding,) = verdict.findings
    assert finding.message == (
        "this could not be checked: a limit depends on the image, and the slice thickness (0018,0050) of the image is "
        "not known; deliver it, or name the key that it stands under in the guideline: `images: keys: slice_thickness:`"
    )
    assert [region.number for region in finding.regions] == [1]


@pytest.mark.parametrize(
    ("fact", "facts", "limit"),
    [
        ("slice_spacing", image(None, spacing_mm=3.0), "6 mm (2 × spacing between slices (0018,0088), here 3 mm)"),
        ("pixel_spacing", image(None, Spacing(1.0, 4.0)), "8 mm (2 × pixel spacing (0028,0030), here 4 mm)"),
    ],
)
def test_every_length_that_an_image_states_can_be_multiplied(fact: str, facts: ImageFacts, limit: str) -> None:
    rule = of(DiameterLimits, of="region", longest_min_mm={"times": 2, "of": fact})
    ((outcome, message),) = found(rule, on(facts))
    assert (outcome, message) == ("departs", f"the longest diameter is 5 mm, below the limit of {limit}")


def test_an_area_may_be_a_multiple_of_the_area_of_a_pixel() -> None:
    rule = of(AreaLimits, min_mm2={"times": 7, "of": "pixel_area"})
    facts = image(None, Spacing(0.5, 0.5))
    (region,) = on(facts, Drawn(text="###\n###")).regions
    fine = replace(on(facts), regions=(structs.replace(region, spacing=Spacing(0.5, 0.5)),))
    assert found(rule, fine) == [
        ("departs", "the area is 1.5 mm², below the limit of 1.75 mm² (7 × area of a pixel (0028,0030), here 0.25 mm²)")
    ]


class VolumeLimits(RegionRule):
    """A volume of somebody's own."""

    min_ml: Annotated[VolumeMl, Lower("volume")] = 0.0
    """Smallest volume in ml."""

    def check(self, region: Region) -> Iterator[Departure]:
        yield from ()
        if region.mask.area_px / 1000 < self.min_ml:
            raise NotMeasurable(f"under {self.min_ml:g}")


def test_a_volume_of_another_package_may_be_a_multiple_of_a_voxel() -> None:
    rule = of(VolumeLimits, min_ml={"times": 100, "of": "voxel_volume"})
    assert found(rule, on(image(None, Spacing(0.5, 1.0), spacing_mm=2.0))) == [
        ("cannot-evaluate", "this could not be checked: under 0.1")
    ]
    ((_, message),) = found(rule, on(image(None)))
    assert "`images: keys: slice_spacing:`" in message


def test_an_object_takes_the_thickest_of_its_slices_and_no_slice_alone_proves_anything() -> None:
    rule = of(DiameterLimits, longest_min_mm=TWICE, longest_max_mm={**TWICE, "times": 3})
    slices = lying_on(1.0, 2.6)
    assert [found(rule, one) for one in slices] == [[], []]
    (finding,) = of_slices(rule, *slices)
    assert "below the limit of 5.2 mm (2 × slice thickness (0018,0050), here up to 2.6 mm)" in finding.message
    assert of_slices(rule, *lying_on(1.0, 2.5)) == []


def test_a_departure_that_another_slice_may_take_back_waits_for_all() -> None:
    fixed = of(DiameterLimits, longest_min_mm={**TWICE, "times": 0.1}, longest_max_mm=4)
    moving = of(DiameterLimits, longest_max_mm=TWICE)
    assert [one.of_absence for rule in (fixed, moving) for one in of_slices(rule, *lying_on(1.0, 2.0))] == [False, True]
    assert of_slices(moving, *lying_on(1.0, 2.0, 9.0)) == []


def test_an_upper_multiple_needs_the_name_of_the_object_too() -> None:
    rule = of(DiameterLimits, longest_max_mm=TWICE)
    assert [one.outcome for one in of_slices(rule, *lying_on(9.0, 9.0, object_name=None))] == ["cannot-evaluate"]


def test_one_slice_of_unknown_thickness_leaves_the_object_open() -> None:
    (finding,) = of_slices(of(DiameterLimits, longest_min_mm=TWICE), *lying_on(1.0, None))
    assert (finding.outcome, len(finding.regions)) == ("cannot-evaluate", 1)
    assert "deliver it" in finding.message


def test_contributions_are_kept_elsewhere_with_the_facts_that_they_bring() -> None:
    rule = of(DiameterLimits, longest_min_mm=TWICE)
    plan, kept = plan_of(rule), InMemory()
    reader = ContributionReader(contribution_types(plan))
    fold = Fold(plan, kept)
    for one in lying_on(1.0, 4.0):
        fold.add(one)
    again = InMemory()
    for put in kept.puts():
        again.put(Put(put.task, put.annotation, put.version, tuple(read_back(row, reader) for row in put.rows)))
    findings = [finding.message for verdict in Fold(plan, again).verdicts() for finding in verdict.findings]
    assert findings == [finding.message for verdict in fold.verdicts() for finding in verdict.findings]
    assert len(findings) == 1


def read_back(row: Row, reader: ContributionReader) -> Row:
    return replace(row, content=reader.read(row.check, row.content.group, *written(row.content)))


def test_images_of_one_task_are_judged_apart_where_they_differ() -> None:
    rule = of(Inside, child="core", parent="tumour", tolerance_mm={"times": 1, "of": "slice_thickness"})
    draws = tuple(
        Drawn(text=text, class_name=name, item_index=item)
        for item in (0, 1)
        for name, text in (("tumour", "##......"), ("core", "####...."))
    )
    both = {0: image(2.0), 1: image(1.0)}
    several = replace(on(image(None), *draws), item_images=both)
    ((outcome, message),) = found(rule, several)
    assert outcome == "departs"
    assert "at most 1 mm (1 × slice thickness (0018,0050), here 1 mm) is allowed" in message
    unknown = replace(several, item_images={**both, 0: image(None)})
    assert sorted(outcome for outcome, _ in found(rule, unknown)) == ["cannot-evaluate", "departs"]


def test_readers_of_a_task_are_compared_with_what_their_image_states() -> None:
    rule = of(OverlapAgreement, max_hd95_mm={"times": 1, "of": "slice_thickness"})
    readings = submissions_of(
        Case(
            "two",
            {},
            tuple(
                Handed(
                    annotator=who,
                    draws=text,
                    image=ImageFacts(1, 4, Spacing(1.0, 1.0), place=SlicePlace(thickness_mm=1.0)),
                )
                for who, text in (("ann", "#..."), ("bob", "..#."))
            ),
        )
    )
    (finding,) = of_slices(rule, *readings)
    assert "are 2 mm apart (HD95)" in finding.message
    assert "at most 1 mm (1 × slice thickness (0018,0050), here 1 mm) is asked for" in finding.message


def test_bands_are_put_in_order_once_the_image_is_known() -> None:
    bands = [
        {"below_mm": 4, "tools": ["keypoint"]},
        {"below_mm": TWICE, "tools": ["rectangle"]},
        {"tools": ["brush"]},
    ]
    rule = of(GeometryBySize, of="region", bands=bands)
    assert found(rule, on(image(2.5))) == []
    between = "from 4 mm to below 6 mm (2 × slice thickness (0018,0050), here 3 mm)"
    told = f"measured 5 mm and marked as a brush mask; {between} the guideline asks for a box"
    assert found(rule, on(image(3.0))) == [("departs", told)]
    ((outcome, message),) = found(rule, on(image(1.0)))
    assert outcome == "cannot-evaluate"
    assert "the bands go from small to large" in message
    assert "tell whoever wrote it" in message
    assert [outcome for outcome, _ in found(rule, on(image(None)))] == ["cannot-evaluate"]


def test_limits_that_cross_on_an_image_cannot_be_met_there() -> None:
    rule = of(DiameterLimits, of="region", longest_min_mm=TWICE, longest_max_mm=20)
    assert found(rule, on(image(2.0))) == []
    ((outcome, message),) = found(rule, on(image(15.0)))
    assert outcome == "cannot-evaluate"
    assert (
        "to be at least 30 mm (2 × slice thickness (0018,0050), here 15 mm) and at most 20 mm, and nothing is"
        in message
    )


def test_what_cannot_be_told_of_an_object_keeps_its_id_whichever_others_there_are() -> None:
    rule = of(DiameterLimits, longest_min_mm=TWICE, longest_max_mm=20)
    slices = [replace(one, task=name) for name in ("1", "2") for one in lying_on(15.0, object_name=name)]
    together = of_slices(rule, *slices)
    assert [one.outcome for one in together] == ["cannot-evaluate"] * 2
    assert {one.id for one in together} == {one.id for alone in slices for one in of_slices(rule, alone)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"times": 0},
        {"times": -2},
        {"times": 1001},
        {"times": 1e400},
        {"of": "pixel_area"},
        {"of": "rows"},
        {"at_least": -1},
        {"at_least": 5, "at_most": 5},
        {"plus": 1},
        {"times": None},
    ],
)
def test_a_plan_with_a_multiple_that_means_nothing_is_refused(wrong: dict[str, Any]) -> None:
    good = plan_of(of(DiameterLimits, longest_min_mm=TWICE))
    assert Plan.from_json(good.to_json(), catalogue()).checks == good.checks
    content = json.loads(good.to_json())
    content["checks"][0]["parameters"]["longest_min_mm"].update(wrong)
    with pytest.raises(PlanError, match=r"longest_min_mm|not a plan"):
        Plan.from_json(json.dumps(content), catalogue())


def test_multiples_are_meaning_and_numbers_mean_what_they_did() -> None:
    numbered, multiple = of(DiameterLimits, longest_min_mm=10), of(DiameterLimits, longest_min_mm=TWICE)
    assert '"longest_min_mm": 10.0' in plan_of(numbered).to_json()
    assert plan_of(numbered).digest != plan_of(multiple).digest
    assert plan_of(multiple).digest != plan_of(of(DiameterLimits, longest_min_mm=RECIST)).digest
    assert gathering_checks(plan_of(numbered)).keys().isdisjoint(gathering_checks(plan_of(multiple)))


def test_a_limit_that_is_not_known_stops_whoever_computes_with_it() -> None:
    unknown: Any = NotKnown("no thickness")
    for compute in (
        lambda: unknown > 1.0,
        lambda: unknown <= 1.0,
        lambda: 2 * unknown,
        lambda: 1.0 - unknown,
        lambda: float(unknown),
        lambda: unknown.told("mm"),
        lambda: sorted([1.0, unknown]),
        lambda: max(1.0, unknown),
    ):
        with pytest.raises(NotMeasurable, match="no thickness"):
            compute()


lengths = st.floats(0.001, 1000)


@given(st.floats(0.001, 1000), lengths, st.none() | lengths, st.none() | lengths)
def test_a_multiple_lies_between_its_bounds_and_is_the_product_where_that_does(
    times: float, thickness: float, least: float | None, most: float | None
) -> None:
    if least is not None and most is not None and least >= most:
        least, most = None, least
    multiple = TimesLength(times=times, of="slice_thickness", at_least=least, at_most=most)
    limit = multiple.resolved({"slice_thickness": Known(thickness)})
    assert isinstance(limit, OfImage)
    assert limit >= (least or 0.0)
    assert limit <= (most or float("inf"))
    if (least or 0.0) <= times * thickness <= (most or float("inf")):
        assert limit == pytest.approx(times * thickness)
    assert TimesLength.model_validate(multiple.model_dump(exclude_none=True)) == multiple


@given(st.lists(lengths, min_size=1, max_size=5))
def test_of_several_images_the_largest_counts_in_any_order(thicknesses: list[float]) -> None:
    known = found_in(["slice_thickness"], [image(thickness) for thickness in thicknesses])
    assert known == found_in(["slice_thickness"], [image(thickness) for thickness in reversed(thicknesses)])
    assert known["slice_thickness"] == Known(max(thicknesses), is_largest=len({*thicknesses}) > 1)


@pytest.mark.parametrize(
    ("multiple", "told"),
    [
        (TWICE, "at least 2 × the slice thickness"),
        ({**TWICE, "times": 1}, "at least the slice thickness"),
        (RECIST, "at least the larger of 10 mm and 2 × the slice thickness"),
        ({**TWICE, "at_most": 20}, "at least the smaller of 20 mm and 2 × the slice thickness"),
        ({**RECIST, "at_most": 20}, "at least 2 × the slice thickness (not below 10 mm and not above 20 mm)"),
        ({"times": 1.5, "of": "pixel_spacing"}, "at least 1.5 × the larger pixel spacing"),
    ],
)
def test_annotators_read_a_multiple_in_words(multiple: dict[str, Any], told: str) -> None:
    rule = of(DiameterLimits, longest_min_mm=multiple)
    words = plain(rule.told(Names())).replace("\N{NO-BREAK SPACE}", " ")
    assert words == f"The longest diameter of every region is {told}."
