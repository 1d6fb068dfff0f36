"""Sizes that uses of rules state in their conditions and as multiples, with what one believes of each."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from guidelint.language.lint.every_condition import every_condition
from guidelint.validation.rule.parameters.amount import AREA_MM2, AREA_PX, LENGTH_MM, LENGTH_PX, SPACING_MM
from guidelint.validation.rule.parameters.multiple import Multiple
from guidelint.validation.rule.parameters.quantity import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.condition import Condition
    from guidelint.validation.rule.rule import Rule

_SLICE_MM = replace(LENGTH_MM, sensible=(0.0002, 100))
_SIDE = Amount("whole number", "pixels", sensible=(1, 65_535))
"""Rows (0028,0010) and Columns (0028,0011) are numbers of 16 bits."""
_SLICES = Amount("number of slices", "slices", sensible=(0.01, 100))
_BELIEVED: Mapping[str, Amount] = MappingProxyType(
    {
        "longest_mm": LENGTH_MM,
        "short_axis_mm": LENGTH_MM,
        "area_mm2": AREA_MM2,
        "longest_px": LENGTH_PX,
        "short_axis_px": LENGTH_PX,
        "area_px": AREA_PX,
        "pixel_spacing_mm": SPACING_MM,
        "slice_thickness_mm": _SLICE_MM,
        "slice_spacing_mm": _SLICE_MM,
        "rows": _SIDE,
        "columns": _SIDE,
    }
)
"""Key in a condition → what its numbers are."""
_ENDS = ("at_least", "above", "at_most", "below")


def sizes_of_uses(draft: Draft) -> Iterator[tuple[KeyPath, float, Amount]]:
    """Yield every such number, and where it stands."""
    for path, condition in every_condition(draft):
        yield from _of_condition(condition, path)
    for use in draft.uses:
        yield from _of_multiples(use.rule, use.path)


def _of_condition(condition: Condition, path: KeyPath) -> Iterator[tuple[KeyPath, float, Amount]]:
    for part in ("size", "image"):
        for key, amount in _BELIEVED.items():
            limits = getattr(getattr(condition, part), key, None)
            for end in _ENDS:
                value = getattr(limits, end, None)
                if value is not None:
                    yield (*path, part, key, end), value, amount
    for at, within in condition.parts:
        yield from _of_condition(within, (*path, *at))


def _of_multiples(rule: Rule, path: KeyPath) -> Iterator[tuple[KeyPath, float, Amount]]:
    for name in type(rule).model_fields:
        value = getattr(rule, name)
        if isinstance(value, Multiple) and value.of in {"slice_thickness", "slice_spacing"}:
            yield (*path, name, "times"), value.times, _SLICES
