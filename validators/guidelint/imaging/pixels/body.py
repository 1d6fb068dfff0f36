"""The body on an image, told from the background around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from guidelint.imaging.pixels.grey import Grey, Values

    Flags = npt.NDArray[np.bool_]

LONGEST_SIDE = 512
"""So many pixels of a side are looked at: a body is large."""
AIR_BELOW_HU: Final = -400.0
"""Between fat, near -100 HU, and air, at -1000 HU."""
NO_BACKGROUND: Final = frozenset({"US", "IVUS", "IVOCT", "OPT", "OP", "ES", "GM", "SM", "XC"})
"""Modalities (0008,0060) whose images no air surrounds."""
LEAST_SHARE: Final = 0.01
"""What covers less of an image is no body."""
DARK_BORDER: Final = 0.5
"""So much of the border must be background where no unit says what air is."""


def body_of(grey: Grey) -> tuple[Flags, int]:
    """Tell which pixels show the body, and every how many-th pixel was looked at. Raises NotMeasurable.

    In Hounsfield units the largest thing denser than air, with what it encloses. Else the convex hull of the largest
    thing brighter than a dark background that makes up most of the border. Padding is background.
    """
    from scipy.ndimage import binary_fill_holes  # noqa: PLC0415 - for those who read pixels
    from skimage.morphology import convex_hull_image  # noqa: PLC0415

    step = max(1, -(-max(grey.shape) // LONGEST_SIDE))
    if grey.modality in NO_BACKGROUND:
        raise NotMeasurable(f"on an image made by {grey.modality} no air surrounds the body")
    values = grey.every(step)
    known = values[~np.isnan(values)]
    if known.size == 0 or known.min() == known.max():
        raise NotMeasurable(f"all pixels of {grey.source} have one value")
    if grey.unit == "HU":
        return np.asarray(binary_fill_holes(_largest(values > AIR_BELOW_HU, grey)), np.bool_), step
    bright = values > _end_of_background(known)
    border = np.concatenate([bright[0], bright[-1], bright[1:-1, 0], bright[1:-1, -1]])
    if border.mean() > 1 - DARK_BORDER:
        raise NotMeasurable(f"no dark background surrounds what is seen in {grey.source}")
    hull = convex_hull_image(_largest(bright, grey))  # type: ignore[no-untyped-call]
    return np.asarray(hull, np.bool_), step


def _largest(bright: Flags, grey: Grey) -> Flags:
    from skimage.measure import label  # noqa: PLC0415 - for those who read pixels

    parts = np.asarray(label(bright, connectivity=1))  # type: ignore[no-untyped-call]
    sizes = np.bincount(parts.ravel())
    sizes[0] = 0
    if sizes.max(initial=0) < LEAST_SHARE * bright.size:
        raise NotMeasurable(f"no body stands out from the background in {grey.source}")
    return np.asarray(parts == sizes.argmax(), np.bool_)


def _end_of_background(known: Values) -> float:
    """Part dark from bright, and the dark again into background and dim tissue, where both are there."""
    from skimage.filters import threshold_otsu  # noqa: PLC0415 - for those who read pixels

    bright = float(threshold_otsu(known))  # type: ignore[no-untyped-call]
    dark = known[known <= bright]
    return float(threshold_otsu(dark)) if dark.min() < dark.max() else bright  # type: ignore[no-untyped-call]
