"""A part taken out of a text, with everything around it left as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.span import Span, in_line
from guidelint.language.text.tree import Branch, Entry, follow, last_span, node_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.language.text.tree import KeyPath, Node

_AFTER, _BEFORE = re.compile(r"\s*,\s*"), re.compile(r"\s*,\s*$")


def taken_out(root: Node, path: KeyPath, lines: Sequence[str]) -> Edit | None:
    """Take out a key with its value, and the keys around it that hold nothing else.

    None: a comment would be lost, or what is left would be no text of the same kind.
    """
    while len(path) > 1 and _is_alone(node_at(root, path[:-1])):
        path = path[:-1]
    around, entry = node_at(root, path[:-1]), next(reversed([*follow(root, path)]), None)
    if not isinstance(around, Branch) or not isinstance(entry, Entry) or _is_alone(around):
        return None
    start, end = entry.key_span, last_span(entry.value)
    if around.in_brackets:
        return _within_brackets(start, end, lines)
    return _whole_lines(start, end, lines)


def _is_alone(around: Node | None) -> bool:
    return isinstance(around, Branch) and len(around.entries) == 1


def _whole_lines(start: Span, end: Span, lines: Sequence[str]) -> Edit | None:
    taken = [*lines[start.line : end.end_line], lines[end.end_line][: end.end_column]]
    if lines[start.line][: start.column].strip() or lines[end.end_line][end.end_column :].strip():
        return None
    if any("#" in line for line in taken):
        return None
    if end.end_line + 1 < len(lines) - 1:  # behind the last line stands an empty one
        return Edit(Span(start.line, 0, end.end_line + 1, 0), "")
    return Edit(Span(start.line, 0, end.end_line, len(lines[end.end_line])), "")


def _within_brackets(start: Span, end: Span, lines: Sequence[str]) -> Edit | None:
    if start.line != end.end_line:
        return None
    line = lines[start.line]
    if after := _AFTER.match(line, end.end_column):
        return Edit(in_line(start.line, start.column, after.end()), "") if after.end() < len(line) else None
    before = _BEFORE.search(line, 0, start.column)
    return Edit(in_line(start.line, before.start(), end.end_column), "") if before else None
