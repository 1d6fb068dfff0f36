"""A labeling config as the beginning of a guideline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.annotation.tool import TOOLS
from guidelint.labelstudio.taken_over.images import data_key_of_one, images_of
from guidelint.labelstudio.taken_over.labels import TOOL_ALONE, TOOL_OF_GROUP, classes_of, controls_of
from guidelint.labelstudio.taken_over.left_out import LeftOut
from guidelint.labelstudio.taken_over.questions import ASKING, Questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.labelstudio.taken_over.images import ImageTaken

MOST_BYTES: Final = 1 << 20
_TAKEN: Final = frozenset({"Label", "Choice", "Labels", "Image", *TOOL_OF_GROUP, *TOOL_ALONE, *ASKING})
_LAYOUT: Final = frozenset({"View", "Style", "Header", "Filter", "Collapse", "Panel", "Markdown", "Shortcut"})
"""What arranges the page, which guidelint does by itself; texts in it are told."""
_READ_BY_ITSELF: Final = frozenset({"Relations", "Relation"})
"""Relations between regions need no declaration."""


class ConfigNotReadError(ValueError):
    """A labeling config that cannot be read; the message is for people."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a labeling config becomes."""

    parts: Mapping[str, object]
    """Parts of a guideline: images, classes, attributes, control_aliases."""
    left_out: tuple[str, ...]
    """What could not be taken over, each with its reason."""


def taken_over(text: str) -> TakenOver:
    """Read a labeling config. Raises ConfigNotReadError."""
    root = _root(text)
    left_out = LeftOut()
    images = images_of(root)
    classes = classes_of(root, left_out)
    if not classes:
        raise ConfigNotReadError("it has no labels to draw with: guidelint is for regions on images")
    controls = controls_of(root, classes.values(), images)
    for name in [name for name in controls if name in TOOLS or name == "image"]:
        left_out.say(ET.Element(name), f"a {controls.pop(name)} control of that name: it is another tool's or taken")
    questions = Questions(root, classes, left_out, images).read(controls)
    for element in root.iter():
        if element.tag not in _TAKEN | _LAYOUT | _READ_BY_ITSELF:
            left_out.say(element, "nothing in a guideline stands for it")
    parts: dict[str, object] = {"images": written} if (written := _images(root, images)) else {}
    parts["classes"] = {key: item.written(images) for key, item in classes.items()}
    if questions:
        parts["attributes"] = {key: item.parts for key, item in questions.items()}
    if controls:
        parts["control_aliases"] = dict(controls)
    return TakenOver(parts, tuple(left_out))


def _root(text: str) -> ET.Element:
    if len(text.encode()) > MOST_BYTES:
        raise ConfigNotReadError("it is larger than 1 MiB")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ConfigNotReadError("it declares a document type, which no labeling config has")
    try:
        return ET.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError as error:
        raise ConfigNotReadError(f"it is not XML: {error}") from error


def _images(root: ET.Element, images: Mapping[str, ImageTaken]) -> dict[str, object]:
    """Name several images, or say under which key of the task data the only one stands."""
    if images:
        return {"of_task": {image.key: image.written() for image in images.values()}}
    key = data_key_of_one(root)
    return {"keys": {"image": key}} if key else {}
