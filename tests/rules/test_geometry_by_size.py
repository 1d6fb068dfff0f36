"""Bands of sizes that leave no gap and do not overlap."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from guidelint.rules.classes.geometry_by_size import GeometryBySize

POINT, BOX, OUTLINE = ["keypoint"], ["rectangle"], ["polygon"]


def test_bands_go_from_small_to_large_and_the_last_has_no_upper_end() -> None:
    bands = [{"below_mm": 3.0, "tools": POINT}, {"below_mm": 30.0, "tools": OUTLINE}, {"tools": BOX}]
    rule = GeometryBySize.model_validate_json(f'{{"bands": {bands!r}}}'.replace("'", '"'))
    assert [[band.holds(size) for band in rule.bands] for size in (2.9, 3.0, 30.0)] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
    ]


@pytest.mark.parametrize(
    ("bands", "reason"),
    [
        pytest.param([], "at least one band", id="none"),
        pytest.param([{"below_mm": 3, "tools": POINT}], "every band but the last", id="nothing for the largest"),
        pytest.param([{"tools": POINT}, {"tools": OUTLINE}], "every band but the last", id="two without an end"),
        pytest.param(
            [{"below_mm": 3, "tools": POINT}, {"tools": BOX}, {"tools": OUTLINE}],
            "every band but the last",
            id="one in the middle without an end",
        ),
        pytest.param(
            [{"below_mm": 5, "tools": POINT}, {"below_mm": 3, "tools": BOX}, {"tools": OUTLINE}],
            "from small to large",
            id="overlapping",
        ),
        pytest.param(
            [{"below_mm": 3, "tools": POINT}, {"below_mm": 3, "tools": BOX}, {"tools": OUTLINE}],
            "from small to large",
            id="an empty band",
        ),
        pytest.param(
            [{"below_px": 3, "tools": POINT}, {"below_mm": 9, "tools": BOX}, {"tools": OUTLINE}],
            "cannot be put in order",
            id="bands in two units",
        ),
        pytest.param(
            [{"below_px": 3, "below_mm": 2, "tools": POINT}, {"tools": OUTLINE}],
            "cannot be put in order",
            id="a band with two ends",
        ),
        pytest.param(
            [{"below_diagonal_fraction": 10, "tools": POINT}, {"tools": OUTLINE}],
            "less than or equal to 1",
            id="percent for a fraction",
        ),
    ],
)
def test_bands_with_a_gap_or_an_overlap_are_refused(bands: list[dict[str, object]], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        GeometryBySize.model_validate({"bands": tuple(bands)}, strict=False)


def test_a_text_is_no_end_of_a_band() -> None:
    with pytest.raises(ValidationError, match="valid number"):
        GeometryBySize.model_validate_json(
            '{"bands": [{"below_mm": "3", "tools": ["keypoint"]}, {"tools": ["polygon"]}]}'
        )
