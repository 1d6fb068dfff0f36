from __future__ import annotations

import pickle
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.geometry.arrays import array_of, spacings
from tests.statistics.readings import (
    Pixels,
    content,
    disc,
    masks_of,
    objects,
    slow_dice,
    slow_hd95_mm,
    square,
)

from guidelint.geometry.codecs import cropped_rle
from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.spacing import Spacing
from guidelint.statistics.agreement import Agreement, NoDistance, PairAgreement, between_all, between_two, by_class
from guidelint.statistics.spread import Spread

if TYPE_CHECKING:
    from random import Random

pytestmark = pytest.mark.many

UNIT = Spacing(1, 1)
OBLONG = Spacing(row_mm=2, column_mm=0.5)
three_readers = st.fixed_dictionaries({name: objects(3) for name in ("ada", "ben", "eva")})


@given(objects(), objects(), spacings)
@settings(deadline=None)
def test_the_whole_of_both_is_compared_as_the_slow_twin_does(
    one: list[Pixels], other: list[Pixels], spacing: Spacing
) -> None:
    a, b = (np.any([np.zeros((9, 12), np.bool_), *arrays], axis=0) for arrays in (one, other))
    found = between_two(masks_of(one), masks_of(other), spacing)
    if a.any() and b.any():
        assert found.dice == slow_dice(a, b)
        assert found.hd95_mm == pytest.approx(slow_hd95_mm(a, b, spacing))
    elif a.any() or b.any():
        assert (found.dice, found.hd95_mm) == (0, NoDistance.ONLY_ONE)
    else:
        assert (found.dice, found.hd95_mm) == (None, None)


@pytest.mark.parametrize("shift", range(1, 20))
def test_a_square_moved_along_a_row(shift: int) -> None:
    """Of 20 columns, 20 − shift are in both; a whole side of the border lies shift pixels from the other."""
    found = between_two([square(5, 5, 20)], [square(5, 5 + shift, 20)], OBLONG)
    assert found.dice == (20 - shift) / 20
    assert found.hd95_mm == shift * 0.5
    down = between_two([square(5, 5, 20)], [square(5 + shift, 5, 20)], OBLONG)
    assert (down.dice, down.hd95_mm) == ((20 - shift) / 20, shift * 2)


def test_a_square_in_a_square() -> None:
    """100 of 196 pixels; of the outer border, its 4 corners lie √8 from the inner one and all else 2: 95 % within 2."""
    found = between_two([square(10, 10, 10)], [square(8, 8, 14)], UNIT)
    assert found.dice == 200 / 296
    assert found.hd95_mm == pytest.approx(np.percentile([8**0.5] * 4 + [5**0.5] * 8 + [2] * 40, 95))


def test_a_disc_in_a_disc() -> None:
    """Gauss's circle problem (OEIS A000328): 317 pixels within 10, 81 within 5; borders lie about 5 apart."""
    found = between_two([disc(10, 30, 40)], [disc(5, 30, 40)], UNIT)
    assert found.dice == 2 * 81 / (317 + 81)
    assert found.hd95_mm == pytest.approx(5, abs=1)


@pytest.mark.parametrize("shift", [1, 4, 9, 25])
def test_a_moved_disc_is_as_far_as_every_pair_of_its_border_pixels_says(shift: int) -> None:
    one, other = disc(12, 30, 25), disc(12, 30, 25 + shift)
    found = between_two([one], [other], OBLONG)
    assert found.dice == slow_dice(array_of(one), array_of(other))
    assert found.hd95_mm == pytest.approx(slow_hd95_mm(array_of(one), array_of(other), OBLONG))


def test_without_spacing_only_the_distance_cannot_be_evaluated() -> None:
    found = between_two([square(0, 0)], [square(0, 5)], None)
    assert (found.dice, found.hd95_mm) == (0.5, NoDistance.NO_SPACING)
    assert found.objects.pairs[0].iou == 1 / 3


def test_one_who_drew_nothing_is_the_reason_before_the_spacing_is() -> None:
    found = between_two([square(0, 0)], [], None)
    assert (found.dice, found.hd95_mm, found.objects.only_one) == (0, NoDistance.ONLY_ONE, (0,))


def test_objects_without_a_pixel_are_nothing_drawn_but_are_told() -> None:
    nothing = Mask.empty((60, 80))
    found = between_two([nothing], [], UNIT)
    assert (found.dice, found.hd95_mm, found.objects.only_one) == (None, None, (0,))
    assert between_two([nothing], [square(0, 0)], UNIT).hd95_mm is NoDistance.ONLY_ONE


@given(objects(), objects(), spacings)
@settings(deadline=None)
def test_matched_objects_alone_are_compared_as_if_nothing_else_were_drawn(
    one: list[Pixels], other: list[Pixels], spacing: Spacing
) -> None:
    found = between_two(masks_of(one), masks_of(other), spacing)
    both = [[one[match.one] for match in found.objects.pairs], [other[match.other] for match in found.objects.pairs]]
    if found.objects.pairs:
        slow = slow_hd95_mm(np.any(both[0], axis=0), np.any(both[1], axis=0), spacing)
        assert found.matched_hd95_mm == pytest.approx(slow)
    else:
        assert found.matched_hd95_mm is None


def test_an_object_that_one_missed_is_far_from_all_but_leaves_the_matched_ones() -> None:
    """The far side of the missed one, at 69, lies 58 from the side at 11 of the only one that the other drew."""
    found = between_two([square(0, 0), square(0, 60)], [square(0, 2)], UNIT)
    assert (found.hd95_mm, found.matched_hd95_mm, found.objects.only_one) == (58.0, 2.0, (1,))
    assert between_two([square(0, 0), square(0, 60)], [square(0, 2)], None).matched_hd95_mm is NoDistance.NO_SPACING


