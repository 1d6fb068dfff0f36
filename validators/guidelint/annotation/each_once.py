"""Each drawn region once, also where it bears several labels and stands once for each of its classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region


def each_once(regions: Iterable[Region]) -> Iterator[Region]:
    """Leave out what is drawn once and comes again for another class. ``regions``: of one submission."""
    seen: set[int] = set()
    for region in regions:
        if not region.all_titles:
            yield region
        elif region.number not in seen:
            seen.add(region.number)
            yield region


def drawing_of(region: Region) -> int:
    """Tell one drawn region of a submission from the others, whatever class it stands for."""
    return region.number if region.all_titles else -id(region)
