from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from tests.statistics.readings import (
    Pixels,
    content,
    masks_of,
    objects,
    slow_dice,
    slow_iou,
    slow_total,
    square,
)

from guidelint.geometry.mask import Mask, MaskError
from guidelint.statistics import assignment, overlapping
from guidelint.statistics.assignment import assigned
from guidelint.statistics.matching import Matched, Matching, matched
from guidelint.statistics.overlapping import Overlapping

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

pytestmark = pytest.mark.many

thresholds = st.sampled_from([0.01, 0.1, 0.2, 1 / 3, 0.5, 1.0])


@given(objects(), objects(), thresholds)
@settings(deadline=None)
def test_what_is_paired_has_the_greatest_total_overlap(
    one: list[Pixels], other: list[Pixels], least_iou: float
) -> None:
    found = matched(masks_of(one), masks_of(other), least_iou)
    for pair in found.pairs:
        assert pair.iou == slow_iou(one[pair.one], other[pair.other]) >= least_iou
        assert pair.dice == slow_dice(one[pair.one], other[pair.other])
    assert sum(pair.iou for pair in found.pairs) == pytest.approx(slow_total(one, other, least_iou))


@given(objects(), objects(), thresholds)
@settings(deadline=None)
def test_every_object_is_in_one_pair_or_left_alone(one: list[Pixels], other: list[Pixels], least_iou: float) -> None:
    found = matched(masks_of(one), masks_of(other), least_iou)
    assert sorted([*(pair.one for pair in found.pairs), *found.only_one]) == list(range(len(one)))
    assert sorted([*(pair.other for pair in found.pairs), *found.only_other]) == list(range(len(other)))
    assert found.pairs == tuple(sorted(found.pairs))


def _by_content(found: Matching, one: Sequence[Mask], other: Sequence[Mask]) -> list[tuple[object, ...]]:
    return sorted((content(one[pair.one]), content(other[pair.other]), pair.iou, pair.dice) for pair in found.pairs)


