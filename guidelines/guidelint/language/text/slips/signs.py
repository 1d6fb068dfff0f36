"""Values that begin with a sign which means something to YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.quoted import quoted
from guidelint.language.text.slips.complaint import Complaint, rewritten, slip
from guidelint.language.text.span import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.slips.line import Line

MEANINGS = {
    "@": "is kept for later by YAML",
    "`": "is kept for later by YAML",
    "%": "begins an instruction to the parser",
    "*": "begins the repetition of another part",
    "&": "begins a name for reuse",
    "!": "begins a YAML tag",
    "|": "begins a text over several lines",
    ">": "begins a text over several lines",
    "?": "begins a key",
    "-": "begins an item of a list",
    ",": "separates items of a list",
    "]": "ends a list",
    "}": "ends a mapping",
    "[": "begins a list",
    "{": "begins a mapping",
}
"""Signs that cannot begin a text without quotation marks, and what they mean there."""
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}$")
_LIMIT = re.compile(r"> ?=?\s*(\d+(?:\.\d+)?)")
_ITEM = re.compile(r"(?:[\[{,]|:\s)\s*(?=[@`%*&!|>?])")


def signs(complaint: Complaint) -> Iterator[Problem]:
    """Find values that begin with a sign of YAML."""
    for line in complaint.near:
        if line.key and line.value.startswith("- "):
            yield _list(line, complaint)
        if line.value[:1] in MEANINGS and (line.key or line.dash) and not _is_meant(line.value):
            yield _sign(line, line.start, line.value)
        for item in _ITEM.finditer(line.text, line.start):
            end = re.compile(r"\s*(,\s|[\]}]|$)").search(line.text, item.end())
            yield _sign(line, item.end(), line.text[item.end() : end.start() if end else len(line.text)])


def _list(line: Line, complaint: Complaint) -> Problem:
    """Move a list that begins in the line of its key to the line below."""
    below = next((other for other in complaint.below(line.number) if other.dash), None)
    column = below.column if below and below.column > line.column else line.column + 2
    new = f"{line.text[: line.start].rstrip()}\n{' ' * column}{line.value}"
    message = f"the list of `{line.key}` begins in the line of its key"
    remedy = "Begin it in the line below; put a text that begins with a dash in quotation marks."
    return slip(message, remedy, rewritten(line, new), in_line(line.number, line.start, line.end))


def _is_meant(value: str) -> bool:
    """Whether the value is what its sign says."""
    if value[0] in "[{":
        return value[-1] in "]}" or not re.search(r"[\]}]", value)
    return bool(_BLOCK.match(value))


def _sign(line: Line, start: int, value: str) -> Problem:
    place = in_line(line.number, start, start + len(value))
    if number := _LIMIT.fullmatch(value):
        message = f"`{value[0]}` is no part of a number"
        return slip(message, f"Write `{number[1]}`.", Edit(place, number[1]), place)
    message = f"`{value[0]}` {MEANINGS[value[0]]}, so the text cannot begin with it"
    return slip(message, f"Put the text in quotation marks: `{quoted(value)}`.", Edit(place, quoted(value)), place)