def test_borders_too_long_to_measure_leave_the_rest() -> None:
    rows = np.arange(1_000, dtype=np.int64) * 20_000
    striped = Mask.from_runs(rows, rows + 5_000, (2_000, 10_000))
    found = between_two([striped], [striped], UNIT)
    assert (found.dice, found.hd95_mm) == (1, NoDistance.TOO_LONG)


def test_every_reason_reads_as_the_end_of_a_sentence() -> None:
    assert all(reason[0].islower() and not reason.endswith(".") for reason in NoDistance)


def test_readings_of_different_images_are_refused() -> None:
    with pytest.raises(MaskError, match="different images"):
        between_two([square(0, 0)], [square(0, 0, shape=(60, 81))], UNIT)


def _told(pair: PairAgreement, drawn: dict[str, list[Mask]]) -> tuple[object, ...]:
    """What is said of a pair, with objects told by what they are, the lesser name first."""
    one, other = pair.readers
    objects_paired = sorted(
        (content(drawn[one][match.one]), content(drawn[other][match.other]), match.iou, match.dice)
        for match in pair.objects.pairs
    )
    alone = [len(pair.objects.only_one), len(pair.objects.only_other)]
    return pair.readers, pair.dice, pair.hd95_mm, pair.matched_hd95_mm, objects_paired, alone


@given(three_readers, spacings, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_neither_the_order_of_readers_nor_that_of_objects_changes_anything(
    drawn: dict[str, list[Pixels]], spacing: Spacing, chance: Random
) -> None:
    readers = {name: masks_of(arrays) for name, arrays in drawn.items()}
    first = between_all(readers, spacing)
    shuffled = {name: chance.sample(readers[name], len(readers[name])) for name in chance.sample(sorted(readers), 3)}
    second = between_all(shuffled, spacing)
    assert [_told(pair, readers) for pair in first.pairs] == [_told(pair, shuffled) for pair in second.pairs]
    assert (first.dice, first.hd95_mm, first.no_hd95) == (second.dice, second.hd95_mm, second.no_hd95)
    assert first.object_dice == second.object_dice


@given(three_readers, spacings)
@settings(deadline=None)
def test_other_names_turn_pairs_and_change_no_figure(drawn: dict[str, list[Pixels]], spacing: Spacing) -> None:
    readers = {name: masks_of(arrays) for name, arrays in drawn.items()}
    named = {name[::-1]: masks for name, masks in readers.items()}
    first, second = between_all(readers, spacing), between_all(named, spacing)
    assert (first.dice, first.hd95_mm, first.object_dice) == (second.dice, second.hd95_mm, second.object_dice)


@given(three_readers, spacings)
@settings(deadline=None)
def test_all_pairs_are_those_of_two_readers_each(drawn: dict[str, list[Pixels]], spacing: Spacing) -> None:
    readers = {name: masks_of(arrays) for name, arrays in drawn.items()}
    slow = [
        between_two(readers[one], readers[other], spacing, readers=(one, other))
        for one, other in combinations(sorted(readers), 2)
    ]
    assert between_all(readers, spacing) == Agreement(tuple(slow))


def test_mean_and_range_are_over_the_pairs_that_tell_something() -> None:
    found = between_all({"ada": [square(0, 0)], "ben": [square(0, 5)], "eva": [], "max": []}, OBLONG)
    assert found.dice == Spread(mean=0.1, least=0, greatest=0.5, count=5)
    assert found.hd95_mm == found.matched_hd95_mm == Spread(2.5, 2.5, 2.5, 1)
    assert set(found.no_hd95) == {("ada", "eva"), ("ada", "max"), ("ben", "eva"), ("ben", "max")}
    assert set(found.no_hd95.values()) == {NoDistance.ONLY_ONE}
    assert found.object_dice == Spread(0.5, 0.5, 0.5, 1)


@pytest.mark.parametrize("readers", [{}, {"ada": [square(0, 0)]}, {"ada": [], "ben": []}])
def test_where_no_two_drew_anything_there_is_no_figure(readers: dict[str, list[Mask]]) -> None:
    found = between_all(readers, UNIT)
    assert (found.dice, found.hd95_mm, found.object_dice, dict(found.no_hd95)) == (None, None, None, {})


def test_a_class_that_one_reader_left_out_is_compared_with_nothing() -> None:
    found = by_class({"ada": {"nodule": [square(0, 0)], "mass": [square(30, 30)]}, "ben": {"nodule": []}}, UNIT)
    assert list(found) == ["mass", "nodule"]
    for agreement in found.values():
        assert agreement.pairs[0].dice == 0
        assert agreement.pairs[0].hd95_mm is NoDistance.ONLY_ONE


def test_readers_of_a_class_nobody_drew_still_stand_in_pairs() -> None:
    found = by_class({"ada": {"mass": []}, "ben": {}, "eva": {}}, UNIT)
    assert [pair.dice for pair in found["mass"].pairs] == [None, None, None]


@given(three_readers)
@settings(deadline=None)
def test_masks_stored_in_between_change_nothing(drawn: dict[str, list[Pixels]]) -> None:
    readers = {name: masks_of(arrays) for name, arrays in drawn.items()}
    stored = {name: [cropped_rle.decode(cropped_rle.encode(mask)) for mask in readers[name]] for name in readers}
    assert between_all(stored, OBLONG) == between_all(readers, OBLONG)


def test_what_is_found_survives_the_way_to_another_process() -> None:
    found = between_all({"ada": [square(0, 0)], "ben": [square(0, 5)], "eva": []}, None)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - made here
