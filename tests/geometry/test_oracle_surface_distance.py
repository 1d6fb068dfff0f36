"""Distances between borders against DeepMind's surface-distance, whose definition of a border is another.

Its border are the corners between pixels of mask and background, and each corner counts by the length (in space the
area) of border that it stands for; ours are the centres of border pixels, and each counts once.
"""

from __future__ import annotations

import warnings
from math import hypot
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.geometry.arrays import Pixels, disc, mask_of, pixel_pairs, spacings
from tests.geometry.stacks import Voxels, positions_of, stack_of, stack_pairs, step_of, steps

from guidelint.geometry.measures.surface import distances_between, surface_distances
from guidelint.geometry.measures.volume import surface_distances_3d
from guidelint.geometry.spacing import Spacing

deepmind: Any = pytest.importorskip("surface_distance")

Lengths = npt.NDArray[np.float64]
oracle = settings(deadline=None, max_examples=examples(60))


def _theirs(pair: tuple[Voxels, Voxels], step: tuple[float, ...]) -> dict[str, Lengths]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it uses names that SciPy has moved
        found: dict[str, Lengths] = deepmind.compute_surface_distances(*pair, step)
    return found


def _corners(array: Voxels, step: tuple[float, ...]) -> Lengths:
    """Corners (n, axes) in mm that touch mask and background."""
    framed = np.pad(array, 1)
    windows = np.lib.stride_tricks.sliding_window_view(framed, (2,) * array.ndim)
    touching = windows.sum(axis=tuple(range(array.ndim, 2 * array.ndim)))
    places = np.argwhere((touching > 0) & (touching < 2**array.ndim))
    scaled: Lengths = places.astype(np.float64) * np.array(step, np.float64)
    return scaled


def _same_places(pair: tuple[Voxels, Voxels], step: tuple[float, ...]) -> None:
    theirs, ours = _theirs(pair, step), distances_between(*(_corners(array, step) for array in pair))
    assert np.sort(ours.there_mm) == pytest.approx(theirs["distances_gt_to_pred"], rel=1e-9)
    assert np.sort(ours.back_mm) == pytest.approx(theirs["distances_pred_to_gt"], rel=1e-9)
    assert ours.hausdorff_mm == pytest.approx(deepmind.compute_robust_hausdorff(theirs, 100), rel=1e-9)


@given(pixel_pairs(), spacings)
@oracle
def test_on_its_own_places_our_distances_equal_deepmind(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    assume(all(array.any() for array in pair))
    _same_places(pair, step_of(spacing))


@given(stack_pairs, steps)
@oracle
def test_on_its_own_places_our_distances_in_space_equal_deepmind(
    pair: tuple[Voxels, Voxels], step: tuple[float, float, float]
) -> None:
    assume(all(array.any() for array in pair))
    _same_places(pair, step)


@given(pixel_pairs(), spacings)
@oracle
def test_hausdorff_is_within_a_pixel_diagonal_of_deepmind(pair: tuple[Pixels, Pixels], spacing: Spacing) -> None:
    """Each of its corners has one of our border pixels half a diagonal away, and the other way round."""
    assume(all(array.any() for array in pair))
    theirs, diagonal = _theirs(pair, step_of(spacing)), hypot(*step_of(spacing))
    ours = surface_distances(mask_of(pair[0]), mask_of(pair[1]), spacing)
    assert ours.hausdorff_mm == pytest.approx(deepmind.compute_robust_hausdorff(theirs, 100), abs=diagonal + 1e-9)
    assert deepmind.compute_surface_dice_at_tolerance(theirs, ours.hausdorff_mm + 1.001 * diagonal) == 1
    nearest = float(np.concatenate([ours.there_mm, ours.back_mm]).min())
    if nearest > 1.001 * diagonal:
        assert deepmind.compute_surface_dice_at_tolerance(theirs, nearest - 1.001 * diagonal) == 0


@given(stack_pairs, steps)
@oracle
def test_hausdorff_in_space_is_within_a_voxel_diagonal_of_deepmind(
    pair: tuple[Voxels, Voxels], step: tuple[float, float, float]
) -> None:
    assume(all(array.any() for array in pair))
    positions = positions_of(pair[0], step[0])
    ours = surface_distances_3d(stack_of(pair[0]), stack_of(pair[1]), positions, Spacing(step[1], step[2]))
    theirs = deepmind.compute_robust_hausdorff(_theirs(pair, step), 100)
    assert ours.hausdorff_mm == pytest.approx(theirs, abs=hypot(*step) + 1e-9)


@given(st.integers(8, 20), st.integers(0, 3), spacings)
@oracle
def test_hausdorff_of_moved_and_nested_boxes_equals_deepmind(side: int, by: int, spacing: Spacing) -> None:
    box = np.zeros((40, 40), np.bool_)
    box[8 : 8 + side, 10 : 10 + side] = True
    inner = np.zeros((40, 40), np.bool_)
    inner[8 + by : 8 + side - by, 10 + by : 10 + side - by] = True
    for other in (np.roll(box, by, axis=0), np.roll(box, by, axis=1), inner):
        theirs = deepmind.compute_robust_hausdorff(_theirs((box, other), step_of(spacing)), 100)
        assert surface_distances(mask_of(box), mask_of(other), spacing).hausdorff_mm == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize(
    "spacing", [Spacing(1, 1), Spacing(0.7, 0.7), Spacing(1.0, 1.6)], ids=["1 mm", "0.7 mm", "oblong"]
)
def test_smooth_shapes_measure_alike_in_deepmind(spacing: Spacing) -> None:
    """Counting pixels or weighing lengths: on discs of 40 pixels the means differ by less than a fifth of a pixel."""
    array = disc(120, 40)
    pair = (array, np.roll(disc(120, 44), (5, 3), axis=(0, 1)))
    theirs, side = _theirs(pair, step_of(spacing)), max(step_of(spacing))
    ours = surface_distances(mask_of(pair[0]), mask_of(pair[1]), spacing)
    there, back = deepmind.compute_average_surface_distance(theirs)
    assert ours.mean_mm("mean") == pytest.approx((there + back) / 2, abs=0.2 * side)
    assert ours.percentile_mm(95) == pytest.approx(deepmind.compute_robust_hausdorff(theirs, 95), abs=0.5 * side)
    for tolerance in (3 * side, 5 * side):
        theirs_within = deepmind.compute_surface_dice_at_tolerance(theirs, tolerance)
        assert ours.surface_dice(tolerance) == pytest.approx(theirs_within, abs=0.06)
