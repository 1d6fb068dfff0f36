"""How much of painted masks is judged: a few bytes can paint what would take without end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from guidelint.geometry.mask import Mask

MOST_REGIONS = 11_000
OF_IMAGE = 3
"""So many regions an image costs beside its own."""
MOST_RUNS = 400_000
MOST_COMPARED = 5_000_000
"""Most runs that are looked at when all pairs of masks whose boxes meet are compared."""
_BYTES_OF_REGION = 90
_BYTES_OF_RUN = 2
"""What drawings of people pack into, at least: a region on one slice, and a run of it."""
_COMPARED_OF_BYTE = 5


@dataclass(slots=True)
class Budget:
    """What may be spent on the masks of one file, and what has been."""

    regions: int = MOST_REGIONS
    runs: int = MOST_RUNS
    compared: int = MOST_COMPARED
    is_spent: bool = False

    @classmethod
    def of_bytes(cls, delivered: int) -> Budget:
        """Give a file of many images more, the more of it there is."""
        return cls(
            max(MOST_REGIONS, delivered // _BYTES_OF_REGION),
            max(MOST_RUNS, delivered // _BYTES_OF_RUN),
            max(MOST_COMPARED, delivered * _COMPARED_OF_BYTE),
        )

    def spend(self, masks: Sequence[Mask]) -> None:
        """Take the masks of one image. Raises PayloadError where that is more than is left."""
        self.regions -= len(masks) + OF_IMAGE
        self.runs -= sum(mask.starts.size for mask in masks)
        if self.regions >= 0 and self.runs >= 0:
            self.compared -= compared(masks)
        if min(self.regions, self.runs, self.compared) < 0:
            self.is_spent = True
            raise PayloadError(self._reason)

    @property
    def _reason(self) -> str:
        if self.regions < 0:
            return "it has more regions than are judged of a file of its size"
        if self.runs < 0:
            return "its regions are made of more runs of pixels than are judged of a file of its size"
        return "its regions lie so much within each other that comparing them would take without end"


def compared(masks: Sequence[Mask]) -> int:
    """Count the runs that are looked at when all masks whose boxes share a pixel are compared, each with itself too."""
    boxes = np.array([(box.top, box.left, box.bottom, box.right) for one in masks if (box := one.box)], np.int64)
    runs = np.array([one.starts.size for one in masks if one.box], np.int64)
    return sum(int(runs[_meeting(boxes, number)].sum()) for number in range(len(boxes)))


def _meeting(boxes: npt.NDArray[np.int64], number: int) -> npt.NDArray[np.bool_]:
    top, left, bottom, right = boxes[number].tolist()
    reach = (boxes[:, 0] < bottom, boxes[:, 1] < right, boxes[:, 2] > top, boxes[:, 3] > left)
    meeting: npt.NDArray[np.bool_] = np.logical_and.reduce(reach)
    return meeting
