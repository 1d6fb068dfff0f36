"""Guideline to labeling config: what annotators see and can do in Label Studio's editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.definitions import definitions
from guidelint.labelstudio.config.direction import right_to_left
from guidelint.labelstudio.config.drawing_controls import drawing_controls
from guidelint.labelstudio.config.marker import Marker, mark
from guidelint.labelstudio.config.questions import asked_of_regions, asked_of_the_image
from guidelint.labelstudio.config.style import style
from guidelint.labelstudio.config.tags import ConfigError, verify

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline

IMAGE: Final = "image"
"""Name of the image in the config (``to_name`` in results)."""
VERDICT: Final = "gl_verdict_md"
"""Key of the task data that holds the verdict banner; tasks without it show no banner."""


def label_config(guideline: Guideline, made_from: Marker) -> str:
    """Write the labeling config as XML, the same to the byte for the same guideline.

    Raises ConfigError when the editor would refuse it.
    """
    root = ET.Element("View", {"className": "gl gl-rtl" if right_to_left(guideline) else "gl"})
    mark(root, made_from)
    ET.SubElement(root, "Style").text = style(guideline)
    frame = _view(root, "gl-frame")
    ET.SubElement(_view(frame, "gl-verdict-place"), "Markdown", {"className": "gl-verdict", "value": f"${VERDICT}"})
    _view(frame, "gl-classes").extend(drawing_controls(guideline, IMAGE))
    _image(_view(frame, "gl-image"), guideline)
    frame.extend(asked_of_regions(guideline, IMAGE))
    frame.extend(asked_of_the_image(guideline, IMAGE))
    _view(frame, "gl-help").append(definitions(guideline))
    verify(root)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _image(parent: ET.Element, guideline: Guideline) -> None:
    key = guideline.images.keys.get("image", "image")
    if not re.fullmatch(r"[A-Za-z_]\w*", key):
        raise ConfigError(f"the image stands under {key!r}; Label Studio takes letters, digits and _ only")
    ET.SubElement(
        parent,
        "Image",
        {
            "name": IMAGE,
            "value": f"${key}",
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
