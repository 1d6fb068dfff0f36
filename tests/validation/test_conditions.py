"""Uses under a condition: what they are asked of, and what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from guidelint.annotation.region import Answer
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import SlicePlace
from guidelint.rules.catalogue import catalogue
from guidelint.rules.classes.count_limits import CountLimits
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.fold import Fold, gathering_checks
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.plan import Plan
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.condition import Condition, When

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.rule import Rule

SMALL = AreaLimits(min_mm2=9.0)


def under(rule: Rule, optional: tuple[str, ...] = (), *, asks_regions: bool = False, **condition: Any) -> Plan:
    plan = plan_of(rule)
    when = When(Condition.model_validate(condition), frozenset(optional), asks_regions, {"kind": "Kind of lesion"})
    return replace(plan, checks=(replace(plan.checks[0], when=when),)).sealed()


def drawn(*draws: Drawn, answers: tuple[dict[str, Any], ...] = (), **facts: Any) -> Submission:
    (submission,) = submissions_of(Case("test", {}, draws or (Drawn(text="##"),)))
    said = [{name: Answer(name, (value,)) for name, value in one.items()} for one in answers]
    regions = (
        tuple(structs.replace(region, answers=one) for region, one in zip(submission.regions, said, strict=True))
        if said
        else submission.regions
    )
    return replace(submission, regions=regions, image=replace(submission.image, **facts))


def found(verdict: Verdict) -> list[tuple[str, int]]:
    return [(finding.outcome, finding.regions[0].number if finding.regions else 0) for finding in verdict.findings]


def test_a_region_is_judged_where_its_answer_is_the_one_that_is_named() -> None:
    plan = under(SMALL, answer={"kind": "solid"}, asks_regions=True)
    submission = drawn(Drawn(text="##"), Drawn(text="##"), answers=({"kind": "solid"}, {"kind": "cystic"}))
    assert found(judge(plan, submission)) == [("departs", 1)]


def test_an_answer_about_the_image_holds_for_its_regions() -> None:
    plan = under(SMALL, answer={"kind": ["solid", "mixed"]})
    submission = replace(drawn(), answers={"kind": Answer("kind", ("mixed",))})
    assert found(judge(plan, submission)) == [("departs", 1)]
    assert found(judge(plan, replace(submission, answers={"kind": Answer("kind", ("other",))}))) == []


def test_a_missing_answer_cannot_be_told_unless_it_may_be_left_open() -> None:
    verdict = judge(under(SMALL, answer={"kind": "solid"}), drawn())
    assert (verdict.decision, found(verdict)) == ("unverified", [("cannot-evaluate", 1)])
    assert "the answer to “Kind of lesion”, which is missing" in verdict.findings[0].message
    assert judge(under(SMALL, ("kind",), answer={"kind": "solid"}), drawn()).decision == "accepted"


@pytest.mark.parametrize(
    ("limits", "departs"),
    [
        ({"at_least": 4}, True),
        ({"above": 4}, False),
        ({"at_most": 4}, True),
        ({"below": 4}, False),
        ({"above": 3, "below": 5}, True),
        ({"at_least": 5}, False),
    ],
)
def test_a_step_of_a_scale_is_compared_with_every_limit(limits: dict[str, float], departs: bool) -> None:  # noqa: FBT001 - a value
    plan = under(SMALL, number={"score": limits}, asks_regions=True)
    assert bool(judge(plan, drawn(answers=({"score": 4.0},))).findings) is departs


def test_a_size_band_keeps_the_regions_that_lie_in_it() -> None:
    plan = under(SMALL, size={"longest_mm": {"at_least": 3, "below": 4}})
    submission = drawn(Drawn(text="#"), Drawn(text="###"), Drawn(text="####"))
    assert found(judge(plan, submission)) == [("departs", 2)]


def test_a_size_without_a_spacing_cannot_be_told() -> None:
    plan = under(SMALL, size={"longest_mm": {"at_least": 3}})
    submission = drawn()
    (region,) = submission.regions
    verdict = judge(plan, replace(submission, regions=(structs.replace(region, spacing=None),)))
    assert found(verdict) == [("cannot-evaluate", 1)]
    assert "pixel spacing" in verdict.findings[0].message


def test_only_suggestions_are_judged_where_the_source_says_so() -> None:
    submission = drawn(Drawn(text="##"), Drawn(text="##"))
    first, second = submission.regions
    mixed = replace(submission, regions=(first, structs.replace(second, origin="prediction")))
    assert found(judge(under(SMALL, source=["prediction", "prediction-changed"]), mixed)) == [("departs", 2)]


@pytest.mark.parametrize(
    ("image", "facts", "outcome"),
    [
        ({"modality": "CT"}, {"modality": "CT"}, "departs"),
        ({"modality": ["MR", "PT"]}, {"modality": "CT"}, None),
        ({"modality": "CT"}, {"modality": None}, "cannot-evaluate"),
        ({"slice_thickness_mm": {"above": 2}}, {"place": SlicePlace(thickness_mm=2.5)}, "departs"),
        ({"slice_thickness_mm": {"above": 2}}, {"place": SlicePlace(thickness_mm=2.0)}, None),
        ({"slice_thickness_mm": {"above": 2}}, {}, "cannot-evaluate"),
        ({"slice_spacing_mm": {"above": 2}}, {"place": SlicePlace(spacing_mm=5.0)}, "departs"),
        ({"rows": {"at_least": 512}}, {"rows": 512}, "departs"),
        ({"columns": {"at_least": 512}}, {"columns": 511}, None),
        ({"time_point": "baseline"}, {"time_point": "Baseline"}, "departs"),
        ({"time_point": ["week-8", "week-16"]}, {"time_point": "baseline"}, None),
        ({"time_point": "baseline"}, {}, "cannot-evaluate"),
        ({"study_date": {"since": "2024-01-31"}}, {"study_date": date(2024, 1, 31)}, "departs"),
        ({"study_date": {"since": "2024-02-01"}}, {"study_date": date(2024, 1, 31)}, None),
        ({"study_date": {"until": "2024-01-31"}}, {"study_date": date(2024, 1, 31)}, "departs"),
        ({"study_date": {"until": "2024-01-30"}}, {"study_date": date(2024, 1, 31)}, None),
        ({"study_date": {"until": "2024-01-30"}}, {}, "cannot-evaluate"),
    ],
)
def test_facts_of_the_image_decide(image: dict[str, Any], facts: dict[str, Any], outcome: str | None) -> None:
    outcomes = [outcome for outcome, _ in found(judge(under(SMALL, image=image), drawn(**facts)))]
    assert outcomes == ([outcome] if outcome else [])


def test_what_is_unknown_of_an_image_is_named_by_its_dicom_tag() -> None:
    (finding,) = judge(under(SMALL, image={"slice_thickness_mm": {"above": 2}}), drawn()).findings
    assert "(0018,0050)" in finding.message


def test_of_alternatives_one_that_holds_decides_and_of_several_one_that_does_not() -> None:
    ways = ({"image": {"modality": "CT"}}, {"answer": {"kind": "solid"}})
    assert found(judge(under(SMALL, any_of=ways), drawn(modality="CT"))) == [("departs", 1)]
    assert found(judge(under(SMALL, any_of=ways), drawn(modality="MR"))) == [("cannot-evaluate", 1)]
    both: dict[str, Any] = {"image": {"modality": "CT"}, "answer": {"kind": "solid"}}
    assert found(judge(under(SMALL, **both), drawn(modality="MR"))) == []


NOT_SOLID: dict[str, Any] = {"not": {"answer": {"kind": "solid"}}}


@pytest.mark.parametrize(
    ("kind", "optional", "expected"),
    [
        ("solid", (), []),
        ("cystic", (), [("departs", 1)]),
        (None, (), [("cannot-evaluate", 1)]),
        (None, ("kind",), [("departs", 1)]),
    ],
)
def test_what_cannot_be_told_stays_so_behind_not(
    kind: str | None, optional: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    answers = ({"kind": kind} if kind else {},)
    assert found(judge(under(SMALL, optional, asks_regions=True, **NOT_SOLID), drawn(answers=answers))) == expected


def test_of_several_behind_not_one_that_does_not_hold_decides() -> None:
    condition: dict[str, Any] = {"not": {"image": {"modality": "CT"}, "answer": {"kind": "solid"}}}
    assert found(judge(under(SMALL, **condition), drawn(modality="MR"))) == [("departs", 1)]
    assert found(judge(under(SMALL, **condition), drawn(modality="CT"))) == [("cannot-evaluate", 1)]


VESSEL = Drawn(text="###", class_name="vessel")


def test_a_condition_asks_whether_something_is_marked() -> None:
    marked: list[dict[str, Any]] = [{"marked": ["vessel", "node"]}, {"not": {"marked": "vessel"}}]
    plan, without = (under(CountLimits(classes=("lesion",), max=0), **one) for one in marked)
    alone, both = drawn(), drawn(Drawn(text="##"), VESSEL)
    assert [len(judge(plan, one).findings) for one in (alone, both)] == [0, 1]
    assert [len(judge(without, one).findings) for one in (alone, both)] == [1, 0]
    unknown = replace(alone, regions=(*alone.regions, structs.replace(both.regions[1], class_name=None)))
    assert found(judge(plan, unknown)) == [("cannot-evaluate", 0)]


@pytest.mark.parametrize(("one_grid", "expected"), [(False, []), (True, [("departs", 1)])])
def test_marked_is_what_lies_on_the_same_pixels(one_grid: bool, expected: list[tuple[str, int]]) -> None:  # noqa: FBT001 - a value
    plan = under(SMALL, marked="vessel")
    plan = replace(plan, checks=tuple(replace(check, classes=frozenset({"lesion"})) for check in plan.checks)).sealed()
    two = drawn(Drawn(text="##", item_index=0), replace(VESSEL, item_index=1))
    assert found(judge(plan, replace(two, one_grid=one_grid))) == expected


def test_a_rule_on_a_submission_counts_the_regions_for_which_the_condition_holds() -> None:
    plan = under(CountLimits(classes=("lesion",), max=1), size={"longest_mm": {"at_least": 3}})
    few = drawn(Drawn(text="###"), Drawn(text="#"), Drawn(text="#"))
    assert judge(plan, few).findings == ()
    assert len(judge(plan, drawn(Drawn(text="###"), Drawn(text="###"))).findings) == 1


def test_a_rule_on_a_submission_is_not_asked_where_the_image_is_another() -> None:
    plan = under(CountLimits(classes=("lesion",), max=0), image={"modality": "CT"})
    assert judge(plan, drawn(modality="MR")).findings == ()
    assert len(judge(plan, drawn(modality="CT")).findings) == 1
    assert found(judge(plan, drawn(modality=None))) == [("cannot-evaluate", 0)]


def test_images_of_one_task_that_differ_cannot_be_told() -> None:
    plan = under(CountLimits(classes=("lesion",), max=0), image={"modality": "CT"})
    two = replace(drawn(), item_images={0: ImageFacts(modality="CT"), 1: ImageFacts(modality="MR")})
    (finding,) = judge(plan, two).findings
    assert "on one image of the task and not on another" in finding.message


def test_an_object_is_judged_by_the_slices_for_which_the_condition_holds() -> None:
    plan = under(DiameterLimits(longest_min_mm=9.0), answer={"kind": "solid"}, asks_regions=True)
    slices = submissions_of(
        Case("test", {}, (Drawn(text="##", object_name="1"), Drawn(text="###", object_name="1")), over_slices=True)
    )
    assert [outcomes(plan, slices, kind) for kind in ("solid", "cystic", None)] == [
        ["departs"],
        [],
        ["cannot-evaluate"],
    ]


def outcomes(plan: Plan, slices: tuple[Submission, ...], kind: str | None) -> list[str]:
    answers = {"kind": Answer("kind", (kind,))} if kind else {}
    fold = Fold(plan)
    for one in slices:
        fold.add(replace(one, regions=tuple(structs.replace(region, answers=answers) for region in one.regions)))
    return [finding.outcome for verdict in fold.verdicts() for finding in verdict.findings]


def test_a_condition_survives_the_plan_file_and_is_part_of_its_meaning() -> None:
    without: dict[str, Any] = {"not": {"marked": ["vessel"]}}
    plan, always = under(SMALL, ("kind",), answer={"kind": "solid"}, **without), plan_of(SMALL)
    read = Plan.from_json(plan.to_json(), catalogue())
    assert (read.checks, read.digest) == (plan.checks, plan.digest)
    assert plan.digest not in {always.digest, under(SMALL, ("kind",), answer={"kind": "cystic"}).digest}
    assert "when" not in always.to_json()
    (check,) = plan.checks
    assert check.when is not None
    reworded = replace(check, when=replace(check.when, titles={"kind": "Sort of lesion"}))
    assert replace(plan, checks=(reworded,)).sealed().digest == plan.digest
    sized = DiameterLimits(longest_max_mm=3)
    keys, others = (gathering_checks(one) for one in (under(sized, ("kind",), **without), plan_of(sized)))
    assert len(keys) == len(others) == 1
    assert keys.keys().isdisjoint(others)
