"""Slices of a series as one tall image: what is measured in pixels of one image is measured over all of them."""

from __future__ import annotations

from guidelint.geometry.mask import Mask


def on_slice(mask: Mask, place: int, count: int) -> Mask:
    """Lay a mask on one of so many slices of its size, of which each lies below the one before."""
    rows, columns = mask.shape
    offset = place * rows * columns
    return Mask(mask.starts + offset, mask.stops + offset, (rows * count, columns))
