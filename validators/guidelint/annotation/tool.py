"""Tools that draw regions: what each encloses, and what people call what it leaves on the image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOOLS = ("polygon", "rectangle", "ellipse", "keypoint", "brush", "bitmask", "vector")
Tool = Literal["polygon", "rectangle", "ellipse", "keypoint", "brush", "bitmask", "vector"]

ENCLOSING: frozenset[Tool] = frozenset({"polygon", "rectangle", "ellipse", "brush", "bitmask", "vector"})
"""Tools that enclose an area."""
PAINTED: frozenset[Tool] = frozenset({"brush", "bitmask"})
"""Tools that paint pixels."""
DRAWN: frozenset[Tool] = frozenset({"polygon", "vector", "rectangle", "ellipse", "keypoint"})
"""Tools that place points, sides or radii, which can lie outside the image."""
OUTLINES: frozenset[Tool] = frozenset({"polygon", "vector"})
"""Tools that place vertices."""

WORDS: Mapping[str, str] = {
    "polygon": "an outline",
    "vector": "a line",
    "rectangle": "a box",
    "ellipse": "an ellipse",
    "keypoint": "a point",
    "brush": "a brush mask",
    "bitmask": "a pixel mask",
}


def tool_in_words(tool: str) -> str:
    """Name what a tool leaves on the image; a tool without a word stands for itself."""
    return WORDS.get(tool, tool)


def any_of(tools: Iterable[str]) -> str:
    """Name what several tools leave, as alternatives."""
    return " or ".join(tool_in_words(tool) for tool in tools)
