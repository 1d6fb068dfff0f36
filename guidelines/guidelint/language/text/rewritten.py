"""A list, or names with something beneath, written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.span import Span
from guidelint.language.text.tree import last_span

if TYPE_CHECKING:
    from guidelint.language.text.tree import Branch, Row


def rewritten(node: Row | Branch, message: str, new: str, remedy: str = "") -> Problem:
    """Write a list or names anew, up to where their last part ends."""
    last = last_span(node)
    span = Span(node.span.line, node.span.column, last.end_line, last.end_column)
    return Problem("wrong-type", message, node.span, remedy or f"Write `{new}`.", Edit(span, new))
