"""Masks within each other: when they are too many to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.decoding.parts import entangled as part
from guidelint.annotation.decoding.parts.entangled import entangled
from guidelint.annotation.decoding.parts.painted import painted
from guidelint.geometry.mask import Mask

if TYPE_CHECKING:
    import pytest


def test_masks_whose_boxes_meet_are_counted_with_all_their_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    checkered = [mask for _, mask in painted(np.indices((4, 6)).sum(axis=0) % 2 + 1)]
    monkeypatch.setattr(part, "MOST_COMPARED", 48)
    assert entangled(checkered) == ""
    monkeypatch.setattr(part, "MOST_COMPARED", 47)
    assert entangled(checkered) == (
        "its 2 regions lie so much within each other that 48 runs of pixels meet; more than 47 are not compared"
    )


def test_masks_beside_each_other_cost_their_own_runs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    beside = [mask for _, mask in painted(np.repeat([[1, 2, 3]], 2, axis=0))]
    monkeypatch.setattr(part, "MOST_COMPARED", 6)
    assert entangled([*beside, Mask.empty((2, 3))]) == ""
    assert entangled([]) == ""
