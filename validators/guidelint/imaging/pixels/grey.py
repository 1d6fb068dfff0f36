"""Grey values of one frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from guidelint.geometry.mask import Box

Unit = Literal["HU", "grey"]
Values = npt.NDArray[np.float64]
"""NaN where there was no detector, only padding, and where what is stored is no number."""


@dataclass(frozen=True, slots=True, eq=False)
class Grey:
    """Values as stored, and how they are meant; brighter is more."""

    stored: npt.NDArray[Any]
    """(rows, columns)."""
    source: str
    """Which file it is, for people."""
    slope: float = 1.0
    """Rescale Slope (0028,1053)."""
    intercept: float = 0.0
    """Rescale Intercept (0028,1052)."""
    unit: Unit = "grey"
    """What a value is: Hounsfield units, or a grey value that means nothing beyond its image."""
    modality: str = ""
    """Modality (0008,0060), where the file tells it."""
    padding: tuple[float, float] | None = None
    """From which stored value to which one there is no image: Pixel Padding Value (0028,0120) and its limit."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        rows, columns = self.stored.shape
        return rows, columns

    def within(self, box: Box) -> Values:
        """Values (rows, columns) within a box."""
        return self._meant(self.stored[box.top : box.bottom, box.left : box.right])

    def every(self, step: int) -> Values:
        """Every so many-th value down and along."""
        return self._meant(self.stored[::step, ::step])

    def _meant(self, stored: npt.NDArray[Any]) -> Values:
        values = stored.astype(np.float64)
        if stored.dtype.kind == "f":
            values[np.isinf(values)] = np.nan
        if self.padding is not None:
            least, most = self.padding
            values[(values >= least) & (values <= most)] = np.nan
        values *= self.slope
        values += self.intercept
        return values
