"""Distances between borders against numbers that MONAI gave (tests/bench/golden_monai.py made them)."""

from __future__ import annotations

import json
from math import inf
from pathlib import Path
from typing import Any

import pytest
from tests.geometry.arrays import mask_of
from tests.geometry.pairs import Pair, fingerprint, flat_pairs, stack_pairs
from tests.geometry.stacks import positions_of, stack_of

from guidelint.geometry.measures.surface import SurfaceDistances, surface_distances
from guidelint.geometry.measures.volume import surface_distances_3d
from guidelint.geometry.spacing import Spacing

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data/monai_golden.json").read_text(encoding="utf-8"))
SINGLE = 2e-6
"""MONAI returns single precision."""
PAIRS = {pair.name: pair for pair in (*flat_pairs(), *stack_pairs())}
ENTRIES: dict[str, dict[str, Any]] = {entry["name"]: entry for entry in GOLDEN["pairs"]}
EMPTY = [name for name, entry in ENTRIES.items() if entry["exact"] is None]


def _distances(pair: Pair) -> SurfaceDistances:
    spacing = Spacing(pair.step_mm[-2], pair.step_mm[-1])
    if pair.first.ndim == 2:
        return surface_distances(mask_of(pair.first), mask_of(pair.second), spacing)
    positions = positions_of(pair.first, pair.step_mm[0])
    return surface_distances_3d(stack_of(pair.first), stack_of(pair.second), positions, spacing)


def _figures(pair: Pair) -> dict[str, float]:
    found = _distances(pair)
    return {
        "hausdorff_mm": found.hausdorff_mm,
        "hd95_mm": found.percentile_mm(95, "larger"),
        "assd_mm": found.mean_mm("pooled"),
        **{f"surface_dice_{tolerance}": found.surface_dice(tolerance) for tolerance in pair.tolerances_mm},
    }


def test_the_numbers_are_of_these_pairs() -> None:
    assert {name: entry["masks"] for name, entry in ENTRIES.items()} == {
        name: fingerprint(pair) for name, pair in PAIRS.items()
    }


@pytest.mark.parametrize("name", [name for name in ENTRIES if name not in EMPTY])
def test_distances_equal_monai(name: str) -> None:
    """To nine digits what follows from MONAI's border voxels in double precision, to six what it returns."""
    ours = _figures(PAIRS[name])
    assert ours == pytest.approx(ENTRIES[name]["exact"], rel=1e-9)
    assert ours == pytest.approx(ENTRIES[name]["returned"], rel=SINGLE)


@pytest.mark.parametrize("name", EMPTY)
def test_where_a_mask_is_empty_conventions_differ(name: str) -> None:
    """Without pixels in one, MONAI knows no percentile; in both, nothing at all. We: infinitely far; no distance."""
    pair = PAIRS[name]
    ours, theirs = _figures(pair), ENTRIES[name]["returned"]
    if pair.first.any() or pair.second.any():
        assert (ours["hausdorff_mm"], ours["hd95_mm"], ours["assd_mm"], ours["surface_dice_1.0"]) == (inf, inf, inf, 0)
        assert theirs == {"hausdorff_mm": "inf", "hd95_mm": "nan", "assd_mm": "inf", "surface_dice_1.0": 0.0}
    else:
        assert (ours["hausdorff_mm"], ours["hd95_mm"], ours["assd_mm"], ours["surface_dice_1.0"]) == (0, 0, 0, 1)
        assert set(theirs.values()) == {"nan"}
