"""Guideline to labeling config: what annotators see and can do in Label Studio's editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config_style import STYLE
from guidelint.labelstudio.controls import drawing_controls
from guidelint.labelstudio.controls_definitions import definitions
from guidelint.labelstudio.controls_questions import image_questions, region_questions
from guidelint.labelstudio.marker import Marker, mark
from guidelint.labelstudio.tags import ConfigError, verify

if TYPE_CHECKING:
    from guidelint.guideline.model import Guideline

IMAGE: Final = "image"
"""Name of the image in the config (``to_name`` in results)."""
VERDICT: Final = "gl_verdict_md"
"""Key of the task data that holds the verdict banner; tasks without it show no banner."""


def label_config(guideline: Guideline, made_from: Marker) -> str:
    """Write the labeling config as XML, the same to the byte for the same guideline.

    Raises ConfigError when the editor would refuse it.
    """
    asking = any(item.per_region for item in guideline.attributes.values())
    root = ET.Element("View", {"className": "gl gl-asking" if asking else "gl"})
    mark(root, made_from)
    ET.SubElement(root, "Style").text = STYLE
    ET.SubElement(root, "Markdown", {"className": "gl-verdict", "value": f"${VERDICT}"})
    tools = ET.SubElement(root, "View", {"className": "gl-classes"})
    tools.extend(drawing_controls(guideline, IMAGE))
    body = ET.SubElement(root, "View", {"className": "gl-body"})
    _image(ET.SubElement(body, "View", {"className": "gl-image"}), guideline)
    _side(ET.SubElement(body, "View", {"className": "gl-side"}), guideline)
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
        },
    )


def _side(parent: ET.Element, guideline: Guideline) -> None:
    for questions in (image_questions(guideline, IMAGE), region_questions(guideline, IMAGE)):
        ET.SubElement(parent, "View", {"className": "gl-questions"}).extend(questions)
    parent.append(definitions(guideline))
