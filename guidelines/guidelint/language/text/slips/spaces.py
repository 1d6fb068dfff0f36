"""Tabs, spaces that are none, and full-width signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.slips.complaint import Complaint, rewritten, slip
from guidelint.language.text.span import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.slips.line import Line

ODD_SPACES = {
    "\u00a0": "a no-break space",
    "\u2007": "a figure space, which is a no-break space",
    "\u202f": "a narrow no-break space",
    "\u3000": "a full-width space",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
    **dict.fromkeys(map(chr, range(0x2000, 0x2007)), "a space of another width"),
    **dict.fromkeys("\u2008\u2009\u200a", "a space of another width"),
}
"""Letters that look like a space, or like nothing, and are no space to a parser."""
WITHOUT_WIDTH = frozenset("\u200b\ufeff")
_ODD = re.compile(f"[{''.join(ODD_SPACES)}]")
_FULL_WIDTH = {
    "\uff1a": ": ",
    "\uff0c": ", ",
    "\uff3b": "[",
    "\uff3d": "]",
    "\uff5b": "{",
    "\uff5d": "}",
    "\uff0d": "- ",
}
_WIDE = re.compile(f"[{''.join(_FULL_WIDTH)}]")


def spaces(complaint: Complaint) -> Iterator[Problem]:
    """Find what looks like a space or a sign of YAML and is none."""
    for line in complaint.near:
        if "\t" in line.indent:
            yield from _tab(line, complaint)
        if odd := _ODD.search(line.text):
            yield _odd(line, odd)
        if wide := _WIDE.search(line.text):
            new = re.sub(r"(: |, ) +", r"\1", _WIDE.sub(lambda sign: _FULL_WIDTH[sign[0]], line.text)).rstrip()
            right = _FULL_WIDTH[wide[0]].strip()
            message = f"`{wide[0]}` is a full-width sign, not `{right}`"
            yield slip(
                message, f"Write `{right}`.", rewritten(line, new), in_line(line.number, wide.start(), wide.end())
            )


def ordinary(text: str) -> str:
    """Write a text with ordinary spaces."""
    return _ODD.sub(lambda odd: "" if odd[0] in WITHOUT_WIDTH else " ", text)


def _tab(line: Line, complaint: Complaint) -> Iterator[Problem]:
    """Try the depths of the lines above, and some that tabs are drawn with."""
    above = [other.column for other in complaint.above(line.number) if "\t" not in other.indent]
    drawn = [len(line.indent.expandtabs(width)) for width in (4, 2, 8)]
    tabs = in_line(line.number, 0, line.column)
    for depth in dict.fromkeys([*above[:1], *drawn, *above[1:20]]):
        yield slip("a tab stands where YAML wants spaces", f"Indent with {depth} spaces.", Edit(tabs, " " * depth))


def _odd(line: Line, odd: re.Match[str]) -> Problem:
    message = f"{ODD_SPACES[odd[0]]} (U+{ord(odd[0]):04X}) stands where YAML wants an ordinary one"
    remedy = "Delete it." if odd[0] in WITHOUT_WIDTH else "Write ordinary spaces."
    return slip(message, remedy, rewritten(line, ordinary(line.text)), in_line(line.number, odd.start(), odd.end()))
