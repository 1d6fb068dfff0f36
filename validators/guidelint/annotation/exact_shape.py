"""Exactly which shape a region has, and exactly where: equal only in copies."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Rectangle
from guidelint.geometry.codecs import cropped_rle
from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    import numpy.typing as npt

    from guidelint.annotation.region import Region

DECIMALS_PX = 3
"""Places are compared to a thousandth of a pixel: percent that went through another program are no better."""
_BYTES = 12
"""Among a billion shapes, the chance that two differing ones have one digest is below one in a billion."""


def exact_shape(region: Region) -> str:
    """Digest of kind, size and place of the shape, whatever its class and wherever its outline begins.

    Raises NotMeasurable when there is no shape, or its mask cannot be decoded.
    """
    kind, told = _told(region)
    return hashlib.blake2b(kind.encode() + told, digest_size=_BYTES).hexdigest()


def _told(region: Region) -> tuple[str, bytes]:
    match region.shape:
        case Polygon(points=points):
            return "outline", _exact(points[np.lexsort(points.T)])
        case Rectangle() as box:
            return "box", _exact([box.x, box.y, box.width, box.height, box.rotation_deg])
        case Ellipse() as oval:
            return "ellipse", _exact([oval.x, oval.y, oval.radius_x, oval.radius_y, oval.rotation_deg])
        case KeyPoint() as point:
            return "point", _exact([point.x, point.y])
        case Malformed(reason=reason):
            raise NotMeasurable(reason)
        case _:
            return "mask", cropped_rle.encode(region.drawn_mask)


def _exact(numbers: npt.ArrayLike) -> bytes:
    """Write places in thousandths of a pixel; what is no number lies nowhere."""
    values = np.asarray(numbers, np.float64)
    if not np.isfinite(values).all():
        raise NotMeasurable("one of its coordinates is not a number")
    return (np.round(values, DECIMALS_PX) + 0.0).tobytes()
