"""How much of what a segmentation paints is measured: a few bytes may paint thousands of regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from guidelint.geometry.mask import Mask

ALWAYS_REGIONS: Final = 5_000
PIXELS_OF_REGION: Final = 4_000
"""So many pixels of all frames there are at least to a region, in a file of more regions than are always read."""
ALWAYS_RUNS: Final = 300_000
PIXELS_OF_RUN: Final = 64
"""So many pixels of all frames there are at least to a stretch of them in a row."""
_BLOCK: Final = 2**20
_MORE: Final = "more than the {:,} that are measured of a file of its size. Divide it by segments"


@dataclass(slots=True)
class Budget:
    """What is left for the frames of a file."""

    regions: int
    runs: int
    most_regions: int
    most_runs: int

    @classmethod
    def of(cls, pixels: int) -> Budget:
        """Tell how much is measured of so many pixels."""
        regions, runs = ALWAYS_REGIONS + pixels // PIXELS_OF_REGION, ALWAYS_RUNS + pixels // PIXELS_OF_RUN
        return cls(regions, runs, regions, runs)

    def refuse_spent(self) -> None:
        """Raise PayloadError where nothing is left."""
        if self.regions <= 0:
            raise PayloadError(f"the file has more regions, {_MORE.format(self.most_regions)}")
        if self.runs <= 0:
            raise PayloadError(f"the masks of the file are made of stretches of pixels, {_MORE.format(self.most_runs)}")

    def refuse_values(self, values: npt.NDArray[Any]) -> None:
        """Raise PayloadError for a frame of a label map that has more values than regions are left."""
        if (count := _different(values)) > self.regions + 1:
            self.regions = 0
            raise PayloadError(f"it has {count:,} values, {_MORE.format(self.most_regions)}")

    def spend(self, masks: Sequence[Mask]) -> None:
        """Take off what was painted."""
        self.regions -= len(masks)
        self.runs -= sum(mask.starts.size for mask in masks)


def _different(values: npt.NDArray[Any]) -> int:
    """Count the different values of up to 16 bits, in little memory."""
    seen = np.zeros(2**16, np.bool_)
    flat = values.reshape(-1)
    for start in range(0, flat.size, _BLOCK):
        seen[flat[start : start + _BLOCK]] = True
    return int(np.count_nonzero(seen))
