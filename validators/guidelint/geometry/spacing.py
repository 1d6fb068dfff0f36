"""Physical size of a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distance between pixel centres in millimetres, in the order of Pixel Spacing (0028,0030): row, then column."""

    row_mm: float
    """Between the centres of adjacent rows: the vertical (y) step."""
    column_mm: float
    """Between the centres of adjacent columns: the horizontal (x) step."""
    source: str = "stated"
    """Where the value came from, e.g. ``Pixel Spacing (0028,0030)``."""

    def __post_init__(self) -> None:
        """Refuse what no scanner can mean."""
        if not all(isfinite(step) and step > 0 for step in (self.row_mm, self.column_mm)):
            raise ValueError(f"spacing must be finite and positive, not {self.row_mm} × {self.column_mm} mm")

    @property
    def pixel_mm2(self) -> float:
        """Area of one pixel."""
        return self.row_mm * self.column_mm

    @property
    def isotropic(self) -> bool:
        """Whether rows and columns are equally far apart (to 1 part in 10⁶)."""
        return abs(self.row_mm - self.column_mm) <= 1e-6 * max(self.row_mm, self.column_mm)
