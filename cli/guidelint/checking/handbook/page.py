"""A handbook as one page of HTML that needs nothing beside it: read on a screen of any width, printed, searched."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.checking.handbook.anchors import Anchors
from guidelint.labelstudio.instructions.elements import authored, rows
from guidelint.labelstudio.instructions.instructions import swatches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.handbook.handbook import Handbook
    from guidelint.labelstudio.instructions.part import Part

_PICTURE: Final = re.compile(r"gli-picture-(\d+)")
_COMMENT: Final = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_CONTENTS_TO_LEVEL: Final = 4


def page(book: Handbook) -> str:
    """Write it, the same to the byte for the same guideline and examples."""
    anchors = Anchors()
    root = ET.Element("html", {"lang": "en"})
    root.append(_head(book))
    body = ET.SubElement(root, "body")
    ET.SubElement(body, "a", {"class": "hb-skip", "href": "#main"}).text = "Skip to the text"
    main = ET.Element("main", {"id": "main", "tabindex": "-1"})
    main.append(_cover(book.cover))
    sections = [_section(part, 2, anchors) for part in book.parts]
    main.append(_contents(sections))
    main.extend(sections)
    body.append(main)
    _carry_pictures(root, book)
    ET.SubElement(body, "script").text = _sheets("search.js")
    ET.indent(root, "")
    return f"<!doctype html>\n{ET.tostring(root, encoding='unicode', method='html')}\n"


def _head(book: Handbook) -> ET.Element:
    head = ET.Element("head")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    name = f"{book.guideline.title}, version {book.guideline.version}"
    ET.SubElement(head, "title").text = name
    ET.SubElement(head, "style").text = _sheets(".css") + _own_style(book, name)
    return head


def _own_style(book: Handbook, name: str) -> str:
    """Give every class its colour, and every printed page the name of the guideline."""
    quoted = re.sub(r'["\\\n<]', " ", name)
    return f'{swatches(book.guideline)}@page {{ @bottom-left {{ content: "{quoted}" }} }}\n'


@cache
def _sheets(ending: str) -> str:
    folder = files("guidelint.checking.handbook") / "sheets"
    sheets = sorted((file for file in folder.iterdir() if file.name.endswith(ending)), key=lambda file: file.name)
    return _COMMENT.sub("", "".join(file.read_text("utf-8") for file in sheets))


def _cover(part: Part) -> ET.Element:
    header = ET.Element("header", {"class": "hb-cover"})
    header.append(authored("h1", part.title))
    header.extend(part.content)
    header.extend(rows(part.rows))
    _scoped(header)
    return header


def _section(part: Part, level: int, anchors: Anchors) -> ET.Element:
    anchor = anchors.of(part.title)
    section = ET.Element("section", {"aria-labelledby": anchor, "class": f"hb-part hb-level-{level}"})
    heading = authored(f"h{level}", part.title)
    heading.set("id", anchor)
    if part.of:
        heading.text = ""
        swatch = ET.SubElement(heading, "span", {"class": f"gli-swatch gli-of-{part.of}", "aria-hidden": "true"})
        swatch.tail = part.title
    section.append(heading)
    section.extend(part.content)
    section.extend(rows(part.rows))
    _scoped(section)
    section.extend(_section(beneath, level + 1, anchors) for beneath in part.parts)
    return section


def _scoped(within: ET.Element) -> None:
    """Say of the names in a table of rows that they name their row."""
    for name in within.iter("th"):
        name.attrib.setdefault("scope", "row")


def _contents(sections: list[ET.Element]) -> ET.Element:
    """Write the contents, with a field to search in that is there where scripts run."""
    nav = ET.Element("nav", {"aria-label": "Contents", "class": "hb-contents"})
    form = ET.SubElement(nav, "div", {"role": "search", "hidden": "hidden", "class": "hb-search"})
    ET.SubElement(form, "label", {"for": "hb-find"}).text = "Search"
    ET.SubElement(form, "input", {"id": "hb-find", "type": "search", "autocomplete": "off", "spellcheck": "false"})
    ET.SubElement(form, "output", {"for": "hb-find", "id": "hb-found"})
    folded = ET.SubElement(nav, "details", {"open": "open"})
    ET.SubElement(folded, "summary").text = "Contents"
    folded.extend(_entries(sections, _CONTENTS_TO_LEVEL))
    return nav


def _entries(sections: list[ET.Element], to_level: int) -> Iterator[ET.Element]:
    entries = ET.Element("ol")
    for section in sections:
        heading = section[0]
        item = ET.SubElement(entries, "li")
        link = ET.SubElement(item, "a", {"href": f"#{section.get('aria-labelledby')}", "dir": "auto"})
        link.text = "".join(heading.itertext())
        if int(heading.tag[1:]) < to_level:
            item.extend(_entries(section.findall("section"), to_level))
    if len(entries):
        yield entries


def _carry_pictures(root: ET.Element, book: Handbook) -> None:
    """Show the pictures of the author, which Label Studio shows as backgrounds, as pictures that are printed, too."""
    pictures = list(book.guideline.pictures.values())
    for element in root.iter("span"):
        if found := _PICTURE.search(element.get("class", "")):
            picture = pictures[int(found[1]) - 1]
            words = element.get("title", "")
            element.tag, element.text = "img", None
            element.attrib = {"src": picture.data_address, "alt": words, "class": "hb-picture"}