@given(objects(), objects(), thresholds, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_no_order_changes_what_is_paired(
    one: list[Pixels], other: list[Pixels], least_iou: float, chance: Random
) -> None:
    masks, others = masks_of(one), masks_of(other)
    first = _by_content(matched(masks, others, least_iou), masks, others)
    chance.shuffle(masks)
    chance.shuffle(others)
    assert _by_content(matched(masks, others, least_iou), masks, others) == first


@given(objects(), objects(), thresholds)
@settings(deadline=None)
def test_the_other_reader_first_turns_every_pair(one: list[Pixels], other: list[Pixels], least_iou: float) -> None:
    masks, others = masks_of(one), masks_of(other)
    there, back = matched(masks, others, least_iou), matched(others, masks, least_iou)
    turned = sorted((content(masks[pair.other]), content(others[pair.one]), pair.iou, pair.dice) for pair in back.pairs)
    assert turned == _by_content(there, masks, others)


def test_a_tie_is_broken_by_what_the_masks_are() -> None:
    middle, left, right = square(10, 10), square(10, 5), square(10, 15)
    assert matched([middle], [left, right]).pairs[0].other == 1 - matched([middle], [right, left]).pairs[0].other


def test_the_best_single_pair_yields_to_the_best_total() -> None:
    one, other = [square(0, 4), square(0, 0)], [square(0, 2), square(0, 8)]
    found = matched(one, other)
    assert [(pair.one, pair.other) for pair in found.pairs] == [(0, 1), (1, 0)]


@pytest.mark.parametrize(("shift", "paired"), [(5, True), (6, False)])
def test_an_overlap_on_the_threshold_counts(shift: int, paired: bool) -> None:  # noqa: FBT001 - a case
    """Squares of 10 × 10 moved by 5: 50 of 150 pixels."""
    found = matched([square(0, 0)], [square(0, shift)], 1 / 3)
    assert bool(found.pairs) is paired


def test_an_object_without_a_pixel_is_none_of_the_others() -> None:
    nothing = Mask.empty((60, 80))
    assert matched([nothing], [nothing]) == Matching((), (0,), (0,))
    assert matched([], [nothing]) == Matching((), (), (0,))
    assert matched([], []) == Matching((), (), ())


def test_the_same_objects_twice_are_paired_one_to_one() -> None:
    found = matched([square(0, 0)] * 3, [square(0, 0)] * 2)
    assert found == Matching((Matched(0, 0, 1, 1), Matched(1, 1, 1, 1)), (2,), ())


@pytest.mark.parametrize("least_iou", [0.0, -1.0, 1.1, float("nan")])
def test_a_threshold_that_is_none_is_refused(least_iou: float) -> None:
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        matched([], [], least_iou)


def test_objects_of_different_images_are_refused() -> None:
    with pytest.raises(MaskError, match="different images"):
        matched([square(0, 0)], [square(0, 0, shape=(60, 81))])


@pytest.mark.parametrize(
    ("count", "mask", "reason"),
    [
        (17_000, square(0, 0), "17,000 and 17,000 objects are too many"),
        (400, square(0, 0), "more than 131,072 pairs of objects lie upon each other: too many"),
        (
            6,
            Mask.from_runs(range(0, 2_000_000, 2), range(1, 2_000_000, 2), (1, 2_000_000)),
            "more than 67,108,864 runs",
        ),
    ],
)
def test_more_than_can_be_compared_soon_is_refused(count: int, mask: Mask, reason: str) -> None:
    with pytest.raises(MaskError, match=reason):
        matched([mask] * count, [mask] * count)


def test_many_objects_far_apart_are_matched_one_by_one() -> None:
    places = [(row, column) for row in range(0, 400, 8) for column in range(0, 400, 8)]
    one = [square(row, column, 5, (500, 500)) for row, column in places]
    other = [square(row + 1, column + 1, 5, (500, 500)) for row, column in reversed(places)]
    found = matched(one, other)
    assert [pair.other for pair in found.pairs] == list(reversed(range(2_500)))
    assert {pair.iou for pair in found.pairs} == {16 / 34}


def _random_pairs(rng: np.random.Generator, rows: int, columns: int, share: float) -> Overlapping:
    one, other = np.nonzero(rng.random((rows, columns)) < share)
    iou = rng.integers(1, 9, one.size) / 8
    return Overlapping(one, other, iou, iou)


@pytest.mark.parametrize("table", [assignment.TABLE, 0], ids=["as a table", "as a list"])
def test_both_ways_to_solve_find_the_total_of_the_full_table(table: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "TABLE", table)
    rng = np.random.default_rng(7)
    for _ in range(60):
        rows, columns = rng.integers(1, 30, 2).tolist()
        pairs = _random_pairs(rng, rows, columns, rng.choice([0.02, 0.2, 0.9]))
        full = np.zeros((rows, columns))
        full[pairs.one, pairs.other] = pairs.iou
        found = assigned(pairs)
        assert len(set(found.one.tolist())) == len(set(found.other.tolist())) == found.one.size
        assert found.iou.tolist() == full[found.one, found.other].tolist()
        assert found.iou.sum() == pytest.approx(full[linear_sum_assignment(full, maximize=True)].sum())


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 5), st.integers(1, 5)), max_size=40),
    st.integers(0, 40),
    st.integers(1, 64),
)
@settings(deadline=None)
def test_boxes_that_meet_are_found_as_by_comparing_every_two(
    corners: list[tuple[int, int, int, int]], cut: int, at_once: int
) -> None:
    sides = [(top, left, top + rows, left + columns) for top, left, rows, columns in corners]
    boxes = np.array(sides, np.int64).reshape(-1, 4)
    one, other = boxes[:cut], boxes[cut:]
    slow = [
        [a, b]
        for a, box in enumerate(one.tolist())
        for b, by in enumerate(other.tolist())
        if max(box[0], by[0]) < min(box[2], by[2]) and max(box[1], by[1]) < min(box[3], by[3])
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(overlapping, "AT_ONCE", at_once)
        assert overlapping.boxes_meeting(one, other).tolist() == slow
