"""An image of values with a legend, as regions: each value that means something is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.parts.drawn import Drawn
from guidelint.annotation.shape import Raster
from guidelint.annotation.submission import UnreadableItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from guidelint.annotation.decoding.parts.budget import Budget
    from guidelint.annotation.decoding.parts.drawn import RegionBuilder
    from guidelint.geometry.mask import Mask

_MOST_TOLD = 20
"""So many values that mean nothing are told of one image; noise has thousands."""


def add_labelled(
    found: Iterable[tuple[int, Mask]],
    builder: RegionBuilder,
    budget: Budget,
    *,
    label: Callable[[int], str | None],
    unnamed: Callable[[int], str],
    object_name: Callable[[int], str] | None = None,
) -> None:
    """Add the masks of an image by value; what a legend does not name is told, so that the image is not accepted.

    ``label``: what a value stands for; empty: nothing is there; None: nothing says what.
    ``unnamed``: the reason to tell of a value that nothing is known of.
    ``object_name``: what joins a value with the same on other slices.
    Raises PayloadError where there are more masks than are judged.
    """
    labelled = [(value, label(value), mask) for value, mask in found]
    budget.spend([mask for _, name, mask in labelled if name])
    for number, (value, name, mask) in enumerate(labelled, start=1):
        if name:
            joined = object_name(value) if object_name else None
            rows = mask.box.bottom - mask.box.top if mask.box else 0
            builder.add(Drawn("", _raster(mask), (name,), number, "mask", object_name=joined, rows=rows))
    _tell([(unnamed(value), mask.area_px) for value, name, mask in labelled if name is None], builder)


def _raster(mask: Mask) -> Raster:
    return Raster(lambda: mask)


def _tell(unknown: Sequence[tuple[str, int]], builder: RegionBuilder) -> None:
    told = [f"{reason}: {_pixels(count)}" for reason, count in unknown[:_MOST_TOLD]]
    if others := unknown[_MOST_TOLD:]:
        told.append(f"{len(others):,} further values mean nothing: {_pixels(sum(count for _, count in others))}")
    builder.unreadable += [UnreadableItem(position, reason) for position, reason in enumerate(told)]


def _pixels(count: int) -> str:
    return "1 pixel" if count == 1 else f"{count:,} pixels"
