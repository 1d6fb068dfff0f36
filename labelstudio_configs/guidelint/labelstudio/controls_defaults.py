"""Colours and keys for what a guideline leaves open."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.tags import UNTYPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.shape import Tool
    from guidelint.guideline.model import ClassDefinition

PALETTE: Final = (
    "#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#0072b2",
    "#44aa99", "#ddcc77", "#aa4499", "#88ccee", "#117733", "#cc6677", "#999933", "#882255", "#332288",
)  # fmt: skip
"""Safe for colour-blind readers: Okabe and Ito's colours (brightest on grey first), then Paul Tol's muted scheme."""

KEYS: Final = "1234567890qtasdfgzxcyijln"
"""Keys that the editor's own tools leave free (taken: h o e m k w p r v b u and brackets)."""


def colors(classes: dict[str, ClassDefinition]) -> dict[str, str]:
    """Class → colour: the guideline's own, or the next one of the palette that no class has chosen."""
    chosen = {item.color for item in classes.values()}
    free = cycle([color for color in PALETTE if color not in chosen] or PALETTE)
    return {name: item.color or next(free) for name, item in classes.items()}


def hotkeys(classes: dict[str, ClassDefinition]) -> dict[tuple[str, Tool], str]:
    """Class and tool → key: the guideline's own for the preferred tool, then free ones in order."""
    chosen = {item.hotkey.lower() for item in classes.values() if item.hotkey}
    free = (key for key in KEYS if key not in chosen)
    return dict(_assigned(classes, free))


def _assigned(classes: dict[str, ClassDefinition], free: Iterator[str]) -> Iterator[tuple[tuple[str, Tool], str]]:
    preferred = {name: item.hotkey.lower() if item.hotkey else next(free, UNTYPED) for name, item in classes.items()}
    for name, item in classes.items():
        yield (name, item.draw[0]), preferred[name]
        for tool in item.draw[1:]:
            yield (name, tool), next(free, UNTYPED)
