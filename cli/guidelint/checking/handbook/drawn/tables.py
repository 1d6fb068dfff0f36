"""Tables with a head, for everybody who reads: what each column and each row is about is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.instructions.elements import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is about, and what is said of that."""

    names: tuple[str, ...]
    cells: tuple[str, ...]


def table(caption: str, columns: Sequence[str], rows: Iterable[Row], css: str = "") -> ET.Element:
    """Make a table. ``columns``: what each column is, the names of rows among them."""
    made = ET.Element("table", {"class": f"hb-table {css}".strip()})
    made.append(told("caption", caption))
    head = ET.SubElement(ET.SubElement(made, "thead"), "tr")
    for column in columns:
        cell = told("th", column)
        cell.set("scope", "col")
        head.append(cell)
    body = ET.SubElement(made, "tbody")
    for row in rows:
        line = ET.SubElement(body, "tr")
        for name in row.names:
            cell = told("th", name)
            cell.set("scope", "row")
            line.append(cell)
        line.extend(told("td", cell) for cell in row.cells)
    return made
