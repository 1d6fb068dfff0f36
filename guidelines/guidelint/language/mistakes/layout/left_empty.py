"""Keys and items that are left empty, and texts that are cut, by a comment that was none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.form.shorthand import NothingBeneath
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.quoted import quoted
from guidelint.language.text.span import in_line
from guidelint.language.text.tree import KeyPath, Leaf, Parts, is_plain, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

_SWALLOWED = re.compile(r"\s+(#\S.*?)\s*$")
_CUT = re.compile(r"\s+#(?=\d)(.*?)\s*$")


def left_empty(parts: Parts, model: type[BaseModel], lines: Sequence[str]) -> Iterator[tuple[KeyPath, Problem]]:
    """Yield every path that a comment or nothing at all took the value from, and the problem."""
    for path, part in parts:
        leaf = value_of(part)
        if not path or not isinstance(leaf, Leaf):
            continue
        if leaf.value is None and not leaf.written and not _may_be_empty(path, model):
            if found := _SWALLOWED.match(lines[leaf.span.line], leaf.span.column):
                yield path, _swallowed(path, leaf, found)
            elif isinstance(path[-1], str) and path[-1] in fields_at(model, path[:-1]):
                yield path, _nothing(path, leaf)
        elif isinstance(leaf.value, str | int | float) and is_plain(leaf, lines):
            yield from _cut(path, leaf, lines)


def _may_be_empty(path: KeyPath, model: type[BaseModel]) -> bool:
    field = fields_at(model, path[:-1]).get(str(path[-1]))
    return field is not None and NothingBeneath in field.metadata


def _swallowed(path: KeyPath, leaf: Leaf, found: re.Match[str]) -> Problem:
    place = in_line(leaf.span.line, found.start(1), found.end(1))
    where = f"under `{path[-1]}`" if isinstance(path[-1], str) else "behind the dash"
    message, better = f"`#` begins a comment, so nothing is written {where}", quoted(found[1].strip("'\""))
    remedy = f"Put it in quotation marks: `{better}`."
    return Problem("commented-out", message, place, remedy, Edit(place, better))


def _nothing(path: KeyPath, leaf: Leaf) -> Problem:
    message = f"nothing is written under `{path[-1]}`"
    return Problem("empty", message, leaf.span, "Write it behind the colon, or delete the line.")


def _cut(path: KeyPath, leaf: Leaf, lines: Sequence[str]) -> Iterator[tuple[KeyPath, Problem]]:
    span = leaf.span
    if found := _CUT.match(lines[span.line], span.end_column):
        place = in_line(span.line, span.column, found.end(1))
        better = quoted(lines[span.line][span.column : found.end(1)])
        message = f"`#` begins a comment, so `#{found[1]}` is no part of the text"
        remedy = f"Put the text in quotation marks: `{better}`; if it is a comment, write a space behind `#`."
        yield path, Problem("commented-out", message, place, remedy, Edit(place, better))
