"""A region that bears labels of several classes, as the guideline lets it: a region of each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.parts.naming import ClassNames
    from guidelint.annotation.region import Region


def of_each_class(region: Region, classes: ClassNames) -> Iterator[Region]:
    """Give the region once for each of its classes, with one number; as it is, where it may not be of all of them."""
    meant = classes.together(region.labels) if len(region.labels) > 1 else {}
    if len(meant) < 2:  # noqa: PLR2004 - several
        yield region
        return
    titles = ", ".join(entry.title for entry in meant.values())
    for name, entry in meant.items():
        yield replace(region, class_name=name, class_title=entry.title, boundary=entry.boundary, all_titles=titles)
