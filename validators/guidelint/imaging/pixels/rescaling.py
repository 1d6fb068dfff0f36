"""What stored values mean: their rescaling, and the unit that it leads to."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.files.dicom_header import FRAME_GROUPS, SHARED_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydicom.dataset import Dataset

    from guidelint.imaging.pixels.grey import Unit

STORES_AIR_HU: Final = -900.0
"""Values of air lie at -1000 HU; an image of CT that stores nothing near was made for the screen."""
STEEPEST_HU: Final = 100.0
"""No image of CT has steps of so many Hounsfield units; metal has some 30 000 in all."""
STEEPEST: Final = 1e12
"""Beyond it, or below its inverse, values cannot be meant."""


def rescaling(header: Dataset, frame: int) -> tuple[float, float, Unit]:
    """Rescale Slope, Rescale Intercept and the unit that they lead to. Raises NotMeasurable."""
    for group in _groups(header, frame):
        if "RescaleSlope" in group:
            slope, intercept = _number(group, "RescaleSlope"), _number(group, "RescaleIntercept")
            unit = _unit(header, str(group.get("RescaleType") or "HU"), slope, intercept)
            steepest = STEEPEST_HU if unit == "HU" else STEEPEST
            if not (1 / STEEPEST <= abs(slope) <= steepest and abs(intercept) <= STEEPEST):
                told = f"its values are rescaled by slope {slope:g} and intercept {intercept:g}"
                raise NotMeasurable(f"{told} (0028,1053 and 0028,1052), which no image is. Export it again")
            return slope, intercept, unit
    return 1.0, 0.0, "grey"


def _unit(header: Dataset, rescale_type: str, slope: float, intercept: float) -> Unit:
    """Tell Hounsfield units; what cannot even store air has none, whatever it says, nor has a localizer (0008,0008)."""
    if "LOCALIZER" in str(header.get("ImageType") or ""):
        return "grey"
    air = min(end * slope + intercept for end in storable(header))
    is_ct = header.get("Modality") == "CT" and rescale_type == "HU" and air <= STORES_AIR_HU
    return "HU" if is_ct else "grey"


def _number(group: Dataset, keyword: str) -> float:
    """Read a number; NaN: it is none, or not finite; a missing intercept is 0."""
    value = group.get(keyword)
    if value is None or value == "":
        return 0.0
    try:
        number = float(value)
    except (TypeError, ValueError):
        return nan
    return number if isfinite(number) else nan


def _groups(header: Dataset, frame: int) -> Iterator[Dataset]:
    """Places where a rescaling may stand: that of the frame, that of all frames, the header itself."""
    frames = header[FRAME_GROUPS].value if FRAME_GROUPS in header else []
    shared = header[SHARED_GROUPS].value if SHARED_GROUPS in header else []
    for group in (*frames[frame : frame + 1], *shared[:1]):
        yield from group.get("PixelValueTransformationSequence") or ()
    yield header


def storable(header: Dataset) -> tuple[float, float]:
    """Least and greatest value that can be stored."""
    bits = int(header.get("BitsStored") or 16)
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if header.get("PixelRepresentation") == 1 else (0, 2**bits - 1)
