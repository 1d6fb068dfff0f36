"""Lines that are indented by some spaces too many or too few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.slips.complaint import Complaint, slip
from guidelint.language.text.span import in_line
from guidelint.language.text.suggest import counted_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.slips.line import Line

_NAME = re.compile(r"[a-z0-9'\"][\w -]*")
_PARTS = frozenset(
    {"rules", "includes", "excludes", "codes", "aliases", "count", "bands"}
    | {"choose_one", "choose_many", "scale", "number", "text", "required"}
)
"""Keys of a class, a question or a rule that have something beneath them."""
_TRIED = 12
"""Lines above whose indentation is tried."""


def indentation(complaint: Complaint) -> Iterator[Problem]:
    """Align a line with one above it, the nearest first; or the line above with this one."""
    for line in filter(_is_structure, complaint.near[:3]):
        tried = {line.column}
        above = list(complaint.above(line.number))[:_TRIED]
        for other in sorted(above, key=lambda other: (abs(other.column - line.column), _differs(line, other))):
            if other.column not in tried:
                tried.add(other.column)
                yield _aligned(line, other)
    if len(complaint.near) > 1 and _is_structure(complaint.near[1]):
        yield _aligned(complaint.near[1], complaint.near[0])


def _differs(line: Line, other: Line) -> bool:
    """Whether one of the lines begins a part under a name of the author's, and the other is a key."""
    return _is_key(line) != _is_key(other)


def _is_key(line: Line) -> bool:
    return bool(line.value) or line.key in _PARTS


def _is_structure(line: Line) -> bool:
    """Whether a line is a key or an item, and no text that goes on."""
    return bool(line.dash or _NAME.match(line.key))


def _aligned(line: Line, other: Line) -> Problem:
    depth = other.column
    name = f"`{line.key}`" if line.key else "this line"
    message = f"{name} is indented with {counted_spaces(line.column)}, which fits nothing above"
    what = f"`{other.key}`" if other.key else "what stands"
    remedy = f"Indent it with {counted_spaces(depth)}, like {what} in line {other.number + 1}."
    place = in_line(line.number, line.column, line.end)
    return slip(message, remedy, Edit(in_line(line.number, 0, line.column), " " * depth), place)
