"""The inputs, made of runs and integers alone, so that no kernel under test draws them."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry.mask import Mask
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    import numpy.typing as npt

UNIT = Spacing(1, 1)
TALL = Spacing(row_mm=2, column_mm=1)
FINE = Spacing(row_mm=0.5, column_mm=0.7)
IMAGE = (64, 96)
"""Rows, columns: not alike, so that an exchange of both shows."""


def rectangle(rows: int, columns: int, top: int = 7, left: int = 11, shape: tuple[int, int] = IMAGE) -> Mask:
    """Every pixel of ``rows`` × ``columns``, the first at ``top``, ``left``."""
    starts = (np.arange(rows) + top) * shape[1] + left
    return Mask.from_runs(starts, starts + columns, shape)


def disc(radius_square: int, row: int = 31, column: int = 40, shape: tuple[int, int] = IMAGE) -> Mask:
    """Pixels whose centre is within the radius of the centre of pixel ``row``, ``column``; radius² is given."""
    return ellipse(radius_square, 1, row, column, shape)


def ellipse(
    width_square: int, ratio_square: int, row: int = 31, column: int = 40, shape: tuple[int, int] = IMAGE
) -> Mask:
    """Pixels with dx² + ratio² · dy² ≤ width² about the centre of pixel ``row``, ``column``; squares are given."""
    height = isqrt(width_square // ratio_square)
    reach = [(dy, isqrt(width_square - ratio_square * dy * dy)) for dy in range(-height, height + 1)]
    starts = [(row + dy) * shape[1] + column - dx for dy, dx in reach]
    return Mask.from_runs(starts, [start + 2 * dx + 1 for start, (_, dx) in zip(starts, reach, strict=True)], shape)


def diamond(reach: int, row: int = 20, column: int = 30) -> Mask:
    """Pixels with |dx| + |dy| ≤ ``reach`` about the centre of a pixel."""
    starts = [(row + dy) * IMAGE[1] + column - (reach - abs(dy)) for dy in range(-reach, reach + 1)]
    stops = [start + 2 * (reach - abs(dy)) + 1 for start, dy in zip(starts, range(-reach, reach + 1), strict=True)]
    return Mask.from_runs(starts, stops, IMAGE)


def drawn(*rows: str) -> Mask:
    """Draw a mask in text: ``#`` belongs, everything else does not."""
    flat = "".join(rows)
    starts = [place for place, sign in enumerate(flat) if sign == "#"]
    return Mask.from_runs(starts, [start + 1 for start in starts], (len(rows), len(rows[0])))


def checkerboard(side: int) -> Mask:
    """Every other pixel of a square image, beginning with the first."""
    places = [row * side + column for row in range(side) for column in range(side) if (row + column) % 2 == 0]
    return Mask.from_runs(places, [place + 1 for place in places], (side, side))


def letter_l() -> Mask:
    """Draw a square of 10 × 10 pixels without its upper right quarter."""
    return drawn(*["#####....."] * 5, *["##########"] * 5)


def frame(rows: int, columns: int, hole_rows: int, hole_columns: int) -> Mask:
    """Draw a rectangle with a hole in its middle, in an image with one empty pixel around it."""
    above, beside = (rows - hole_rows) // 2, (columns - hole_columns) // 2
    full, cut = f".{'#' * columns}.", f".{'#' * beside}{'.' * hole_columns}{'#' * beside}."
    empty = "." * (columns + 2)
    return drawn(empty, *[full] * above, *[cut] * hole_rows, *[full] * above, empty)


def points(*pairs: tuple[float, float]) -> npt.NDArray[np.float64]:
    """Vertices (n, 2) as x, y in pixels."""
    return np.array(pairs, np.float64)
