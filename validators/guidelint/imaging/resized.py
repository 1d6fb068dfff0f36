"""Image facts in the frame of the file shown, which may be a resized copy of the original."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from guidelint.imaging.facts import ImageFacts

ROUNDING_PX = 1.0
"""How far a resized side may lie from its exact proportion: sides are whole numbers."""


def in_frame(header: ImageFacts, rows: int, columns: int) -> ImageFacts:
    """Header facts for a shown file of ``columns`` × ``rows`` pixels.

    A copy resized by one common factor keeps its physical size: its spacing grows or shrinks with it, and says so.
    Any other difference makes the spacing unknown; ``rows`` and ``columns`` then stay those of the header.
    """
    if header.rows is None or header.columns is None:
        return replace(header, rows=rows, columns=columns)
    if (header.rows, header.columns) == (rows, columns):
        return header
    if abs(rows - columns * header.rows / header.columns) >= ROUNDING_PX:
        return _unknown(header, rows, columns)
    return replace(header, rows=rows, columns=columns, spacing=header.spacing and _resized(header, rows, columns))


def _resized(header: ImageFacts, rows: int, columns: int) -> Spacing:
    assert header.spacing is not None  # noqa: S101 - narrows the types: the caller has looked
    assert header.rows is not None  # noqa: S101
    assert header.columns is not None  # noqa: S101
    return Spacing(
        row_mm=header.spacing.row_mm * header.rows / rows,
        column_mm=header.spacing.column_mm * header.columns / columns,
        source=f"{header.spacing.source}, rescaled from {header.columns} × {header.rows} to {columns} × {rows} pixels",
    )


def _unknown(header: ImageFacts, rows: int, columns: int) -> ImageFacts:
    sizes = f"the image shown has {columns} × {rows} pixels, its header says {header.columns} × {header.rows}"
    turned = (rows, columns) == (header.columns, header.rows)
    reason = f"{sizes}: width and height are swapped" if turned else f"{sizes}, which is not the same shape"
    return replace(header, spacing=None, spacing_problem=header.spacing_problem or reason)
