"""Whether two places tell the same of an image; people and programs round what they copy."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Final

from guidelint.geometry.spacing import Spacing
from guidelint.imaging.slice_place import Orientation

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDED: Final = 0.005
"""Share by which two lengths may differ that are one, as 0.66 and 0.661468 mm are."""
MOVED_MM: Final = 0.01
"""How far apart two positions may lie that are one, and two parts of a direction."""
_LENGTHS: Final = frozenset({"slice_thickness", "slice_spacing"})


def agree(name: str, one: object, other: object) -> bool:
    """Whether two values of one fact, named as among the keys of a guideline, are the same."""
    if isinstance(one, Spacing) and isinstance(other, Spacing):
        return _alike((one.row_mm, one.column_mm), (other.row_mm, other.column_mm), rounded=ROUNDED)
    if isinstance(one, Orientation) and isinstance(other, Orientation):
        ways = ((*turned.along_row, *turned.down_column) for turned in (one, other))
        return _alike(*ways, moved=MOVED_MM)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return _alike(one, other, moved=MOVED_MM)
    if isinstance(one, float) and isinstance(other, float):
        return _alike((one,), (other,), rounded=ROUNDED) if name in _LENGTHS else abs(one - other) <= MOVED_MM
    return one == other


def in_words(value: object) -> str:
    """Write a value as people do."""
    if isinstance(value, Spacing):
        return f"{value.row_mm:g} × {value.column_mm:g} mm"
    if isinstance(value, Orientation):
        return in_words((*value.along_row, *value.down_column))
    if isinstance(value, tuple):
        return " \\ ".join(f"{part:g}" for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _alike(one: Sequence[float], other: Sequence[float], *, rounded: float = 0.0, moved: float = 0.0) -> bool:
    return all(isclose(a, b, rel_tol=rounded, abs_tol=moved) for a, b in zip(one, other, strict=True))
