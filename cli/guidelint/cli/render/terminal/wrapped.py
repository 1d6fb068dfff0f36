"""Long lines parted between words for a terminal, so that what belongs together stays in one column."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

NARROWEST = 60
"""Columns below which a terminal parts lines as well as we could."""
_UNSEEN = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;.*?\x1b\\")
"""Colours and links, which take no room."""


def wrapped(text: str, width: int, indent: int) -> str:
    """Part a line between words. ``width``: columns of the terminal, 0: none; ``indent``: of lines after the first."""
    if width < NARROWEST or _columns(text) <= width:
        return text
    lines, taken = [""], 0
    for word in re.split(r"(?<=\S) (?=\S)", text):
        room = _columns(word)
        if taken and taken + 1 + room > width:
            lines.append(" " * indent + word)
            taken = indent + room
        else:
            lines[-1] += f" {word}" if taken else word
            taken += room + bool(taken)
    return "\n".join(lines)


def _columns(text: str) -> int:
    """Count the columns that a text takes."""
    seen = _UNSEEN.sub("", text)
    return len(seen) if seen.isascii() else sum(map(_width, seen))


def _width(letter: str) -> int:
    return 0 if combining(letter) else 1 + (east_asian_width(letter) in "WF")
