"""Form of a mask: centroid, hull, boxes, and the ratios made of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, pi, sqrt
from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.measures.diameter import longest_diameter, mask_diameter_points
from guidelint.geometry.measures.perimeter import perimeter_mm

if TYPE_CHECKING:
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing


@dataclass(frozen=True, slots=True)
class Form:
    """Measures of one mask that is not empty."""

    area_mm2: float
    centroid: tuple[float, float]
    """Centre of gravity: x, y in pixels."""
    perimeter_mm: float
    """Crofton estimator."""
    hull_area_mm2: float
    hull_perimeter_mm: float
    feret_max_mm: float
    """Largest distance between parallel tangents: the longest diameter."""
    feret_min_mm: float
    """Smallest distance between parallel tangents."""
    box_length_mm: float
    """Longer side of the smallest box of any direction."""
    box_width_mm: float
    """Shorter side of the smallest box of any direction."""

    @property
    def equivalent_diameter_mm(self) -> float:
        """Diameter of the disc of the same area."""
        return 2 * sqrt(self.area_mm2 / pi)

    @property
    def solidity(self) -> float:
        """Share of the convex hull that is filled, 0 to 1."""
        return self.area_mm2 / self.hull_area_mm2

    @property
    def rectangularity(self) -> float:
        """Share of the smallest box that is filled, 0 to 1."""
        return self.area_mm2 / (self.box_length_mm * self.box_width_mm)

    @property
    def elongation(self) -> float:
        """Length over width of the smallest box, from 1."""
        return self.box_length_mm / self.box_width_mm

    @property
    def compactness(self) -> float:
        """4π · area / perimeter²: 1 for a disc, less for everything else; small masks may exceed 1 by a little."""
        return 4 * pi * self.area_mm2 / self.perimeter_mm**2 if self.perimeter_mm else nan

    @property
    def roughness(self) -> float:
        """Perimeter over perimeter of the convex hull: about 1 for smooth convex masks."""
        return self.perimeter_mm / self.hull_perimeter_mm


def form(mask: Mask, spacing: Spacing) -> Form:
    """Measure the form of a mask. Raises ValueError when it is empty."""
    import shapely  # noqa: PLC0415 - heavy

    if mask.box is None:
        raise ValueError("an empty mask has no form")
    corners = mask_diameter_points(mask) * (spacing.column_mm, spacing.row_mm)
    hull = shapely.convex_hull(shapely.multipoints(corners))
    ring = shapely.get_coordinates(hull)[:-1]
    sides = np.roll(ring, -1, axis=0) - ring
    sides /= np.hypot(*sides.T)[:, None]
    # the smallest box and the smallest width lie along a side of the hull
    along, across = np.ptp(ring @ sides.T, axis=0), np.ptp(ring @ (sides[:, ::-1] * (-1, 1)).T, axis=0)
    best = int(np.argmin(along * across))
    length_mm, width_mm = sorted((float(along[best]), float(across[best])), reverse=True)
    return Form(
        area_mm2=mask.area_px * spacing.pixel_mm2,
        centroid=centroid(mask),
        perimeter_mm=perimeter_mm(mask, spacing),
        hull_area_mm2=float(shapely.area(hull)),
        hull_perimeter_mm=float(shapely.length(hull)),
        feret_max_mm=longest_diameter(mask_diameter_points(mask), spacing).length_mm,
        feret_min_mm=float(across.min()),
        box_length_mm=length_mm,
        box_width_mm=width_mm,
    )


def centroid(mask: Mask) -> tuple[float, float]:
    """Centre of gravity of the squares of a mask that is not empty: x, y in pixels."""
    columns, length = mask.shape[1], mask.stops - mask.starts
    x = (mask.starts % columns + (mask.stops - 1) % columns + 1) / 2
    y = mask.starts // columns + 0.5
    return float(np.dot(x, length) / mask.area_px), float(np.dot(y, length) / mask.area_px)


def border_contact_px(mask: Mask) -> int:
    """Count the pixels that lie on the edge of the image."""
    rows, columns = mask.shape
    row, first, stop = mask.starts // columns, mask.starts % columns, (mask.stops - 1) % columns + 1
    whole = (row == 0) | (row == rows - 1)
    ends = (first == 0).astype(np.int64) + ((stop == columns) & ~((first == 0) & (stop == 1)))
    return int(np.where(whole, stop - first, ends).sum())
