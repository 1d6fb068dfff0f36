"""Dashes that begin no item, because they go on the text of the line above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.span import in_line
from guidelint.language.text.tree import Entry, KeyPath, Leaf, Node, Parts, Row, node_at, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_A_LIST = 2
"""Lines with a dash that are a list, and not a sentence with one."""


def continued(parts: Parts, root: Node, lines: Sequence[str]) -> Iterator[tuple[tuple[KeyPath, ...], Problem]]:
    """Yield the items and texts that swallow what was meant as items, with their paths."""
    for path, part in parts:
        dashes = _dashes(value_of(part), lines)
        if isinstance(part, Entry):
            if len(dashes) >= _A_LIST:
                yield (path,), _in_a_text(part.key, dashes[0], lines)
        elif dashes and isinstance(row := node_at(root, path[:-1]), Row) and not row.in_brackets:
            yield (path,), _in_an_item(row, dashes[0], lines)


def _dashes(node: Node, lines: Sequence[str]) -> list[int]:
    """Find the numbers of the lines behind the first of an unquoted text that begin with a dash."""
    span = node.span
    if not isinstance(node, Leaf) or span.line == span.end_line or lines[span.line][span.column] in "'\"|>":
        return []
    last = span.end_line + 1 if span.end_column else span.end_line
    return [at for at in range(span.line + 1, last) if lines[at].lstrip().startswith("- ")]


def _in_an_item(row: Row, at: int, lines: Sequence[str]) -> Problem:
    depth = len(lines[at]) - len(lines[at].lstrip())
    message = "this dash begins no item: the line is indented too far and goes on the item above"
    remedy = f"Indent it with {row.span.column} spaces, like the first item."
    edit = Edit(in_line(at, 0, depth), " " * row.span.column)
    return Problem("not-yaml", message, in_line(at, depth, len(lines[at].rstrip())), remedy, edit)


def _in_a_text(key: str, at: int, lines: Sequence[str]) -> Problem:
    depth = len(lines[at]) - len(lines[at].lstrip())
    message = f"the dashes begin no list: the lines of `{key}` are joined to one text"
    remedy = (
        f"Write `{key}: |` and the text below it, to keep its lines; or begin each item with a dash, the first too."
    )
    return Problem("not-yaml", message, in_line(at, depth, len(lines[at].rstrip())), remedy)
