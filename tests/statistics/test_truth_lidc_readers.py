"""Readings of 1,508 slices of LIDC-IDRI by four people each, against whole images compared by NumPy and SciPy."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.geometry.arrays import array_of
from tests.geometry.real import SHAPE
from tests.statistics.lidc_readers import Slice, slices
from tests.statistics.readings import slow_dice, slow_hd95_mm, slow_total

from guidelint.geometry.codecs import cropped_rle
from guidelint.statistics.agreement import Agreement, NoDistance, between_all

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.geometry.kernels.choice import KernelSet

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def readings(real_data: Path) -> list[Slice]:
    return list(slices(real_data))


@pytest.fixture(scope="module")
def agreements(kernels: KernelSet, readings: list[Slice]) -> list[Agreement]:  # noqa: ARG001 - anew for each set
    return [between_all(each.readers, each.spacing) for each in readings]


def test_readers_agree_on_every_tenth_slice_as_whole_images_say(
    readings: list[Slice], agreements: list[Agreement]
) -> None:
    compared = 0
    for each, found in list(zip(readings, agreements, strict=True))[::10]:
        arrays = {name: [array_of(mask) for mask in masks] for name, masks in each.readers.items()}
        for pair in found.pairs:
            one, other = (arrays[name] for name in pair.readers)
            a, b = (np.any([np.zeros(SHAPE, np.bool_), *drawn], axis=0) for drawn in (one, other))
            if a.any() and b.any():
                assert pair.dice == slow_dice(a, b)
                assert pair.hd95_mm == pytest.approx(slow_hd95_mm(a, b, each.spacing))
                total = sum(match.iou for match in pair.objects.pairs)
                assert total == pytest.approx(slow_total(one, other, 0.1))
                compared += 1
    assert compared > 200


def test_the_figures_of_all_slices_are_those_that_were_looked_at(agreements: list[Agreement]) -> None:
    pairs = [pair for agreement in agreements for pair in agreement.pairs]
    kinds = Counter("both" if isinstance(pair.hd95_mm, float) else pair.hd95_mm for pair in pairs)
    assert kinds == {None: 5333, NoDistance.ONLY_ONE: 2034, "both": 2341}
    both = [pair for pair in pairs if isinstance(pair.hd95_mm, float)]
    assert float(np.median([pair.dice or 0 for pair in both])) == pytest.approx(0.80233, abs=1e-5)
    distances = [pair.hd95_mm for pair in pairs if isinstance(pair.hd95_mm, float)]
    assert float(np.median(distances)) == pytest.approx(1.63819, abs=1e-5)
    assert sum(bool(pair.objects.only_one or pair.objects.only_other) for pair in both) == 173


def test_outlines_of_real_nodules_take_few_bytes_to_store(readings: list[Slice]) -> None:
    stored = [len(cropped_rle.encode(mask)) for each in readings for masks in each.readers.values() for mask in masks]
    assert len(stored) == 2326
    assert np.median(stored) <= 32
    assert max(stored) <= 200
