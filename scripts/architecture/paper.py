"""A sheet on which texts, boxes and lines are put: an SVG image that knows light and dark."""

from __future__ import annotations

import textwrap
from xml.etree import ElementTree as ET

LETTER_EM = 0.53
"""Width of a letter, as a share of the size of the type: what the widest usual faces need on average."""
STYLE = """
text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; fill: #1f2328; }
.name { font-weight: 600; }
.soft { fill: #59636e; }
.sheet { fill: #ffffff; }
.band { fill: #f3f5f8; stroke: #d1d9e0; }
.card { fill: #ffffff; stroke: #b7c0ca; }
.line { fill: none; stroke: #6e7b8a; stroke-width: 1.3; }
.head { fill: #6e7b8a; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.soft { fill: #9da7b1; }
.sheet { fill: #0d1117; }
.band { fill: #161b22; stroke: #30363d; }
.card { fill: #0d1117; stroke: #3d444d; }
.line { stroke: #8b949e; }
.head { fill: #8b949e; }
}
"""


class Paper:
    """A sheet of one width that grows downwards."""

    def __init__(self, width: int, title: str, description: str) -> None:
        self.width = width
        self._svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
        ET.SubElement(self._svg, "title").text = title
        ET.SubElement(self._svg, "desc").text = description
        ET.SubElement(self._svg, "style").text = STYLE
        self._sheet = ET.SubElement(self._svg, "rect", {"class": "sheet", "width": str(width)})

    def box(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a box with round corners."""
        place = {"x": _told(x), "y": _told(y), "width": _told(width), "height": _told(height)}
        ET.SubElement(self._svg, "rect", {"class": kind, **place, "rx": "6"})

    def words(self, kind: str, x: float, y: float, size: int, text: str) -> None:
        """Write one line of text on a base line."""
        place = {"x": _told(x), "y": _told(y), "font-size": str(size)}
        ET.SubElement(self._svg, "text", {"class": kind, **place}).text = text

    def arrow(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Draw an arrow that leaves downwards and arrives from above."""
        bend, tip = max(12.0, (to_y - y) / 2), 6.0
        path = f"M{_told(x)},{_told(y)} C{_told(x)},{_told(y + bend)} {_told(to_x)},{_told(to_y - bend)} "
        ET.SubElement(self._svg, "path", {"class": "line", "d": f"{path}{_told(to_x)},{_told(to_y - tip)}"})
        head = f"M{_told(to_x)},{_told(to_y)} l-3.5,-{tip} h7 z"
        ET.SubElement(self._svg, "path", {"class": "head", "d": head})

    def text(self, height: float) -> str:
        """Cut the sheet at a height and give its text."""
        self._svg.set("viewBox", f"0 0 {self.width} {_told(height)}")
        self._svg.set("width", str(self.width))
        self._svg.set("height", _told(height))
        self._sheet.set("height", _told(height))
        ET.indent(self._svg)
        return ET.tostring(self._svg, encoding="unicode") + "\n"


def lines(text: str, size: int, width: float) -> list[str]:
    """Break a text into lines that a width holds."""
    return textwrap.wrap(text, int(width / (size * LETTER_EM)), break_long_words=False)


def _told(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
