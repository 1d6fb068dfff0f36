"""What cases of ``volume-limits`` cannot draw: several images in one task, and what further slices may tell."""

from __future__ import annotations

import msgspec
import pytest
from tests.language.mistakes import problems

from guidelint.annotation.submission import Submission
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.volumes.volume_limits import VolumeLimits
from guidelint.validation.cases.run import plan_of, run_case
from guidelint.validation.drawing.text import region_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.rule.case import Drawn

AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def told(*heights_mm: float, max_ml: object = 0.001) -> list[str]:
    """Judge one task whose images show an object of 4 mm² on slices at these heights, said to be 2 mm apart."""
    places = [SlicePlace((0.0, 0.0, z_mm), AXIAL, spacing_mm=2.0) for z_mm in heights_mm]
    images = {
        at: ImageFacts(spacing=Spacing(1.0, 1.0), series_uid="1.2.3", place=place) for at, place in enumerate(places)
    }
    drawn = [Drawn(text="##\n##", object_name="1", item_index=at) for at in images]
    regions = tuple(region_of(one, at + 1, (4, 4), Spacing(1.0, 1.0)) for at, one in enumerate(drawn))
    fold = Fold(plan_of(VolumeLimits.model_validate_json(msgspec.json.encode({"max_ml": max_ml}))))
    fold.add(Submission("7", "a7", "ann", images[0], regions, item_images=images, item_count=len(images)))
    return [finding.message for verdict in fold.verdicts() for finding in verdict.findings]


def test_images_of_one_task_are_slices_each() -> None:
    assert told(0.0, 2.0, 4.0) == ["the volume over 3 slices is 0.024 ml, above the limit of 0.001 ml"]


def test_a_volume_is_limited_in_voxels() -> None:
    assert told(0.0, 2.0, 4.0, max_ml={"times": 12, "of": "voxel_volume"}) == []
    (said,) = told(0.0, 2.0, 4.0, max_ml={"times": 11, "of": "voxel_volume"})
    assert said.startswith("the volume over 3 slices is 0.024 ml, above the limit of 0.022 ml")


def test_two_sequences_of_one_task_that_show_one_place_do_not_count_twice() -> None:
    (said,) = told(0.0, 2.0, 2.0)
    assert said.endswith("image 2 of task 7 and image 3 of task 7 show the same place, which would count twice")


@pytest.mark.parametrize("title", ["below the lower limit", "above the upper limit", "a slice is left out between two"])
def test_what_further_slices_may_tell_is_not_told_before_they_are_in(title: str) -> None:
    (case,) = [case for case in VolumeLimits.cases if case.title == title]
    assert {finding.of_absence for finding in run_case(VolumeLimits, case).findings} == {True}


def test_a_guideline_limits_volumes_and_contradictions_are_told() -> None:
    rules = "classes:\n  mass: {{title: Mass, definition: A place., draw: polygon, rules: {{volume-limits: {{{}}}}}}}\n"
    assert [one.code for one in problems(with_part(rules.format("min_ml: 0.5, max_ml: 30")))] == []
    assert [one.code for one in problems(with_part(rules.format("min_ml: 30, max_ml: 0.5")))] == ["empty-range"]
    assert [one.code for one in problems(with_part(rules.format("min_cm3: 1")))] == ["unknown-key"]
    assert [one.code for one in problems(with_part(rules.format("min_ml: 500000")))] == ["unlikely-size"]
