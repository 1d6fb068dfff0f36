"""Sizes in conditions, and multiples of slices, are believed as limits are."""

from __future__ import annotations

import pytest
from tests.language.test_lints_of_conditions import told


def unlikely(use: str) -> list[str]:
    return [problem.message for problem in told(use) if problem.code == "unlikely-size"]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{size: {longest_mm: {at_least: 50000}}}", "`at_least: 50000` is 50 m, more than anybody means"),
        ("{image: {slice_thickness_mm: {above: 500}}}", "`above: 500` is 500 mm, more than anybody means"),
        ("{image: {rows: {above: 100000}}}", "`above: 100000` is 100000 pixels, more than anybody means"),
        (
            "{any_of: [{size: {area_px: {below: 0.01}}}, {source: manual}]}",
            "`below: 0.01` is 0.01 pixels, less than anybody means",
        ),
    ],
)
def test_a_size_in_a_condition_that_nothing_has_is_a_slip(when: str, said: str) -> None:
    assert unlikely(f"area-limits: {{min_mm2: 1, when: {when}}}") == [said]


@pytest.mark.parametrize("when", ["{size: {longest_mm: {at_least: 30}}}", "{image: {slice_thickness_mm: {above: 5}}}"])
def test_a_size_in_a_condition_that_something_has_is_believed(when: str) -> None:
    assert unlikely(f"area-limits: {{min_mm2: 1, when: {when}}}") == []


@pytest.mark.parametrize(
    ("times", "of", "said"),
    [
        (200, "slice_thickness", ["`times: 200` is 200 slices, more than anybody means"]),
        (2, "slice_thickness", []),
        (200, "pixel_spacing", []),
    ],
)
def test_so_many_slices_are_a_slip(times: int, of: str, said: list[str]) -> None:
    assert unlikely(f"diameter-limits: {{longest_min_mm: {{times: {times}, of: {of}}}}}") == said
