"""The size of its image that a region states, or why what it states is none."""

from __future__ import annotations

MAX_SIDE_PX = 100_000
"""Longest side of an image that is believed."""


def image_shape_of(width: object, height: object) -> tuple[int, int]:
    """Tell rows, columns as they are stated; (0, 0) when nothing is stated, or no size an image can have."""
    if type(width) is int and type(height) is int and 0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX:
        return height, width
    columns, rows = _side(width), _side(height)
    return (rows, columns) if rows and columns else (0, 0)


def size_problem(width: object, height: object, names: tuple[str, str] = ("original_width", "original_height")) -> str:
    """Say why what is stated is no size; empty when it is one, or when nothing is stated at all.

    ``names``: what width and height are called where they stand.
    """
    if width is None and height is None:
        return ""
    return "; ".join(
        f"{name} {problem}" for name, side in zip(names, (width, height), strict=True) if (problem := _problem(side))
    )


def _side(side: object) -> int:
    return int(side) if isinstance(side, int | float) and not _problem(side) else 0


def _problem(side: object) -> str:
    """Why this is no number of pixels; empty when it is one."""
    if side is None:
        return "is missing"
    if isinstance(side, str):
        return f"is the text “{side[:20]}”, not a number"
    if isinstance(side, bool) or not isinstance(side, int | float):
        return "is not a number"
    return _not_a_count(side)


def _not_a_count(side: float) -> str:
    if side <= 0:
        return "is 0" if side == 0 else f"is below 0 ({side:g})"
    if side > MAX_SIDE_PX:
        return f"is above the {MAX_SIDE_PX:,} pixels that are believed"
    return "" if side == int(side) else f"is {side:g}, which is not whole"
