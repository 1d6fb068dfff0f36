"""Drawing controls: a group of class buttons for each tool, of which each class is seen once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.keys import FIND_KEY, MANY
from guidelint.labelstudio.config.tool_switch import SHOWN_AS, switch_control, switch_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.tool import Tool
    from guidelint.labelstudio.config.class_buttons import Buttons
    from guidelint.labelstudio.config.shown_images import ShownImage
    from guidelint.language.form.guideline import ClassDefinition, Guideline

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


def switch(guideline: Guideline) -> Iterator[ET.Element]:
    """Yield the switch of tools, where there is a choice."""
    offered = switch_of(guideline.classes)
    if offered.positions:
        yield switch_control(offered)


def groups(buttons: Buttons, image: ShownImage) -> Iterator[ET.Element]:
    """Yield a group of labels for each tool in use on an image.

    A group's name is the tool's, a label's alias is the class key: neither depends on how the buttons are arranged.
    """
    several = buttons.of_several_tools_at_once()
    for tool in TAG_OF:
        if buttons.count(tool):
            yield _group(tool, buttons, image, named=several)


def takes_several_labels(tool: Tool, classes: Mapping[str, ClassDefinition]) -> bool:
    """Whether two of these classes that a tool draws may stand together on one region."""
    drawn = {name: part for name, part in classes.items() if tool in part.draw}
    return any(not drawn.keys().isdisjoint(part.together_with or ()) for part in drawn.values())


def _group(tool: Tool, buttons: Buttons, image: ShownImage, *, named: bool) -> ET.Element:
    outer = ET.Element("View", {"className": " ".join(("gl-tool", *buttons.style_classes(tool)))})
    name = "gl-tool-name" if named else "gl-tool-name gl-apart-only"
    ET.SubElement(outer, "Markdown", {"className": name, "value": f"<div>{SHOWN_AS[tool]}</div>"})
    if buttons.count(tool) >= MANY:
        outer.append(_find(tool, image))
    several = {"choice": "multiple"} if takes_several_labels(tool, buttons.classes) else {}
    attributes = {"name": image.control(tool), "toName": image.name, **several, **_LOOK[tool]}
    ET.SubElement(outer, TAG_OF[tool], attributes).extend(buttons.of(tool))
    return outer


def _find(tool: Tool, image: ShownImage) -> ET.Element:
    """Write a field that leaves the classes whose titles hold what is typed; Enter takes the first."""
    control = image.control(tool)
    attributes = {"minlength": "0", "hotkey": FIND_KEY, "placeholder": "Find (Shift+F)"}
    view = ET.Element("View", {"className": "gl-find"})
    ET.SubElement(view, "Filter", {"name": f"find_{control}", "toName": control, **attributes})
    return view
