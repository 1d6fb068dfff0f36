"""Colours for what a guideline leaves open."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from guidelint.language.form.guideline import ClassDefinition

PALETTE: Final = (
    "#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#0072b2",
    "#44aa99", "#ddcc77", "#aa4499", "#88ccee", "#117733", "#cc6677", "#999933", "#882255", "#332288",
)  # fmt: skip
"""Safe for colour-blind readers: Okabe and Ito's colours (brightest on grey first), then Paul Tol's muted scheme."""


def colors(classes: dict[str, ClassDefinition]) -> dict[str, str]:
    """Class → colour: the guideline's own, or the next one of the palette that no class has chosen."""
    chosen = {item.color for item in classes.values()}
    free = cycle([color for color in PALETTE if color not in chosen] or PALETTE)
    return {name: item.color or next(free) for name, item in classes.items()}
