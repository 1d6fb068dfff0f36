"""Pixels that several regions of one object have count once, also on two images that have one grid."""

from __future__ import annotations

import inspect
from contextlib import suppress
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from tests.rules.mutant import Turns
from tests.rules.mutation import TURN, mutations

from guidelint.annotation.submission import Submission
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.rules.answers.derived_from_all import DerivedFromAll
from guidelint.rules.answers.derived_of_object import DerivedOfObject
from guidelint.rules.volumes.volume_limits import VolumeLimits
from guidelint.validation import each_pixel_once
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import region_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.rule.case import Drawn

if TYPE_CHECKING:
    from guidelint.annotation.region import Region

AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
TWO_ON_ONE_PLACE = (
    Drawn(text="####....", object_name="1", item_index=0),
    Drawn(text="..####..", object_name="1", item_index=1),
)
VOLUME = {"how": "sum", "parts": [{"measured": "volume", "classes": ["lesion"]}], "unit": "ml", "is_entered": False}
DERIVED = {"attribute": "volume", "derivation": VOLUME}


def drawn(*regions: Drawn) -> list[Region]:
    return [region_of(one, at, (1, 8), Spacing(1.0, 1.0)) for at, one in enumerate(regions, 1)]


def grid_of(region: Region, *, one_grid: bool) -> int:
    return 0 if one_grid else region.image_index


def areas(module: Any, *regions: Drawn, one_grid: bool = False) -> list[int]:
    """Give the area in pixels that is left to each region."""
    of = drawn(*regions)
    return [one.mask.area_px for one in module.each_pixel_once(of, partial(grid_of, one_grid=one_grid))]


def counts_once(module: Any) -> bool:
    """Whether pixels that several regions have count once, and those of others each."""
    first, second = TWO_ON_ONE_PLACE
    third = Drawn(text="#....#.#", object_name="1", item_index=1)
    unlike = (
        msgspec.structs.replace(region, image_shape=shape)
        for region, shape in zip(drawn(first, second), [(1, 8), (2, 8)], strict=True)
    )
    before = Drawn(text="#.......", object_name="1", class_name="cyst")
    earlier, later = drawn(before, first)
    yielding = msgspec.structs.replace(later, yields_to=(earlier,))
    (alone,), (own, other) = (
        [one.mask.area_px for one in module.each_pixel_once(some, partial(grid_of, one_grid=True))]
        for some in ([yielding], [yielding, *drawn(second)])
    )
    counted, (one, two) = module.Counted(), drawn(first, second)
    px = [counted.new_px(mask, of) for mask, of in ((one.mask, "a"), (two.mask, "a"), (two.mask, "b"), (one.mask, "a"))]
    return (
        areas(module, first, second) == [4, 4]
        and areas(module, first, second, one_grid=True) == [4, 2]
        and areas(module, first, second, third, one_grid=True) == [4, 2, 1]
        and areas(module, first, Drawn(text="..####..", object_name="2"), one_grid=True) == [4, 4]
        and areas(module, first, Drawn(text="####....", object_name="1", class_name="cyst"), one_grid=True) == [4, 4]
        and areas(module, *(Drawn(text="####....") for _ in range(2)), one_grid=True) == [4, 4]
        and len([*module.each_pixel_once(unlike, partial(grid_of, one_grid=True))][1].yields_to) == 0
        and (alone, own, other) == (3, 3, 2)
        and px == [4, 2, 4, 0]
    )


def test_pixels_of_one_object_on_one_grid_count_once_and_every_small_change_of_that_is_noticed() -> None:
    assert counts_once(each_pixel_once)
    alive = []
    for mutation in mutations(inspect.getsource(each_pixel_once)):
        changed = ModuleType("changed")
        changed.__dict__[TURN] = Turns()
        exec(mutation.code, changed.__dict__)  # noqa: S102 - our own source
        with suppress(Exception):  # a change may fail in any way, which is noticed
            alive += [mutation.text] if counts_once(changed) else []
    assert alive == []


@pytest.mark.parametrize(
    ("rule", "given", "said"),
    [
        (VolumeLimits, {"max_ml": 0.001}, "the volume over 2 slices is 0.014 ml, above the limit of 0.001 ml"),
        (DerivedOfObject, {**DERIVED, "classes": ["lesion"]}, "volume is 0.014\u00a0ml: its volume over 2 slices is"),
        (DerivedFromAll, {**DERIVED, "per": "series"}, "volume is 0.014\u00a0ml: volume of lesion 1 0.014"),
    ],
)
def test_an_object_on_two_images_of_one_grid_has_one_volume(rule: Any, given: dict[str, Any], said: str) -> None:
    assert [text[: len(said)] for text in told(rule, given, one_grid=True)] == [said]


def told(rule: Any, given: dict[str, Any], *, one_grid: bool) -> list[str]:
    """Judge two slices, 2 mm apart, of two images each, on which an object has 6 mm², and 1 mm² on one image alone."""
    fold = Fold(plan_of(rule.model_validate_json(msgspec.json.encode(given))))
    for at, regions in enumerate((TWO_ON_ONE_PLACE, (Drawn(text="#.......", object_name="1", item_index=1),))):
        place = SlicePlace((0.0, 0.0, 2.0 * at), AXIAL)
        images: dict[int, ImageFacts] = dict.fromkeys(
            range(2), ImageFacts(spacing=Spacing(1.0, 1.0), series_uid="1.2", place=place)
        )
        made = tuple(drawn(*regions))
        fold.add(
            Submission(f"{at}", f"a{at}", "ann", images[0], made, item_images=images, item_count=2, one_grid=one_grid)
        )
    return [finding.message for verdict in fold.verdicts() for finding in verdict.findings]


def test_two_images_of_two_grids_that_show_one_place_count_twice() -> None:
    (said,) = told(VolumeLimits, {"max_ml": 0.001}, one_grid=False)
    assert "show the same place, which would count twice" in said
