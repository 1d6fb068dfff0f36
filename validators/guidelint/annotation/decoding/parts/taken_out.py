"""What does not belong to a region though it lies in it: excluded areas, and regions of classes that come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.excluded_areas import with_excluded
from guidelint.annotation.neighbours import neighbours
from guidelint.annotation.shape import Polygon
from guidelint.annotation.tool import ENCLOSING
from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.vocabulary import Vocabulary


class TakenOut:
    """Takes out of the regions of any number of submissions what does not belong to them, under one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        classes = vocabulary.classes.items()
        self._excluded_from = {key: entry.excluded_from for key, entry in classes if entry.excluded_from}
        self._one_grid = vocabulary.one_grid
        self._rank = {name: rank for rank, name in enumerate(vocabulary.priority)}

    def of(self, regions: Sequence[Region]) -> tuple[Region, ...]:
        """Give the same regions, each with what is taken out of it. Raises PayloadError where that is too much."""
        try:
            excluded = with_excluded(regions, self._excluded_from, one_grid=self._one_grid)
            return _with_earlier(excluded, self._rank, one_grid=self._one_grid)
        except NotMeasurable as error:
            raise PayloadError(f"which region a pixel belongs to cannot be told: {error}") from error


def _with_earlier(regions: tuple[Region, ...], rank: Mapping[str, int], *, one_grid: bool) -> tuple[Region, ...]:
    """Let each region yield to those of classes that come before its own; boxes that do not touch share nothing."""
    ranked = [region for region in regions if region.class_name in rank and _encloses(region)]
    earlier: dict[Region, list[Region]] = {}
    for pair in neighbours(ranked, ranked, one_grid=one_grid):
        first, second = sorted(pair, key=lambda region: _rank_of(region, rank))
        if _rank_of(first, rank) < _rank_of(second, rank) and first.image_shape == second.image_shape:
            earlier.setdefault(second, []).append(first)
    whole: dict[Region, Region] = {}
    for region in sorted(earlier, key=lambda region: _rank_of(region, rank)):
        whole[region] = replace(region, yields_to=tuple(whole.get(first, first) for first in earlier[region]))
    return tuple(whole.get(region, region) for region in regions)


def _rank_of(region: Region, rank: Mapping[str, int]) -> int:
    return rank[region.class_name or ""]


def _encloses(region: Region) -> bool:
    shape = region.shape
    return region.tool in ENCLOSING and not (isinstance(shape, Polygon) and shape.is_line)
