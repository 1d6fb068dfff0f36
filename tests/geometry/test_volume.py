from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import ndimage
from scipy.spatial.distance import cdist
from tests.geometry.arrays import array_of, mask_of, spacings

from guidelint.geometry.measures.volume import (
    Connectivity3D,
    longest_diameter_3d_mm,
    pieces_3d,
    slab_mm,
    surface_distances_3d,
    volume_mm3,
)
from guidelint.geometry.spacing import Spacing

Voxels = npt.NDArray[np.bool_]
side = st.integers(1, 5)
stacks = st.tuples(side, side, side).flatmap(lambda size: hnp.arrays(np.bool_, size))
steps = st.lists(st.floats(0.3, 4), min_size=5, max_size=5).map(lambda gaps: [float(z) for z in np.cumsum(gaps)])


@pytest.mark.parametrize(
    ("positions", "slabs"),
    [
        ([0.0, 2.0, 4.0], [2, 2, 2]),
        ([4.0, 0.0, 2.0], [2, 2, 2]),
        ([0.0, 1.0, 4.0], [1, 2, 3]),
        ([7.0], [5]),
        ([7.0, 7.0], [5, 5]),
        ([0.0, 1.0, 1.0, 2.0], [1, 1, 1, 1]),
        ([-3.0, -1.0], [2, 2]),
    ],
    ids=["even", "any order", "uneven", "one slice", "one place", "two outlines on a slice", "two slices"],
)
def test_slices_stand_for_slabs(positions: list[float], slabs: list[float]) -> None:
    assert slab_mm(positions, single_mm=5).tolist() == slabs


def test_volume_subtracts_what_is_left_out() -> None:
    assert volume_mm3([10, -2, 6], [0, 0, 3], single_mm=1) == 42


def test_a_ball_has_its_volume() -> None:
    z = np.arange(-40, 41) * 0.5
    areas = np.maximum(np.pi * (20.0**2 - z**2), 0)
    assert volume_mm3(areas.tolist(), z.tolist(), 1) == pytest.approx(4 / 3 * np.pi * 20**3, rel=1e-3)


@pytest.mark.parametrize("connectivity", [6, 26])
@given(array=stacks)
@settings(deadline=None)
def test_pieces_equal_those_of_scipy(array: Voxels, connectivity: Connectivity3D) -> None:
    structure = ndimage.generate_binary_structure(3, 1 if connectivity == 6 else 3)
    label, count = ndimage.label(array, structure)
    expected = {np.asarray(label == number).tobytes() for number in range(1, int(count) + 1)}
    found = pieces_3d([mask_of(plane) for plane in array], connectivity)
    assert {np.stack([array_of(mask) for mask in piece]).tobytes() for piece in found} == expected


@given(stacks, steps, spacings)
@settings(deadline=None)
def test_the_longest_diameter_equals_the_comparison_of_all_corners(
    array: Voxels, positions: list[float], spacing: Spacing
) -> None:
    places = positions[: len(array)]
    corners = [
        (places[z], (r + i) * spacing.row_mm, (c + j) * spacing.column_mm)
        for z, r, c in np.argwhere(array).tolist()
        for i in (0, 1)
        for j in (0, 1)
    ]
    expected = cdist(corners, corners).max() if corners else 0
    found = longest_diameter_3d_mm([mask_of(plane) for plane in array], places, spacing)
    assert found == pytest.approx(float(expected))


@given(stacks, st.integers(0, 2**32 - 1), steps, spacings)
@settings(deadline=None)
def test_surface_distances_equal_the_comparison_of_all_border_voxels(
    a: Voxels, seed: int, positions: list[float], spacing: Spacing
) -> None:
    b = np.random.default_rng(seed).random(a.shape) < 0.5
    places = positions[: len(a)]
    found = surface_distances_3d([mask_of(plane) for plane in a], [mask_of(plane) for plane in b], places, spacing)
    borders = [
        np.array([(places[z], r * spacing.row_mm, c * spacing.column_mm) for z, r, c in np.argwhere(border).tolist()])
        for border in (array & ~ndimage.binary_erosion(array) for array in (a, b))
    ]
    if borders[0].size and borders[1].size:
        apart = cdist(borders[0], borders[1])
        assert np.allclose(found.there_mm, apart.min(axis=1))
        assert np.allclose(found.back_mm, apart.min(axis=0))
    else:
        assert np.isinf([*found.there_mm, *found.back_mm]).all()


def test_no_slices_have_no_piece_and_no_diameter() -> None:
    assert pieces_3d([]) == ()
    assert longest_diameter_3d_mm([], [], Spacing(1, 1)) == 0
