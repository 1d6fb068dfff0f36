"""Where the pixels of an image lie in the patient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from guidelint.annotation.shape import Points

_CENTRE_PX: Final = 0.5
"""Image Position (Patient) is the centre of the first pixel, and (0, 0) its outer corner."""


@dataclass(frozen=True, slots=True)
class Plane:
    """One image in the patient."""

    position_mm: npt.NDArray[np.float64]
    along_row: npt.NDArray[np.float64]
    down_column: npt.NDArray[np.float64]
    normal: npt.NDArray[np.float64]
    row_mm: float
    column_mm: float
    shape: tuple[int, int]
    """Rows, columns."""

    @property
    def corners_mm(self) -> npt.NDArray[np.float64]:
        """The centres (4, 3) of the pixels at its corners."""
        down, across = (
            (length - 1) * step for length, step in zip(self.shape, (self.row_mm, self.column_mm), strict=True)
        )
        ways = [self.along_row * x + self.down_column * y for x in (0.0, across) for y in (0.0, down)]
        return self.position_mm + np.array(ways)

    def off_mm(self, points_mm: npt.NDArray[np.float64]) -> float:
        """Tell how far the farthest of some points (n, 3) lies off the plane."""
        return float(np.abs((points_mm - self.position_mm) @ self.normal).max(initial=0.0))

    def places(self, points_mm: npt.NDArray[np.float64]) -> Points:
        """Give the pixels (n, 2) as x, y of points (n, 3) in the patient."""
        way = points_mm - self.position_mm
        across, down = way @ self.along_row / self.column_mm, way @ self.down_column / self.row_mm
        found: Points = np.stack([across, down], axis=1) + _CENTRE_PX
        return found
