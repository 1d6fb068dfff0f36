"""Judging one submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from guidelint.annotation.submission import UnknownItem
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.rules.relations.inside import Inside
from guidelint.rules.relations.no_duplicate_regions import NoDuplicateRegions
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.rules.shape.clean_vertices import CleanVertices
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.rules.structure.decodable_mask import DecodableMask
from guidelint.rules.structure.known_control import KnownControl
from guidelint.rules.structure.well_formed_shape import WellFormedShape
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.region import RegionRule
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.filled import Filled
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.rule import Rule


class Raises(RegionRule):
    """A rule with a fault."""

    says: ClassVar[Mapping[str, Says]] = {"seen": Says("it was seen", "Look.")}

    def check(self, region: Region) -> Iterator[Departure]:
        yield self.departs("seen", region)
        raise ZeroDivisionError("division by zero")


class FailsToFill(SubmissionRule):
    """A rule that is to answer a question, and has a fault."""

    says: ClassVar[Mapping[str, Says]] = {}

    @property
    def filled_question(self) -> str:
        return "grade"

    def filled(self, submission: Submission) -> Iterator[Filled]:
        yield None, None, "high"
        raise ZeroDivisionError(f"division by zero in task {submission.task}")

    def check(self, submission: Submission) -> Iterator[Departure]:
        assert "grade" not in submission.answers
        yield from ()


class CannotSay(SubmissionRule):
    """A rule without an answer."""

    says: ClassVar[Mapping[str, Says]] = {}

    def check(self, submission: Submission) -> Iterator[Departure]:
        yield from ()
        raise NotMeasurable(f"the register of task {submission.task} is closed")


class Wordless(RegionRule):
    """A rule that has no words for what it finds."""

    says: ClassVar[Mapping[str, Says]] = {}

    def check(self, region: Region) -> Iterator[Departure]:
        yield self.departs("unheard-of", region)


def drawn(*draws: Drawn) -> Submission:
    (submission,) = submissions_of(Case("test", {}, draws))
    return submission


def changed(plan: Plan, **changes: object) -> Plan:
    (check,) = plan.checks
    return replace(plan, checks=(replace(check, **changes),))  # type: ignore[arg-type]


def outcomes(verdict: Verdict) -> list[tuple[str, str]]:
    return [(finding.rule, finding.outcome) for finding in verdict.findings]


def test_nothing_found_is_accepted_under_the_plan_that_judged() -> None:
    plan = plan_of(AreaLimits(min_mm2=1.0))
    verdict = judge(plan, drawn(Drawn(text="##")))
    assert (verdict.decision, verdict.findings, verdict.plan_digest) == ("accepted", (), plan.digest)
    assert verdict.subject.key == "submission//case/case/"


def test_a_skipped_submission_is_not_judged_and_never_accepted() -> None:
    verdict = judge(plan_of(AreaLimits(min_mm2=9.0)), replace(drawn(Drawn(text="##")), skipped=True))
    assert (verdict.decision, verdict.findings) == ("skipped", ())


def test_a_rule_that_raises_is_a_finding_and_what_it_found_before_stands() -> None:
    verdict = judge(plan_of(Raises()), drawn(Drawn(text="##")))
    assert outcomes(verdict) == [("raises", "departs"), ("raises", "rule-failed")]
    assert verdict.findings[1].message == "the rule itself failed: ZeroDivisionError: division by zero"
    assert verdict.findings[1].regions[0].title == "Region 1 lesion"
    assert verdict.decision == "returned"
    assert verdict.failed_rules == verdict.findings[1:]


def test_a_rule_that_raises_where_it_answers_a_question_is_a_finding_and_answers_nothing() -> None:
    verdict = judge(plan_of(FailsToFill(), AreaLimits(min_mm2=100.0)), drawn(Drawn(text="##")))
    assert outcomes(verdict) == [("fails-to-fill", "rule-failed"), ("area-limits", "departs")]
    assert "ZeroDivisionError: division by zero in task" in verdict.findings[0].message
    assert judge(plan_of(FailsToFill()), drawn(Drawn(text="##"))).decision == "unverified"


def test_the_other_rules_are_judged_when_one_raises() -> None:
    verdict = judge(plan_of(Raises(), AreaLimits(min_mm2=9.0)), drawn(Drawn(text="##")))
    assert ("area-limits", "departs") in outcomes(verdict)


def test_a_rule_without_an_answer_says_why() -> None:
    verdict = judge(plan_of(CannotSay()), drawn(Drawn(text="##")))
    assert verdict.findings[0].message == "this could not be checked: the register of task case is closed"
    assert verdict.decision == "unverified"


def test_a_rule_without_words_has_failed() -> None:
    verdict = judge(plan_of(Wordless()), drawn(Drawn(text="##")))
    assert outcomes(verdict) == [("wordless", "rule-failed")]


MEASURING: tuple[Rule, ...] = (
    AreaLimits(min_mm2=9.0),
    DiameterLimits(longest_min_mm=9.0),
    NoDuplicateRegions(),
    Inside(child="lesion", parent=("lesion",)),
)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(Drawn(text="##", undecodable="cut off"), id="undecodable"),
        pytest.param(Drawn(text=".."), id="empty"),
        pytest.param(Drawn(text="##", as_="rectangle", stretch=(0.0, 1.0)), id="no size"),
        pytest.param(Drawn(text="##", as_="ellipse", malformed="no radius"), id="malformed"),
        pytest.param(Drawn(text="a.b", as_="polygon"), id="two points"),
    ],
)
def test_a_region_with_nothing_to_measure_is_returned_once_wherever_its_rule_stands(broken: Drawn) -> None:
    rules = (*MEASURING, DecodableMask(), WellFormedShape())
    for order in (rules, rules[::-1]):
        verdict = judge(plan_of(*order), drawn(broken))
        assert len(verdict.findings) == 1
        assert verdict.decision == "returned"


def test_a_sound_region_is_judged_beside_a_broken_one() -> None:
    plan = plan_of(*MEASURING[:3], DecodableMask())
    verdict = judge(plan, drawn(Drawn(text="##", undecodable="cut off"), Drawn(text="##")))
    assert [(finding.rule, finding.regions[0].number) for finding in verdict.findings] == [
        ("decodable-mask", 1),
        ("area-limits", 2),
        ("diameter-limits", 2),
    ]


def test_a_region_is_not_measured_while_an_area_taken_out_of_it_is_broken() -> None:
    area = Drawn(text="#.", undecodable="cut off", id="area")
    submission = drawn(area, Drawn(text="##", excluded=(area,)))
    verdict = judge(plan_of(DecodableMask(), AreaLimits(min_mm2=9.0)), submission)
    assert outcomes(verdict) == [("decodable-mask", "departs")]
    assert verdict.decision == "returned"


@pytest.mark.parametrize(
    "changes", [{"level": "note"}, {"level": "warning"}, {"escalates_to": "senior"}], ids=["note", "warning", "route"]
)
@pytest.mark.parametrize("others", [(), (AreaLimits(min_mm2=9.0),)], ids=["alone", "beside another rule"])
def test_a_region_with_nothing_to_measure_is_returned_whatever_its_rule_was_set_to(
    others: tuple[Rule, ...], changes: dict[str, Any]
) -> None:
    plan = plan_of(DecodableMask(), *others)
    first, *rest = plan.checks
    verdict = judge(
        replace(plan, checks=(replace(first, **changes), *rest)), drawn(Drawn(text="##", undecodable="cut off"))
    )
    assert outcomes(verdict) == [("decodable-mask", "departs")]
    assert [finding.level for finding in verdict.findings] == ["error"]
    assert verdict.decision == "returned"


def test_an_outline_without_an_area_keeps_its_vertices_judged() -> None:
    outline = Drawn(text="a.b.c", as_="polygon", order="abcb")
    verdict = judge(plan_of(WellFormedShape(), CleanVertices()), drawn(outline))
    assert outcomes(verdict) == [("well-formed-shape", "departs"), ("clean-vertices", "departs")]


def test_masks_of_two_image_sizes_cannot_be_compared() -> None:
    regions = (Drawn(text="##", image_shape=(4, 4)), Drawn(text="##", image_shape=(8, 8)))
    verdict = judge(plan_of(NoDuplicateRegions()), drawn(*regions))
    assert outcomes(verdict) == [("no-duplicate-regions", "cannot-evaluate")]
    assert "different images" in verdict.findings[0].message


def test_a_check_concerns_its_classes_only() -> None:
    plan = changed(plan_of(AreaLimits(min_mm2=9.0)), classes=frozenset({"cyst"}))
    verdict = judge(plan, drawn(Drawn(text="##"), Drawn(text="##", class_name="cyst")))
    assert [finding.regions[0].class_name for finding in verdict.findings] == ["cyst"]


def test_a_check_of_a_whole_submission_reports_what_its_classes_are_part_of() -> None:
    plan = changed(plan_of(NoDuplicateRegions()), classes=frozenset({"cyst"}))
    twice = (
        Drawn(text="##"),
        Drawn(text="##"),
        Drawn(text="##", class_name="cyst"),
        Drawn(text="##", class_name="cyst"),
    )
    verdict = judge(plan, drawn(*twice))
    assert [{region.class_name for region in finding.regions} for finding in verdict.findings] == [{"cyst"}]


def test_the_author_of_a_guideline_may_choose_level_next_step_and_route() -> None:
    plan = changed(plan_of(AreaLimits(min_mm2=9.0)), level="warning", note="Ask Dr Who.", escalates_to="senior")
    (finding,) = judge(plan, drawn(Drawn(text="##"))).findings
    assert (finding.level, finding.do, finding.escalates_to) == ("warning", "Ask Dr Who.", "senior")
    assert judge(plan, drawn(Drawn(text="##"))).decision == "escalated"


def test_two_findings_that_name_no_region_have_two_ids_that_stay_the_same() -> None:
    unknown = tuple(UnknownItem(name, "bbox", "image", "rectanglelabels") for name in "ab")
    plan = plan_of(KnownControl())
    submission = replace(drawn(Drawn(text="##")), unknown_items=unknown)
    ids = [finding.id for finding in judge(plan, submission).findings]
    assert len(set(ids)) == len(unknown)
    assert ids == [finding.id for finding in judge(plan, submission).findings]
