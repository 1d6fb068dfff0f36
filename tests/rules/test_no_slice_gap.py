"""What cases of ``no-slice-gap`` cannot draw: regions on either side, several images in one task, what is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec import structs

from guidelint.annotation.submission import Submission
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.rules.volumes.no_slice_gap import NoSliceGap, Slice
from guidelint.validation.cases.run import plan_of, run_case
from guidelint.validation.drawing.text import region_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.rule.case import Drawn

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.validation.judging.verdict import Verdict

AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def facts(z_mm: float, uid: str | None = "1.2.3") -> ImageFacts:
    return ImageFacts(series_uid=uid, place=SlicePlace((0.0, 0.0, z_mm), AXIAL, spacing_mm=1.0))


def region(item_index: int | None = None, name: str | None = "1") -> Region:
    drawn = Drawn(text="#", object_name=name, item_index=item_index)
    return structs.replace(region_of(drawn, 1, (4, 4), Spacing(1.0, 1.0)), item=1)


def judged(*submissions: Submission) -> tuple[Verdict, ...]:
    fold = Fold(plan_of(NoSliceGap()))
    for submission in submissions:
        fold.add(submission)
    return tuple(fold.verdicts())


def handed(task: int, z_mm: float, *regions: Region, uid: str | None = "1.2.3") -> Submission:
    return Submission(str(task), f"a{task}", "ann", facts(z_mm, uid), regions)


@pytest.mark.parametrize("between", [(), (handed(2, 1.0),)], ids=["missing", "unmarked"])
def test_the_regions_on_either_side_are_told(between: tuple[Submission, ...]) -> None:
    (verdict,) = judged(handed(1, 0.0, region()), *between, handed(3, 2.0, region()))
    (finding,) = verdict.findings
    assert [(one.task, one.annotation, one.title) for one in finding.regions] == [
        ("1", "a1", "Object 1: Region 1 lesion of task 1"),
        ("3", "a3", "Object 1: Region 1 lesion of task 3"),
    ]
    assert [one.task for one in finding.subjects] == ["1"]


def test_images_of_one_task_are_slices_each() -> None:
    images = {index: facts(float(index)) for index in range(3)}
    whole = Submission("7", "a7", "ann", images[0], (region(0), region(2)), item_images=images, item_count=3)
    (verdict,) = judged(whole)
    (finding,) = verdict.findings
    assert finding.message.startswith("it is marked on image 1 of task 7 and on image 3 of task 7, but not on 1 slice")


def test_images_of_another_series_are_no_slices_of_this_one() -> None:
    images = {0: facts(0.0), 1: facts(1.0, "9.9"), 2: facts(2.0)}
    whole = Submission("7", "a7", "ann", images[0], (region(0), region(2)), item_images=images, item_count=3)
    messages = [(verdict.subject.series, finding.kind) for verdict in judged(whole) for finding in verdict.findings]
    assert messages == [("1.2.3", "missing")]


def test_a_new_version_of_a_slice_closes_the_gap() -> None:
    old, new = handed(2, 1.0), handed(2, 1.0, region())
    around = handed(1, 0.0, region()), handed(3, 2.0, region())
    assert [verdict.decision for verdict in judged(*around, old)] == ["returned"]
    assert [verdict.decision for verdict in judged(*around, old, new)] == ["accepted"]
    (skipped,) = judged(*around, replace(new, skipped=True))
    assert [finding.kind for finding in skipped.findings] == ["missing"]


def test_what_a_slice_contributes_is_written_and_read_back() -> None:
    kept = Slice("task 1", facts(1.0).place, ())
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(kept), type=NoSliceGap.contribution) == kept


def test_what_further_slices_may_tell_is_not_told_before_they_are_in() -> None:
    (case,) = [case for case in NoSliceGap.cases if "one step only" in (case.cannot or "")]
    assert {finding.of_absence for finding in run_case(NoSliceGap, case).findings} == {True}
