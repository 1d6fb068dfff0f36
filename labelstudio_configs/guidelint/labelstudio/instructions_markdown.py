"""Authors' Markdown to elements that Label Studio's instructions window keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADINGS: Final = {"h1": "h3", "h2": "h3", "h3": "h4"}
_PARSER: Final = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")


def markdown(text: str) -> Iterator[ET.Element]:
    """Paragraphs, lists, tables … of a Markdown text; HTML in it is shown as text, never obeyed."""
    root = ET.fromstring(f"<div>{_PARSER.render(text)}</div>")  # noqa: S314 - made by the parser one line above
    for element in root.iter():
        element.tag = _HEADINGS.get(element.tag, element.tag)
        element.attrib.pop("style", None)
    yield from root
