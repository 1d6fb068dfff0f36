from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import ndimage
from tests.geometry.arrays import Pixels, array_of, arrays_of, drawn, mask_of, pixels

from guidelint.geometry.measures.components import Connectivity, components, euler_number, holes

STEPS = {
    4: ((-1, 0), (0, -1), (0, 1), (1, 0)),
    8: ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)),
}
both = pytest.mark.parametrize("connectivity", [4, 8])


def _slow(array: Pixels, connectivity: Connectivity) -> list[Pixels]:
    """Flood from every pixel not yet reached, in reading order."""
    left = {(int(row), int(column)) for row, column in np.argwhere(array)}
    pieces: list[Pixels] = []
    for seed in sorted(left):
        if seed not in left:
            continue
        piece, queue = np.zeros_like(array), [seed]
        left.discard(seed)
        while queue:
            row, column = queue.pop()
            piece[row, column] = True
            reached = {(row + down, column + right) for down, right in STEPS[connectivity]} & left
            left -= reached
            queue.extend(reached)
        pieces.append(piece)
    return pieces


@both
@given(array=pixels())
@settings(deadline=None)
def test_components_equal_a_flood_fill(array: Pixels, connectivity: Connectivity) -> None:
    found, expected = arrays_of(components(mask_of(array), connectivity)), _slow(array, connectivity)
    assert len(found) == len(expected)
    assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))


@both
@given(array=pixels())
@settings(deadline=None)
def test_holes_are_background_that_does_not_reach_the_frame(array: Pixels, connectivity: Connectivity) -> None:
    framed = np.pad(array, 1)
    background = _slow(~framed, 4 if connectivity == 8 else 8)
    expected = [piece[1:-1, 1:-1] for piece in background if not piece[0, 0]]
    found = arrays_of(holes(mask_of(array), connectivity))
    assert len(found) == len(expected)
    assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))


@both
@given(array=pixels())
@settings(deadline=None)
def test_the_euler_number_is_pieces_less_holes(array: Pixels, connectivity: Connectivity) -> None:
    mask = mask_of(array)
    expected = len(components(mask, connectivity)) - len(holes(mask, connectivity))
    assert euler_number(mask, connectivity) == expected


@given(pixels())
@settings(deadline=None)
def test_pieces_are_disjoint_and_make_up_the_mask(array: Pixels) -> None:
    pieces = arrays_of(components(mask_of(array)))
    assert np.array_equal(np.sum(pieces, axis=0, dtype=int) if pieces else np.zeros(array.shape), array)


@given(pixels())
@settings(deadline=None)
def test_turning_and_flipping_change_neither_pieces_nor_holes(array: Pixels) -> None:
    counts = {
        (len(components(mask_of(same))), len(holes(mask_of(same))))
        for same in (array, array[::-1], array[:, ::-1], np.rot90(array))
    }
    assert len(counts) == 1


@pytest.mark.parametrize(
    ("picture", "four", "eight", "hole_count"),
    [
        ("#. .#", 2, 1, 0),
        (".# #.", 2, 1, 0),
        ("### #.# ###", 1, 1, 1),
        (".#. #.# .#.", 4, 1, 1),
        ("##.## ##.##", 2, 2, 0),
        ("##### #.#.# #####", 1, 1, 2),
        ("#...# ##### .....", 1, 1, 0),
        ("..", 0, 0, 0),
    ],
    ids=["diagonal", "other diagonal", "ring", "diamond", "two blocks", "two holes", "cup", "empty"],
)
def test_known_pictures(picture: str, four: int, eight: int, hole_count: int) -> None:
    mask = drawn(picture)
    assert (len(components(mask, 4)), len(components(mask, 8)), len(holes(mask))) == (four, eight, hole_count)


def test_runs_at_the_ends_of_rows_do_not_touch_around_the_image() -> None:
    assert len(components(drawn("..# ... #.. "))) == 2
    assert len(components(drawn("..# #.."))) == 2
    assert len(components(drawn("#.# ..#"))) == 2


def test_large_ragged_masks_agree_with_scipy() -> None:
    array = np.random.default_rng(3).random((300, 400)) < 0.55
    expected, count = ndimage.label(array, structure=np.ones((3, 3)))
    found = components(mask_of(array))
    assert len(found) == count
    assert all(len(np.unique(np.asarray(expected)[array_of(piece)])) == 1 for piece in found[:50])


def test_a_spiral_is_one_piece() -> None:
    side = 101
    array = np.zeros((side, side), np.bool_)
    array[::2] = True
    array[1::4, -1] = True
    array[3::4, 0] = True
    assert len(components(mask_of(array))) == 1
    assert len(components(mask_of(array.T), 4)) == 1
