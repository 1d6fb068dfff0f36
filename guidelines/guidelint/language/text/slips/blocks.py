"""Texts behind `|` and `>`: not indented, indented less than they began, or begun in the same line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.slips.complaint import Complaint, slip
from guidelint.language.text.span import Span, in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.slips.line import Line

_OPENS = re.compile(r"[|>][-+0-9]{0,2}$")
_SAME_LINE = re.compile(r"(?P<sign>[|>][-+]?)\s*(?=[^\s0-9+-])")
_TEXTS = {"instructions", "summary", "definition", "note", "because", "means"}
"""Keys that hold a text and nothing else."""
_KEY = re.compile(r"[a-z][\w-]*:(\s|$)")


def blocks(complaint: Complaint) -> Iterator[Problem]:
    """Find texts that do not stand where their `|` wants them."""
    for line in complaint.near:
        if line.key and (found := _SAME_LINE.match(line.value)):
            yield _same_line(line, found)
    if (text := next((line for line in complaint.above(complaint.line + 1) if line.key in _TEXTS), None)) is not None:
        yield from _not_opened(text)
    opening = next((line for line in complaint.above(complaint.line + 1) if _OPENS.match(line.value)), None)
    if opening is not None:
        yield from _not_indented(opening, complaint)


def _not_opened(line: Line) -> Iterator[Problem]:
    """Open a text that begins in the line below its key."""
    if not line.value:
        end = len(line.text.rstrip())
        message = f"the text beneath `{line.key}:` is read as keys"
        place = in_line(line.number, line.column, end)
        yield slip(message, f"Write `{line.key}: |`.", Edit(in_line(line.number, end, end), " |"), place)


def _same_line(line: Line, found: re.Match[str]) -> Problem:
    at = line.start + found.end()
    text = f"{found['sign']}\n{' ' * (line.column + 2)}{line.text[at:]}"
    message = f"the text stands in the same line as `{found['sign']}`"
    remedy = f"Begin the text in the line below, with {line.column + 2} spaces."
    return slip(
        message,
        remedy,
        Edit(in_line(line.number, line.start, len(line.text)), text),
        in_line(line.number, at, line.end),
    )


def _not_indented(opening: Line, complaint: Complaint) -> Iterator[Problem]:
    """Move the lines of the text in, as far as no key begins."""
    first = next(complaint.below(opening.number), None)
    if first is None:
        return
    depth = first.column if first.column > opening.column else opening.column + 2
    shallow = [line for line in complaint.below(opening.number) if line.column < depth]
    text = list(_until_a_key(shallow, opening.column))
    if text:
        span = Span(text[0].number, 0, text[-1].number, len(text[-1].text))
        rows = complaint.lines[span.line : span.end_line + 1]
        new = "\n".join(_at_least(depth, row) for row in rows)
        message = (
            f"the text behind `{opening.key}: {opening.value}` is not indented"
            if first in text
            else (f"this line of the text behind `{opening.key}: {opening.value}` is indented less than its first line")
        )
        where = in_line(text[0].number, 0, len(text[0].text))
        yield slip(message, f"Indent every line of the text with {depth} spaces.", Edit(span, new), where)


def _until_a_key(lines: list[Line], column: int) -> Iterator[Line]:
    for line in lines:
        if line.column <= column and _KEY.match(line.text, line.column):
            return
        yield line


def _at_least(depth: int, row: str) -> str:
    """Indent a line so far at least."""
    return " " * max(depth, len(row) - len(row.lstrip())) + row.lstrip() if row.strip() else row
