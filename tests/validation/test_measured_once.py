"""What several rules, a condition and a gathering ask of the same operands is measured once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from guidelint.geometry.codecs import cropped_rle
from guidelint.geometry.measures import components, overlap
from guidelint.geometry.memo import memo
from guidelint.rules.agreement.overlap_agreement import OverlapAgreement
from guidelint.rules.answers.derived_answer import DerivedAnswer
from guidelint.rules.relations.inside import Inside
from guidelint.rules.relations.no_duplicate_regions import NoDuplicateRegions
from guidelint.rules.relations.separate import Separate
from guidelint.rules.shape import simple_outline
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.rules.shape.no_holes import NoHoles
from guidelint.rules.shape.simple_outline import SimpleOutline
from guidelint.rules.shape.single_piece import SinglePiece
from guidelint.statistics import agreement
from guidelint.validation.cases.run import plan_of
from guidelint.validation.deriving import rank
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.contributions import InMemory
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule import size
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.condition import Condition, When

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from guidelint.validation.rule.rule import Rule

Counts = dict[str, int]


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType, str], Counts]:
    """Count how often a measure is taken, by its name; what other tests measured is forgotten."""
    memo.forget()
    counts: Counts = {}

    def counting(module: ModuleType, name: str) -> Counts:
        measure = getattr(module, name)
        counts[name] = 0

        def counted(*operands: object) -> object:
            counts[name] += 1
            return measure(*operands)

        counted.__name__ = name
        monkeypatch.setattr(module, name, counted)
        return counts

    return counting


def departures(draws: Case, *rules: Rule) -> list[str]:
    (submission,) = submissions_of(draws)
    return [finding.rule for finding in judge(plan_of(*rules), submission).findings if finding.outcome == "departs"]


PAIR = Case("two that overlap", {}, (Drawn(text="###.", class_name="liver"), Drawn(text=".###", class_name="kidney")))


def test_rules_of_one_pair_count_their_common_pixels_once(
    times: Callable[[ModuleType, str], Counts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overlap, "SOON_COUNTED", 0)  # of small masks compiled loops count again, which takes less time
    counts = times(overlap, "intersection_px")
    found = departures(
        PAIR,
        Separate(pairs=(("liver", "kidney"),)),
        Separate(pairs=(("kidney", "liver"),), max_dice=0.5),
        NoDuplicateRegions(across_classes=True, min_iou=0.5),
        Inside(child="kidney", parent=("liver",)),
        Inside(child="liver", parent=("kidney",)),
    )
    assert sorted(found) == ["inside", "inside", "no-duplicate-regions", "separate", "separate"]
    assert counts == {"intersection_px": 1}


def test_limits_and_conditions_on_one_length_measure_it_once(times: Callable[[ModuleType, str], Counts]) -> None:
    counts = times(size, "longest_diameter")
    plan = plan_of(DiameterLimits(longest_min_mm=90.0), DiameterLimits(longest_min_mm=80.0))
    when = When(
        Condition.model_validate({"size": {"longest_mm": {"at_least": 1}}}), frozenset(), asks_regions=True, titles={}
    )
    conditional = replace(plan, checks=tuple(replace(check, when=when) for check in plan.checks)).sealed()
    (submission,) = submissions_of(Case("one", {}, "####"))
    assert [finding.outcome for finding in judge(conditional, submission).findings] == ["departs", "departs"]
    assert counts == {"longest_diameter": 1}


@pytest.mark.parametrize(
    ("module", "name", "drawn", "rules"),
    [
        (components, "_pieces", Case("", {}, "#.#.#"), (SinglePiece(), SinglePiece(max_pieces=2))),
        (components, "_enclosed", Case("", {}, "###\n#.#\n###"), (NoHoles(), NoHoles(max_hole_mm2=0.5))),
        (
            simple_outline,
            "invalid_reason",
            Case("", {}, Drawn(text="a..b\n....\nd..c", as_="polygon", order="acbd")),
            (SimpleOutline(), SimpleOutline()),
        ),
    ],
)
def test_a_rule_used_twice_measures_once(
    module: ModuleType,
    name: str,
    drawn: Case,
    rules: tuple[Rule, ...],
    times: Callable[[ModuleType, str], Counts],
) -> None:
    counts = times(module, name)
    assert len(departures(drawn, *rules)) == 2
    assert counts == {name: 1}


def test_rules_on_what_two_readers_drew_pack_and_compare_it_once(times: Callable[[ModuleType, str], Counts]) -> None:
    times(agreement, "surface_distances")
    counts = times(cropped_rle, "encode")
    readers = (Handed(draws="##..", annotation="7"), Handed(annotator="bob", draws="..##", annotation="8"))
    fold = Fold(plan_of(OverlapAgreement(max_hd95_mm=0.5), OverlapAgreement(max_hd95_mm=1.0)), InMemory())
    for submission in submissions_of(Case("two readers", {}, readers)):
        fold.add(submission)
    assert [len(verdict.findings) for verdict in fold.verdicts()] == [2]
    # packed once for each reader, and looked at once again where the packed form is read back
    assert counts == {"surface_distances": 1, "encode": 4}


def test_the_numbers_of_all_that_is_ranked_are_taken_once(times: Callable[[ModuleType, str], Counts]) -> None:
    counts = times(rank, "_numbers")
    ranked = DerivedAnswer.model_validate_json(
        """{"attribute": "main", "classes": ["lesion"], "derivation": {"how": "rank",
        "terms": [{"question": "points", "of": ["lesion"], "required": true}],
        "bands": [{"option": "yes", "limits": {"at_most": 1}}, {"option": "no", "limits": {"above": 1}}]}}"""
    )
    entered = tuple(Drawn(text="#", answers={"points": points, "main": "yes"}) for points in (3.0, 2.0, 1.0))
    assert departures(Case("three that are ranked", {}, entered), ranked) == ["derived-answer"] * 2
    assert counts == {"_numbers": 1}
