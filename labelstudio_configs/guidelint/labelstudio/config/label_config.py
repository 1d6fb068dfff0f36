"""Guideline to labeling config: what annotators see and can do in Label Studio's editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.class_buttons import buttons_on
from guidelint.labelstudio.config.definitions import definitions
from guidelint.labelstudio.config.direction import right_to_left
from guidelint.labelstudio.config.drawing_controls import groups, switch
from guidelint.labelstudio.config.escaping import markup
from guidelint.labelstudio.config.marker import Marker, mark
from guidelint.labelstudio.config.questions import asked_of_regions, asked_of_the_image
from guidelint.labelstudio.config.style import style
from guidelint.labelstudio.config.tags import ConfigError, verify
from guidelint.labelstudio.config.thumbnails import NO_THUMBNAILS, show_in_buttons, thumbnail_rules, within_bounds

if TYPE_CHECKING:
    from guidelint.labelstudio.config.class_buttons import Buttons
    from guidelint.labelstudio.config.shown_images import ShownImage
    from guidelint.labelstudio.config.thumbnails import Thumbnails
    from guidelint.language.form.guideline import Guideline

VERDICT: Final = "gl_verdict_md"
"""Key of the task data that holds the verdict banner; tasks without it show no banner."""


def label_config(guideline: Guideline, made_from: Marker, thumbnails: Thumbnails = NO_THUMBNAILS) -> str:
    """Write the labeling config as XML, the same to the byte for the same guideline.

    ``thumbnails``: pictures of classes, shown in their buttons and beside their definitions.

    Raises ConfigError when the editor would refuse it.
    """
    root = ET.Element("View", {"className": "gl gl-rtl" if right_to_left(guideline) else "gl"})
    mark(root, made_from)
    thumbnails = within_bounds(thumbnails, guideline)
    ET.SubElement(root, "Style").text = style(guideline) + "".join(f"{one}\n" for one in thumbnail_rules(thumbnails))
    frame = _view(root, "gl-frame")
    ET.SubElement(_view(frame, "gl-verdict-place"), "Markdown", {"className": "gl-verdict", "value": f"${VERDICT}"})
    classes = _view(frame, "gl-classes")
    classes.extend(switch(guideline))
    (image, buttons), *others = shown = list(buttons_on(guideline))
    if others:
        _panels(frame, shown, guideline)
    else:
        classes.extend(groups(buttons, image))
        _image(_view(frame, "gl-image"), image)
    frame.extend(asked_of_regions(guideline))
    frame.extend(asked_of_the_image(guideline, image))
    _view(frame, "gl-help").append(definitions(guideline, thumbnails))
    show_in_buttons(root, thumbnails, guideline)
    verify(root)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _panels(frame: ET.Element, shown: list[tuple[ShownImage, Buttons]], guideline: Guideline) -> None:
    """Write a panel for each image: its title, its classes, the image, and what is asked of it by itself."""
    panels = _view(frame, "gl-images")
    for image, buttons in shown:
        panel = _view(panels, "gl-panel")
        head = _view(panel, "gl-panel-head")
        ET.SubElement(head, "Markdown", {"className": "gl-panel-title", "value": f"<div>{markup(image.title)}</div>"})
        _view(head, "gl-classes").extend(groups(buttons, image))
        _image(_view(panel, "gl-image"), image)
        _view(panel, "gl-panel-ask").extend(asked_of_the_image(guideline, image, alone=True))


def _image(parent: ET.Element, image: ShownImage) -> None:
    if not re.fullmatch(r"[A-Za-z_]\w*", image.key):
        raise ConfigError(f"the image stands under {image.key!r}; Label Studio takes letters, digits and _ only")
    ET.SubElement(
        parent,
        "Image",
        {
            "name": image.name,
            "value": f"${image.key}",
            "zoom": "true",
            "zoomControl": "true",
            "brightnessControl": "true",
            "contrastControl": "true",
            "rotateControl": "false",
            "maxWidth": "100%",
            "maxHeight": "var(--gl-image-height)",
        },
    )


def _view(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, "View", {"className": name})
