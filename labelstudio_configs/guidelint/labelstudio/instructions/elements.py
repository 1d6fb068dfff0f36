"""Elements of the instructions: paragraphs, lists, and rows of a name and what is told about it.

Words of an author run in the direction of their own script, whatever stands around them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.validation.rule.names import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_BREAKS: Final = re.compile(r"[ \t\r\n]+")


def told(tag: str, words: str, css: str = "") -> ET.Element:
    """Make an element of words, the titles in them stressed."""
    element = ET.Element(tag, {"class": css} if css else {})
    for piece, is_title in pieces(on_one_line(words)):
        if is_title:
            ET.SubElement(element, "em", {"dir": "auto"}).text = piece
        else:
            _append(element, piece)
    return element


def authored(tag: str, words: str, css: str = "") -> ET.Element:
    """Make an element of an author's words, on one line; items run as their list does, beside its bullets."""
    element = ET.Element(tag, {} if tag == "li" else {"dir": "auto"})
    if css:
        element.set("class", css)
    element.text = on_one_line(words)
    return element


def on_one_line(words: str) -> str:
    """Take out line breaks, and leave in the spaces that keep words together."""
    return _BREAKS.sub(" ", words).strip(" ")


def listed(items: Iterable[ET.Element]) -> Iterator[ET.Element]:
    """Make a list of ``li`` elements, unless there is none."""
    found = ET.Element("ul", {"dir": "auto"})
    found.extend(items)
    if len(found):
        yield found


def rows(parts: Mapping[str, Iterable[ET.Element]]) -> Iterator[ET.Element]:
    """Make a table of names and what is told about each, unless there is none."""
    table = ET.Element("table", {"class": "table gli-rows"})
    body = ET.SubElement(table, "tbody")
    for name, content in parts.items():
        row = ET.SubElement(body, "tr")
        row.append(authored("th", name))
        ET.SubElement(row, "td").extend(content)
    if len(body):
        yield table


def _append(element: ET.Element, words: str) -> None:
    if len(element):
        element[-1].tail = words
    else:
        element.text = words
