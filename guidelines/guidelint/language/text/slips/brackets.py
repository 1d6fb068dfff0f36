"""Brackets and braces: not closed, closed too often, or without a comma between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.slips.complaint import Complaint, slip
from guidelint.language.text.span import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.slips.line import Line

_CLOSES = {"[": "]", "{": "}"}
_NEXT_KEY = re.compile(r"[\w-]+: +([^,{}\[\]'\":]*[^,{}\[\]'\":\s])\s+([\w-]+):(?=\s)")
_SEMICOLON = re.compile(r";(?=\s*[\w-]+:\s)")
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|\s#.*|[\[\]{}]")


def brackets(complaint: Complaint) -> Iterator[Problem]:
    """Find brackets that do not pair, and places for a comma."""
    for line in complaint.near:
        yield from _semicolons(line)
        yield from _pairs(line)
        if line.value.startswith("{") and (found := _NEXT_KEY.search(line.text, line.start)):
            edit = Edit(in_line(line.number, found.end(1), found.end(1)), ",")
            yield slip(f"a comma is missing before `{found[2]}`", "Put a comma.", edit)
    if "','" in complaint.said:
        yield from _comma(complaint)


def _semicolons(line: Line) -> Iterator[Problem]:
    if line.value[:1] in _CLOSES and (found := _SEMICOLON.search(line.text, line.start)):
        better = _SEMICOLON.sub(",", line.text[line.start :])
        edit = Edit(in_line(line.number, line.start, len(line.text)), better)
        place = in_line(line.number, found.start(), found.end())
        yield slip("a semicolon stands where a comma belongs", f"Write `{better}`.", edit, place)


def _pairs(line: Line) -> Iterator[Problem]:
    open_: list[re.Match[str]] = []
    for token in _TOKEN.finditer(line.text, line.start):
        if token[0] in _CLOSES:
            open_.append(token)
        elif token[0] in {"]", "}"}:
            yield from _closing(line, token, open_)
    if open_:
        closers = "".join(_CLOSES[token[0]] for token in reversed(open_))
        start, end = open_[-1].start(), line.end
        remedy = f"Close it: write `{closers}` at the end of the line."
        place = in_line(line.number, start, start + 1)
        yield slip(
            f"the bracket `{open_[-1][0]}` is not closed", remedy, Edit(in_line(line.number, end, end), closers), place
        )


def _closing(line: Line, token: re.Match[str], open_: list[re.Match[str]]) -> Iterator[Problem]:
    place = in_line(line.number, token.start(), token.end())
    if not open_:
        yield slip(f"the bracket `{token[0]}` closes nothing", "Delete it.", Edit(place, ""), place)
    elif token[0] != (wanted := _CLOSES[open_.pop()[0]]):
        message = f"the bracket is closed with `{token[0]}` and was opened with another"
        yield slip(message, f"Write `{wanted}`.", Edit(place, wanted), place)


def _comma(complaint: Complaint) -> Iterator[Problem]:
    """Put a comma where the parser missed it: before its place, or at the end of the line above."""
    line, column = complaint.lines[complaint.line], complaint.column
    message, remedy = "a comma is missing between two items", "Put a comma."
    before = line[:column].rstrip()
    if before.strip():
        place = in_line(complaint.line, len(before), len(before))
        yield slip(message, remedy, Edit(place, ","))
    elif above := next(complaint.above(complaint.line), None):
        yield slip(
            message, f"{remedy[:-1]} at the end of the line.", Edit(in_line(above.number, above.end, above.end), ",")
        )
