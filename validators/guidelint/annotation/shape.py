"""Shapes as drawn, in pixel coordinates: (0, 0) is the outer corner of the top-left pixel, x runs along a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.annotation.tool import Tool
    from guidelint.geometry.mask import Mask

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Polygon:
    """An outline."""

    points: Points
    """Vertices (n, 2) as x, y; the first is not repeated at the end."""
    closed: bool = True
    tool: Literal["polygon", "vector"] = "polygon"

    @property
    def is_line(self) -> bool:
        """Whether it was left open on purpose: only vectors may be."""
        return self.tool == "vector" and not self.closed


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box turned clockwise about its top-left corner."""

    x: float
    y: float
    width: float
    height: float
    rotation_deg: float = 0.0
    tool: Literal["rectangle"] = "rectangle"


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse turned clockwise about its centre."""

    x: float
    y: float
    radius_x: float
    radius_y: float
    rotation_deg: float = 0.0
    tool: Literal["ellipse"] = "ellipse"


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """A mark on one place."""

    x: float
    y: float
    tool: Literal["keypoint"] = "keypoint"


@dataclass(frozen=True, slots=True)
class Raster:
    """A painted mask, decoded when first asked for."""

    decode: Callable[[], Mask]
    """Gives the mask or raises ``MaskError`` with the reason."""
    tool: Literal["brush", "bitmask"] = "brush"
    called: str = ""
    """What people call it where nobody has painted it, with its article; empty: as the tool's are called."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A shape whose numbers do not make one."""

    tool: Tool
    reason: str


Shape = Polygon | Rectangle | Ellipse | KeyPoint | Raster | Malformed
