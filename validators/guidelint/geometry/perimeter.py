"""Length of the border of a mask, by two named estimators."""

from __future__ import annotations

from math import atan2, hypot, pi
from typing import TYPE_CHECKING, Literal

from guidelint.geometry.overlap import intersection_px

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
    if mask.box is None:
        return 0.0
    vertical_mm = 2 * spacing.row_mm * _pieces_along(mask, 0, 1)
    horizontal_mm = 2 * spacing.column_mm * _pieces_along(mask, 1, 0)
    if estimator == "edges":
        return vertical_mm + horizontal_mm
    diagonal_mm = hypot(spacing.row_mm, spacing.column_mm)
    # Crofton: half the sum over directions of (angle share) × (distance between lines) × (crossings);
    # four directions along the grid and its diagonals share the half circle according to the shape of the pixel
    tilt = atan2(spacing.row_mm, spacing.column_mm)
    crossings = _pieces_along(mask, 1, 1) + _pieces_along(mask, 1, -1)
    slanted_mm = 2 * spacing.pixel_mm2 / diagonal_mm * crossings
    return (tilt * vertical_mm + (pi / 2 - tilt) * horizontal_mm + pi / 4 * slanted_mm) / 2


def _pieces_along(mask: Mask, down: int, right: int) -> int:
    """Into how many pieces the pixels fall along all lines that go ``down`` rows and ``right`` columns at a time."""
    if down == 0:
        return mask.starts.size
    assert mask.box is not None  # noqa: S101 - narrows the type: perimeter_mm has looked
    rows, columns = mask.box.shape[0] + 1, mask.box.shape[1] + 2
    here = mask.moved(-mask.box.top, 1 - mask.box.left, (rows, columns))
    return mask.area_px - intersection_px(here, here.moved(down, right, (rows, columns)))
