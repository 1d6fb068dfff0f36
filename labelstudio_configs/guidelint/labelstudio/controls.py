"""Drawing controls: one group of class buttons per tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.labelstudio.controls_defaults import colors, hotkeys
from guidelint.labelstudio.controls_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.shape import Tool
    from guidelint.guideline.model import ClassDefinition, Guideline

TAG_OF: Final[dict[Tool, str]] = {
    "polygon": "PolygonLabels",
    "rectangle": "RectangleLabels",
    "ellipse": "EllipseLabels",
    "keypoint": "KeyPointLabels",
    "brush": "BrushLabels",
    "bitmask": "BitmaskLabels",
    "vector": "VectorLabels",
}
_LOOK: Final[dict[Tool, dict[str, str]]] = {
    "polygon": {"strokeWidth": "2", "opacity": "0.15", "pointSize": "small"},
    "rectangle": {"strokeWidth": "2", "opacity": "0.15"},
    "ellipse": {"strokeWidth": "2", "opacity": "0.15"},
    "keypoint": {"strokeWidth": "6", "opacity": "0.9"},
    "brush": {},
    "bitmask": {},
    "vector": {"strokeWidth": "2", "opacity": "0.15", "pointSize": "small", "closable": "true"},
}
SHOWN_AS: Final[dict[Tool, str]] = {
    "polygon": "Outline",
    "rectangle": "Box",
    "ellipse": "Ellipse",
    "keypoint": "Point",
    "brush": "Brush",
    "bitmask": "Mask",
    "vector": "Line",
}
"""What annotators call a tool; said before its class buttons."""


def drawing_controls(guideline: Guideline, image: str) -> Iterator[ET.Element]:
    """Yield a group of labels for each tool in use; its name is the tool's, a label's alias is the class key."""
    color, key = colors(guideline.classes), hotkeys(guideline.classes)
    tools: set[Tool] = {tool for item in guideline.classes.values() for tool in item.draw}
    for tool in sorted(tools, key=list(TAG_OF).index):
        line = ET.Element("View", {"className": "gl-tool"})
        ET.SubElement(line, "Markdown", {"className": "gl-tool-name", "value": f"<div>{SHOWN_AS[tool]}</div>"})
        group = ET.SubElement(line, TAG_OF[tool], {"name": tool, "toName": image, **_LOOK[tool]})
        for name, item in guideline.classes.items():
            if tool in item.draw:
                ET.SubElement(group, "Label", _label(name, item, color[name], key[name, tool]))
        yield line


def _label(name: str, item: ClassDefinition, color: str, key: str) -> dict[str, str]:
    return {
        "value": shown(item.title),
        "alias": name,
        "background": color,
        "hotkey": key,
        "hint": shown(item.definition),
    }
