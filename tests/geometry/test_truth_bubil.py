"""Agreement of five people with two tools on real images, against the tables computed from their masks beside us."""

from __future__ import annotations

import json
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.geometry.real import bubil_masks, rows

from guidelint.geometry.measures.overlap import pairwise_dice, pairwise_iou

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.geometry.mask import Mask

pytestmark = pytest.mark.real_data
ALIKE = ("Person2_Amira", "Person2_ImageJ", "gold")
"""Sets that are pixel-identical in DS1: one of them was copied."""


def _person(name: str) -> str:
    return name.split("_", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("name", "pairs"), [("bubil_ds1_experts", 660), ("bubil_ds4_crowd", 1281), ("bubil_ds6_experts", 1925)]
)
def test_every_pair_agrees_as_the_table_says(real_data: Path, name: str, pairs: int) -> None:
    masks = bubil_masks(real_data, name)
    table = rows(real_data / f"bubil/{name}_pairs.csv")
    assert len(table) == pairs
    for image, drawn in masks.items():
        names = list(drawn)
        dice, iou = pairwise_dice([drawn[one] for one in names]), pairwise_iou([drawn[one] for one in names])
        for row in (row for row in table if row["image"].removeprefix("seg_").lower() == image):
            a, b = names.index(row["a"]), names.index(row["b"])
            areas = drawn[row["a"]].area_px, drawn[row["b"]].area_px
            assert areas == (int(row["area_a_px"]), int(row["area_b_px"]))
            found = float(dice[a, b]), float(iou[a, b])
            assert found == pytest.approx((float(row["dice"]), float(row["iou"])), abs=5.1e-7)


def _means(masks: dict[str, dict[str, Mask]], without: str = "gold") -> tuple[float, float]:
    """Mean Dice of different people, and of one person with two tools; the gold standard left out."""
    between: list[float] = []
    within: list[float] = []
    for drawn in masks.values():
        names = [name for name in drawn if _person(name) not in {"gold", without}]
        dice = pairwise_dice([drawn[name] for name in names])
        for a, b in combinations(range(len(names)), 2):
            (within if _person(names[a]) == _person(names[b]) else between).append(float(dice[a, b]))
    return fmean(between), fmean(within)


@pytest.mark.parametrize(
    ("name", "between", "within"), [("bubil_ds1_experts", 0.8473, 0.8775), ("bubil_ds6_experts", 0.8001, 0.8445)]
)
def test_people_agree_with_each_other_and_with_themselves_as_published(
    real_data: Path, name: str, between: float, within: float
) -> None:
    assert _means(bubil_masks(real_data, name)) == pytest.approx((between, within), abs=1e-4)


def test_without_the_copied_set_people_agree_with_themselves_no_better_than_0_85(real_data: Path) -> None:
    """The figure for one person with two tools counts a copy as perfect agreement: 0.8775 with it, 0.8469 without."""
    masks = bubil_masks(real_data, "bubil_ds1_experts")
    assert _means(masks, without="Person2") == pytest.approx((0.8396, 0.8469), abs=1e-4)


def test_the_figures_are_those_of_the_truth_table(real_data: Path) -> None:
    table: list[dict[str, Any]] = json.loads((real_data / "truth_tables.json").read_text(encoding="utf-8"))
    (truth,) = (entry["expected"] for entry in table if entry["id"] == "T10-bubil")
    assert (truth["inter_person_dice"], truth["intra_person_two_tools_dice"]) == (0.8473, 0.8775)
    assert tuple(truth["identical"]) == ALIKE


def test_one_set_is_a_copy_of_another_and_of_the_gold(real_data: Path) -> None:
    for drawn in bubil_masks(real_data, "bubil_ds1_experts").values():
        first, *others = (drawn[name] for name in ALIKE)
        assert all(np.array_equal(first.starts, other.starts) for other in others)
        assert all(np.array_equal(first.stops, other.stops) for other in others)
