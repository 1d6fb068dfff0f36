"""Class definitions beside the image."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.escaping import markup, shown
from guidelint.labelstudio.config.thumbnails import picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.labelstudio.config.thumbnails import Thumbnails
    from guidelint.language.form.guideline import ClassDefinition, Guideline


def definitions(guideline: Guideline, thumbnails: Thumbnails) -> ET.Element:
    """Tell what each class is, with its picture, shown while no region is selected."""
    view = ET.Element("View", {"className": "gl-definitions", "visibleWhen": "no-region-selected"})
    ET.SubElement(
        view, "Markdown", {"className": "gl-definitions-title", "value": "<div>What belongs to each class</div>"}
    )
    collapse = ET.SubElement(view, "Collapse", {"accordion": "false"})
    for name, item in guideline.classes.items():
        panel = ET.SubElement(collapse, "Panel", {"value": shown(item.title)})
        # A Panel may not hold Markdown itself; a View between them may.
        inner = ET.SubElement(panel, "View")
        text = _text(item, picture(name) if name in thumbnails else "")
        ET.SubElement(inner, "Markdown", {"className": "gl-definition", "value": text})
    return view


def _text(item: ClassDefinition, pictured: str) -> str:
    return (
        f"<div>{pictured}<p>{markup(item.definition)}</p>"
        f"{_list('Counts', item.includes)}{_list('Does not count', item.excludes)}</div>"
    )


def _list(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{markup(line)}</li>" for line in lines)
    return f"<p><b>{title}</b></p><ul>{items}</ul>" if items else ""
