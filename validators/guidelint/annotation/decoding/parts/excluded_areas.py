"""Excluded areas: which region each is taken out of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.annotation.region import Region


def with_excluded(
    regions: Sequence[Region], excluded_from: Mapping[str, str], *, one_grid: bool = False
) -> tuple[Region, ...]:
    """Give the same regions, each with the excluded areas that belong to it.

    ``excluded_from``: class of excluded areas → class they are taken out of. An area belongs to the region of that
    class and of the same object name on its image; among several, or where none is named alike, to the one that
    contains it best. An area that overlaps none belongs to none. ``one_grid``: all images show the same pixels.
    """
    areas: dict[int, list[Region]] = {}
    for area in regions:
        owner_class = excluded_from.get(area.class_name or "")
        owner = None if owner_class is None else _owner(area, regions, owner_class, one_grid=one_grid)
        if owner is not None:
            areas.setdefault(owner, []).append(area)
    return tuple(
        replace(region, excluded=tuple(areas[index])) if index in areas else region
        for index, region in enumerate(regions)
    )


def _owner(area: Region, regions: Sequence[Region], owner_class: str, *, one_grid: bool) -> int | None:
    of_class = [
        index
        for index, region in enumerate(regions)
        if region.class_name == owner_class and (one_grid or region.image_index == area.image_index)
    ]
    named = [index for index in of_class if area.object_name and regions[index].object_name == area.object_name]
    if len(named) == 1:
        return named[0]
    candidates = [(_shared_px(area, regions[index]), index) for index in named or of_class]
    shared, index = max(candidates, key=lambda pair: (pair[0], -pair[1]), default=(0, 0))
    return index if shared else None


def _shared_px(area: Region, region: Region) -> int:
    if area.image_shape != region.image_shape:
        return 0
    try:
        return (area.drawn_mask & region.drawn_mask).area_px
    except NotMeasurable:
        return 0
