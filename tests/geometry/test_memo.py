"""A measure is taken once of the same operands, as long as they live, within so many bytes."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from tests.geometry.arrays import drawn

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures import components, overlap
from guidelint.geometry.measures.components import holes
from guidelint.geometry.measures.overlap import contained_fraction, dice, iou, outside_distance_mm
from guidelint.geometry.memo import ENTRY_BYTES, Memo
from guidelint.geometry.spacing import Spacing
from guidelint.geometry.union import united

if TYPE_CHECKING:
    from collections.abc import Callable


class Counted:
    """A measure that counts how often it is taken."""

    def __init__(self, measure: Callable[..., object]) -> None:
        self.measure, self.times = measure, 0

    def __call__(self, *operands: object) -> object:
        self.times += 1
        return self.measure(*operands)


def _area(mask: Mask, times: int = 1) -> int:
    return times * mask.area_px


def _with_words(mask: Mask) -> object:
    return (mask, np.zeros(10)), "words", 1.0


def _ten(_: Mask) -> npt.NDArray[np.float64]:
    return np.zeros(10)


def _mask() -> Mask:
    return drawn("##")


def test_the_same_is_measured_once() -> None:
    memo, area, mask = Memo(), Counted(_area), _mask()
    assert [memo.ask(area, mask) for _ in range(3)] == [2, 2, 2]
    assert area.times == 1


def test_another_operand_value_or_measure_is_measured_for_itself() -> None:
    memo, area, one, equal = Memo(), Counted(_area), _mask(), _mask()
    told = [memo.ask(area, one), memo.ask(area, equal), memo.ask(area, one, by=(3,)), memo.ask(Counted(_area), one)]
    assert told == [2, 2, 6, 2]
    assert area.times == 3


def test_what_was_measured_goes_with_its_operands() -> None:
    memo, one, other = Memo(), _mask(), _mask()
    memo.ask(overlap.intersection_px, one, other)
    memo.ask(_area, one)
    assert memo.size_bytes == 2 * ENTRY_BYTES
    del other
    gc.collect()
    assert memo.size_bytes == ENTRY_BYTES
    del one
    gc.collect()
    assert memo.size_bytes == 0


def test_no_more_is_kept_than_so_many_bytes_and_what_came_first_goes_first() -> None:
    memo, area, masks = Memo(3 * ENTRY_BYTES), Counted(_area), [_mask() for _ in range(5)]
    for mask in masks:
        memo.ask(area, mask)
        assert memo.size_bytes <= 3 * ENTRY_BYTES
    assert area.times == 5
    memo.ask(area, masks[4])
    memo.ask(area, masks[0])
    assert area.times == 6


def test_arrays_count_with_their_bytes_wherever_they_stand_in_a_result() -> None:
    memo, mask = Memo(), _mask()
    memo.ask(_with_words, mask)
    assert memo.size_bytes == ENTRY_BYTES + mask.starts.nbytes + mask.stops.nbytes + 80


def test_a_result_larger_than_all_that_may_be_kept_is_given_and_not_kept() -> None:
    memo, mask = Memo(ENTRY_BYTES), _mask()
    assert memo.ask(_ten, mask).size == 10
    assert memo.size_bytes == 0


def test_what_a_measure_raises_is_raised_each_time() -> None:
    def refused(_: Mask) -> None:
        raise MaskError("too large")

    memo, measure, mask = Memo(), Counted(refused), _mask()
    for _ in range(2):
        with pytest.raises(MaskError, match="too large"):
            memo.ask(measure, mask)
    assert (measure.times, memo.size_bytes) == (2, 0)


def test_measures_of_two_masks_share_the_pixels_that_they_have_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Counted(overlap.intersection_px)
    monkeypatch.setattr(overlap, "intersection_px", shared)
    monkeypatch.setattr(overlap, "SOON_COUNTED", 0)
    one, other = drawn("###."), drawn(".###")
    assert (iou(one, other), dice(other, one), contained_fraction(one, other)) == (0.5, 2 / 3, 2 / 3)
    assert shared.times == 1


def test_pieces_holes_unions_and_reaches_are_the_same_objects_when_asked_again() -> None:
    ring, dot = drawn("###\n#.#\n###\n..."), drawn("...\n.#.\n...\n#..")
    assert components.components(dot) is components.components(dot)
    assert holes(ring) is holes(ring)
    assert holes(ring, 4)[0].area_px == 1
    assert united([ring, dot]) is united([ring, dot])
    assert outside_distance_mm(dot, ring, Spacing(1, 1)) == outside_distance_mm(dot, ring, Spacing(0.5, 0.5)) * 2
