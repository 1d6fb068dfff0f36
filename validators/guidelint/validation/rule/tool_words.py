"""Tools as people call what they leave on the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
