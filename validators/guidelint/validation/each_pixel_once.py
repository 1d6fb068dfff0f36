"""Pixels that several regions have, counted once where areas are added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from guidelint.geometry.union import united

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.geometry.mask import Mask


def each_pixel_once(regions: Iterable[Region], grid_of: Callable[[Region], int]) -> Iterator[Region]:
    """Let each region yield to those before it of the same object on the same grid of pixels."""
    earlier: dict[tuple[object, ...], tuple[Region, ...]] = {}
    for region in regions:
        if not region.object_name:
            yield region
            continue
        key = (region.class_name, region.object_name, grid_of(region), region.image_shape)
        before = earlier.get(key, ())
        earlier[key] = (*before, region)
        yield msgspec.structs.replace(region, yields_to=(*region.yields_to, *before)) if before else region


class Counted:
    """Pixels that have counted, by what they count for."""

    def __init__(self) -> None:
        """Nothing has counted."""
        self._counted: dict[tuple[str, ...], Mask] = {}

    def new_px(self, mask: Mask, *of: str) -> int:
        """Count the pixels that have not counted yet; of masks of different shapes each counts."""
        key = (*of, str(mask.shape))
        before = self._counted.get(key)
        self._counted[key] = mask if before is None else united([before, mask])
        return (mask if before is None else mask - before).area_px
