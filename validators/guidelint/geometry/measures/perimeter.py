"""Length of the border of a mask, by two named estimators."""

from __future__ import annotations

from math import atan2, hypot, pi
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing

Estimator = Literal["crofton", "edges"]


def perimeter_mm(mask: Mask, spacing: Spacing, estimator: Estimator = "crofton") -> float:
    """Length of the outer border and of the borders of all holes.

    ``edges`` is the exact length of the border of the squares: right for boxes along the axes, 27 % too long for discs.
    ``crofton`` counts the crossings with lines in four directions (Lehmann & Legland 2012, Efficient N-dimensional
    surface estimation using Crofton formula): within 2 % for discs from a radius of 10 square pixels,
    6 % too short for such boxes.
    """
    # pieces into which the pixels fall along all lines of a direction; a line crosses the border twice per piece
    vertical_mm = 2 * spacing.row_mm * mask.starts.size
    horizontal_mm = 2 * spacing.column_mm * (mask.area_px - mask.shared.down_px)
    if estimator == "edges":
        return vertical_mm + horizontal_mm
    slanted = 2 * mask.area_px - mask.shared.right_px - mask.shared.left_px
    slanted_mm = 2 * spacing.pixel_mm2 / hypot(spacing.row_mm, spacing.column_mm) * slanted
    # Crofton: half the sum over directions of (angle share) × (distance between lines) × (crossings);
    # four directions along the grid and its diagonals share the half circle according to the shape of the pixel
    tilt = atan2(spacing.row_mm, spacing.column_mm)
    return (tilt * vertical_mm + (pi / 2 - tilt) * horizontal_mm + pi / 4 * slanted_mm) / 2
