"""Lines that are no key and no item: remarks without their sign, marks of other languages, texts that slipped out."""

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

_NEAR = 3
"""Lines that are looked at: the parser's own, the one above, and where it began."""
_OPENING = "{["
_SHOWN = 30
"""Letters of a line that are shown."""
_QUOTED = re.compile(r"(['\"])([\w-]+: .*)\1\s*")
_BOLD = re.compile(r"([*_]+)([\w-]+)\1$")
_BRACKET = re.compile(r"\s*(?:[{}\]]|\[(?!\w+\]\s*$))")
"""A line of brackets, which is hardly a remark; `[section]` is one."""


def strays(complaint: Complaint) -> Iterator[Problem]:
    """Find the line that stands among keys and is none; last of all kinds, since without a line much can be read."""
    near = complaint.near[:_NEAR]
    for line in near:
        yield from _dressed(line)
        yield from _dashed(line)
    for line in near:
        if not line.key:
            yield from _continued(line, complaint)
            if not _BRACKET.match(line.text):
                yield _remark(line)


def _dressed(line: Line) -> Iterator[Problem]:
    """Find a key in marks of emphasis, and a key with its value in quotation marks."""
    if found := _BOLD.match(line.key):
        at = line.text.index(line.key)
        place = in_line(line.number, at, at + len(line.key))
        message = f"`{found[1]}` stands around the key `{found[2]}`"
        yield slip(message, f"Write `{found[2]}:`.", Edit(place, found[2]), place)
    if found := _QUOTED.fullmatch(line.text, line.column):
        place = in_line(line.number, line.column, len(line.text.rstrip()))
        message = "quotation marks stand around a key and its value, which makes them one text"
        yield slip(message, f"Take the quotation marks away: `{found[2]}`.", Edit(place, found[2]), place)


def _dashed(line: Line) -> Iterator[Problem]:
    """Find a dash before a key that stands among keys without."""
    if not line.dash:
        return
    place = in_line(line.number, line.column, line.column + len(line.dash))
    if line.key:
        message = f"a dash stands before `{line.key}`, among keys without one"
        yield slip(message, "Delete the dash.", Edit(place, ""))
    elif re.fullmatch(r"[\w-]+", line.value):
        place = in_line(line.number, line.column, line.end)
        message = f"`{line.value}` stands behind a dash, among keys without one"
        yield slip(message, f"Write `{line.value}:`.", Edit(place, f"{line.value}:"))


def _continued(line: Line, complaint: Complaint) -> Iterator[Problem]:
    """Find a text that goes on further to the left than its key."""
    above = next(complaint.above(line.number), None)
    if above is None or not above.key or line.column > above.column:
        return
    if line.column == above.column if above.value else line.text.lstrip()[:1] not in _OPENING:
        return
    depth = above.column + 2
    what = f"the text of `{above.key}` goes on" if above.value else f"what belongs to `{above.key}` stands"
    message = f"{what} in this line, which is not indented beneath it"
    edit = Edit(in_line(line.number, 0, line.column), " " * depth)
    yield slip(message, f"Indent it with {counted_spaces(depth)}.", edit, in_line(line.number, line.column, line.end))


def _remark(line: Line) -> Problem:
    text = line.text.strip()
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    place = in_line(line.number, line.column, len(line.text.rstrip()))
    edit = Edit(in_line(line.number, line.column, line.column), "# ")
    what = "this line" if "`" in shown else f"`{shown}`"
    return slip(f"{what} is no key and no item", "Begin a remark with `#`, or delete the line.", edit, place)
