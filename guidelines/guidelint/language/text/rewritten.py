"""A list, or names with something beneath, written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.span import Span
from guidelint.language.text.tree import Branch, Row

if TYPE_CHECKING:
    from guidelint.language.text.tree import Node


def rewritten(node: Row | Branch, message: str, new: str, remedy: str = "") -> Problem:
    """Write a list or names anew, up to where their last part ends."""
    last: Node = node
    while isinstance(last, Row | Branch) and not last.in_brackets:
        inner = last.items if isinstance(last, Row) else [entry.value for entry in last.entries.values()]
        last = inner[-1]
    span = Span(node.span.line, node.span.column, last.span.end_line, last.span.end_column)
    return Problem("wrong-type", message, node.span, remedy or f"Write `{new}`.", Edit(span, new))
