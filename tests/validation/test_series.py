"""Objects over the slices of a series."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.rule.case import Case, Drawn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.verdict import Verdict

PLAN = plan_of(AreaLimits(min_mm2=1.0), DiameterLimits(longest_min_mm=5.0, longest_max_mm=20.0))
SMALL, LARGE = "#...\n....\n....", "####\n####\n####"


def slices(*draws: Drawn, reader: str | None = "ann", series: str | None = "1.2") -> tuple[Submission, ...]:
    return tuple(
        replace(
            one,
            annotator=reader,
            annotation=f"{reader} {one.task} {series}",
            image=replace(one.image, series_uid=series),
        )
        for one in submissions_of(Case("test", {}, draws, over_slices=True))
    )


def judged(submissions: Iterable[Submission]) -> tuple[Verdict, ...]:
    ledger = Fold(PLAN)
    for submission in submissions:
        ledger.add(submission)
    return tuple(ledger.verdicts())


def test_the_small_end_slice_of_a_large_object_is_correct() -> None:
    (verdict,) = judged(slices(Drawn(text=SMALL, object_name="1"), Drawn(text=LARGE, object_name="1")))
    assert (verdict.decision, verdict.findings) == ("accepted", ())
    assert verdict.subject.key == "series/1.2///ann"


def test_an_object_small_on_all_its_slices_is_found_once_on_its_largest() -> None:
    draws = (Drawn(text=SMALL, object_name="1"), Drawn(text="##..\n....", object_name="1"))
    (verdict,) = judged(slices(*draws))
    (finding,) = verdict.findings
    assert finding.message == "the longest diameter is 2.2 mm, below the limit of 5 mm"
    assert [(region.task, region.title) for region in finding.regions] == [
        ("slice 2", "Object 1: Region 1 lesion of task slice 2")
    ]
    assert verdict.decision == "returned"


def test_readers_are_judged_each_by_their_own_slices() -> None:
    one = slices(Drawn(text=SMALL, object_name="1"), reader="ann")
    other = slices(Drawn(text=LARGE, object_name="1"), reader="bob")
    assert [(verdict.subject.annotator, verdict.decision) for verdict in judged((*one, *other))] == [
        ("ann", "returned"),
        ("bob", "accepted"),
    ]


def test_series_and_classes_are_not_joined() -> None:
    one = slices(Drawn(text=SMALL, object_name="1"), Drawn(text=LARGE, object_name="1", class_name="cyst"))
    other = slices(Drawn(text=LARGE, object_name="1"), series="1.3")
    assert [(verdict.subject.series, verdict.decision) for verdict in judged((*one, *other))] == [
        ("1.2", "returned"),
        ("1.3", "accepted"),
    ]


def test_an_object_without_a_name_cannot_be_judged_and_the_remedy_is_said() -> None:
    (verdict,) = judged(slices(Drawn(text=SMALL), Drawn(text=LARGE), Drawn(text=LARGE, object_name="1")))
    (finding,) = verdict.findings
    assert verdict.decision == "unverified"
    assert "name the object in the region's text" in finding.message
    assert [region.task for region in finding.regions] == ["slice 1", "slice 2"]


def test_without_a_reader_slices_cannot_be_joined() -> None:
    (verdict,) = judged(slices(Drawn(text=LARGE, object_name="1"), reader=None))
    assert verdict.decision == "unverified"
    assert "does not say who made it" in verdict.findings[0].message


def test_an_object_with_a_slice_that_cannot_be_measured_cannot_be_judged() -> None:
    draws = (Drawn(text=LARGE, object_name="1"), Drawn(text=LARGE, object_name="1", undecodable="cut off"))
    (verdict,) = judged(slices(*draws))
    assert [(finding.outcome, finding.regions[0].task) for finding in verdict.findings] == [
        ("cannot-evaluate", "slice 2")
    ]
    assert "cut off" in verdict.findings[0].message


def test_a_rule_that_raises_on_one_slice_has_failed() -> None:
    class Faulty(DiameterLimits):
        """A rule with a fault."""

        def measure(self, region: Region) -> tuple[float, ...]:
            return (region.number / 0,)

    ledger = Fold(plan_of(Faulty(longest_min_mm=1.0)))
    for submission in slices(Drawn(text=LARGE, object_name="1")):
        ledger.add(submission)
    (verdict,) = ledger.verdicts()
    assert verdict.decision == "unverified"
    assert [finding.outcome for finding in verdict.findings] == ["rule-failed"]
    assert "ZeroDivisionError" in verdict.findings[0].message


@pytest.mark.parametrize("series", [None, ""])
def test_an_image_without_a_series_has_no_series_verdict(series: str | None) -> None:
    assert judged(slices(Drawn(text=SMALL, object_name="1"), series=series)) == ()


def test_skipped_slices_and_empty_slices_have_no_object() -> None:
    (skipped,) = slices(Drawn(text=SMALL, object_name="1"))
    (point,) = slices(Drawn(text="#", as_="keypoint"))
    assert judged((replace(skipped, skipped=True), point)) == ()


def test_a_new_version_of_an_annotation_replaces_the_old_one_whichever_comes_first() -> None:
    (old,) = slices(Drawn(text=SMALL, object_name="1"))
    (new,) = slices(Drawn(text=LARGE, object_name="1"))
    began = datetime(2026, 11, 26, tzinfo=UTC)
    old, new = replace(old, updated_at=began), replace(new, updated_at=began + timedelta(seconds=1))
    for order in ((old, new), (new, old), (new, old, new)):
        assert [verdict.decision for verdict in judged(order)] == ["accepted"]


def test_of_two_versions_without_times_the_same_one_counts_in_any_order() -> None:
    (one,) = slices(Drawn(text=SMALL, object_name="1"))
    (other,) = slices(Drawn(text=LARGE, object_name="1"))
    assert judged((one, other)) == judged((other, one))


def test_ledgers_that_saw_different_slices_merge_in_any_order_also_across_processes() -> None:
    submissions = slices(Drawn(text=SMALL, object_name="1"), Drawn(text=LARGE, object_name="1"), Drawn(text=SMALL))
    whole = judged(submissions)
    for first, second in ((submissions[:1], submissions[1:]), (submissions[1:], submissions[:1])):
        ledgers = Fold(PLAN), Fold(PLAN)
        for ledger, part in zip(ledgers, (first, second), strict=True):
            for submission in part:
                ledger.add(submission)
        ledgers[0].merge(pickle.loads(pickle.dumps(ledgers[1])))  # noqa: S301 - our own ledger
        assert tuple(ledgers[0].verdicts()) == whole


def test_masks_are_not_kept() -> None:
    ledger = Fold(PLAN)
    row = "#" * 1000
    for submission in slices(*(Drawn(text="\n".join([row] * 100), object_name=str(name)) for name in range(20))):
        ledger.add(submission)
    assert len(pickle.dumps(ledger)) < 10_000
