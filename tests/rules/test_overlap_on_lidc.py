"""Agreement on slices of LIDC-IDRI that four people read: the rule says what whole images compared by NumPy say."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.geometry.arrays import array_of
from tests.geometry.real import SHAPE
from tests.statistics.lidc_readers import Slice, slices
from tests.statistics.readings import slow_dice, slow_hd95_mm

from guidelint.annotation.kept_region import KeptRegion
from guidelint.geometry.codecs import cropped_rle
from guidelint.rules.agreement.overlap_agreement import OverlapAgreement, Reading
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.gathering import Contributed
from guidelint.validation.rule.reply import CannotTell, Departure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from guidelint.geometry.mask import Mask

pytestmark = pytest.mark.real_data
EVERY = 10
STRICT = OverlapAgreement(min_dice=1.0, max_hd95_mm=0.0)
"""Whatever is not the same to the pixel departs, and says how far it is from it."""


def kept(mask: Mask, number: int, task: str, reader: str, each: Slice) -> KeptRegion:
    return KeptRegion(
        f"r{number}",
        f"Region {number} Nodule",
        "nodule",
        number,
        task,
        reader,
        class_title="Nodule",
        image=0,
        object_name="",
        pixels=cropped_rle.encode(mask),
        no_pixels="",
        spacing=each.spacing,
        no_spacing="",
    )


def contributions(each: Slice) -> Iterator[Contributed[Reading]]:
    task = str(each.number)
    for reader, masks in sorted(each.readers.items()):
        regions = tuple(kept(mask, number, task, reader, each) for number, mask in enumerate(masks, 1))
        yield Contributed(task, reader, reader, Reading(regions))


def whole(masks: list[Mask]) -> npt.NDArray[np.bool_]:
    return np.asarray(np.any([np.zeros(SHAPE, np.bool_), *map(array_of, masks)], axis=0), np.bool_)


def slowly(each: Slice) -> dict[str, float]:
    """The least Dice and the largest HD95 of every two readers, where they are not those of one and the same area."""
    areas = [whole(masks) for _, masks in sorted(each.readers.items())]
    drawn = [pair for pair in combinations(areas, 2) if pair[0].any() or pair[1].any()]
    dices = [slow_dice(one, other) for one, other in drawn]
    distances = [slow_hd95_mm(one, other, each.spacing) for one, other in drawn if one.any() and other.any()]
    dice, distance = min(dices, default=1.0), max(distances, default=0.0)
    return {**({"dice": dice} if dice < 1 else {}), **({"hd95": distance} if distance > 0 else {})}


def measured(departures: list[Departure]) -> dict[str, float]:
    names = {"areas": "dice", "only-one": "dice", "borders": "hd95"}
    found = {names[one.kind]: one.evidence["measured"] for one in departures}
    return {name: item.value for name, item in found.items() if isinstance(item, Quantity)}


def test_the_rule_measures_what_whole_images_say(real_data: Path) -> None:
    compared = 0
    for each in list(slices(real_data))[::EVERY]:
        replies = list(STRICT.check_gathered(list(contributions(each))))
        departures = [reply for reply in replies if isinstance(reply, Departure)]
        missed = any(masks for masks in each.readers.values()) and not all(each.readers.values())
        assert any(isinstance(reply, CannotTell) for reply in replies) is missed
        assert measured(departures) == pytest.approx(slowly(each))
        compared += len(departures)
    assert compared > 100
