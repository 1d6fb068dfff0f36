"""Places in a text, and its lines as the YAML reader counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text; lines and columns count from 0, the end is not part of it."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(0, 0, 0, 0)


def lines_of(text: str) -> list[str]:
    """Lines without their breaks; YAML knows more breaks than most editors do."""
    return _LINE_BREAK.split(text.removeprefix("\ufeff"))


def in_line(line: int, start: int, end: int) -> Span:
    """Place within one line."""
    return Span(line, start, line, max(end, start))


def replaced(text: str, span: Span, new: str) -> str:
    """Put other words in a place."""
    text = text.removeprefix("\ufeff")
    starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
    start, end = starts[span.line] + span.column, starts[span.end_line] + span.end_column
    return text[:start] + new + text[end:]
