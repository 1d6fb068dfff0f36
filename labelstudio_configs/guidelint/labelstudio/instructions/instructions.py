"""Guideline to the instructions that annotators read in Label Studio before they begin.

Label Studio strips scripts and most attributes from instructions, such as ``style`` and ``scope``; ``class``, ``dir``,
``style`` elements and tables stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.colours import colors
from guidelint.labelstudio.instructions.document import document
from guidelint.labelstudio.instructions.elements import authored, rows, told
from guidelint.labelstudio.instructions.markdown import markdown, picture_rules
from guidelint.labelstudio.instructions.narrowed import narrowed
from guidelint.labelstudio.instructions.style import STYLE
from guidelint.language.form.places.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.labelstudio.instructions.part import Part
    from guidelint.language.form.guideline import Guideline

_FIRST_LEVEL = 3
"""Headings of the window's own are larger."""


def instructions(
    guideline: Guideline, *, before: Iterable[ET.Element] = (), but_for: frozenset[str] = frozenset()
) -> str:
    """Write the instructions as HTML, the same to the byte for the same guideline.

    ``before``: what is told first. ``but_for``: keys of parts that are left out.
    """
    root = ET.Element("div", {"class": "gli"})
    ET.SubElement(root, "style").text = STYLE + swatches(guideline) + picture_rules(guideline.pictures)
    if where := standing(guideline):
        ET.SubElement(ET.SubElement(root, "p"), "b").text = f"This guideline is {where}."
    root.extend(before)
    root.append(authored("p", guideline.summary))
    root.extend(narrowed(guideline))
    root.extend(markdown(guideline.instructions, guideline.pictures, guideline.picture_hosts))
    for part in document(guideline):
        if part.key in but_for:
            continue
        root.extend(_shown(part, _FIRST_LEVEL))
    root.append(_end(guideline))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", method="html") + "\n"


def _shown(part: Part, level: int) -> Iterator[ET.Element]:
    yield _heading(part, f"h{level}")
    yield from part.content
    yield from rows(part.rows)
    for beneath in part.parts:
        yield from _shown(beneath, level + 1)


def _heading(part: Part, tag: str) -> ET.Element:
    """Show the colour of a class before its title."""
    if not part.of:
        return (authored if part.is_authored else told)(tag, part.title)
    heading = ET.Element(tag, {"dir": "auto"})
    ET.SubElement(heading, "span", {"class": f"gli-swatch gli-of-{part.of}"}).tail = part.title
    return heading


def _end(guideline: Guideline) -> ET.Element:
    since = f", in force from {guideline.effective}" if guideline.effective else ""
    return told("p", f"Guideline {guideline.name}, version {guideline.version}{since}.", "gli-end")


def swatches(guideline: Guideline) -> str:
    """Give every class its colour, as a style sheet."""
    return "".join(f".gli-of-{name} {{ background: {color} }}\n" for name, color in colors(guideline.classes).items())
