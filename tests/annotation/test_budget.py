"""Masks that are too many, or too much within each other, to be judged."""

from __future__ import annotations

import numpy as np
import pytest

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.budget import OF_IMAGE, Budget, compared
from guidelint.annotation.decoding.parts.painted import painted
from guidelint.geometry.mask import Mask

CHECKERED = [mask for _, mask in painted(np.indices((4, 6)).sum(axis=0) % 2 + 1)]
BESIDE = [mask for _, mask in painted(np.repeat([[1, 2, 3]], 2, axis=0))]


def test_masks_whose_boxes_meet_are_counted_with_all_their_runs() -> None:
    assert compared(CHECKERED) == 48
    assert compared([*BESIDE, Mask.empty((2, 3))]) == 6
    assert compared([]) == 0


@pytest.mark.parametrize(
    ("budget", "reason"),
    [
        (Budget(regions=4), "it has more regions than are judged of a file of its size"),
        (Budget(runs=23), "its regions are made of more runs of pixels than are judged"),
        (Budget(compared=47), "its regions lie so much within each other that comparing them would take without end"),
    ],
)
def test_what_is_more_than_is_left_is_refused(budget: Budget, reason: str) -> None:
    with pytest.raises(PayloadError, match=reason):
        budget.spend(CHECKERED)
    assert budget.is_spent


def test_images_of_one_file_are_counted_together() -> None:
    budget = Budget(regions=10, runs=48, compared=96)
    budget.spend(CHECKERED)
    budget.spend(CHECKERED)
    assert not budget.is_spent
    with pytest.raises(PayloadError):
        budget.spend(BESIDE[:1])


def test_a_whole_body_of_thirty_organs_on_each_of_five_hundred_slices_is_judged_as_it_is_packed() -> None:
    assert Budget.of_bytes(1_600_000).regions >= 500 * (30 + OF_IMAGE)


def test_a_larger_file_may_hold_more() -> None:
    assert Budget.of_bytes(1000) == Budget()
    assert Budget.of_bytes(10_000_000) == Budget(regions=111_111, runs=5_000_000, compared=50_000_000)
