"""Places of slices for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.imaging.slice_place import Orientation, SlicePlace

if TYPE_CHECKING:
    from collections.abc import Sequence

AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def axial(
    *z_mm: float, thickness_mm: Sequence[float] | None = None, spacing_mm: float | None = None
) -> dict[str, SlicePlace]:
    """Axial slices named a, b, c … at these heights."""
    thick: Sequence[float | None] = thickness_mm or [None] * len(z_mm)
    return {
        chr(ord("a") + number): SlicePlace((10.0, 20.0, z), AXIAL, thickness_mm=thickness, spacing_mm=spacing_mm)
        for number, (z, thickness) in enumerate(zip(z_mm, thick, strict=True))
    }
