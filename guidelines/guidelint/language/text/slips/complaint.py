"""What the parser complained of, with the text around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.slips.line import Line, line_of
from guidelint.language.text.span import Span, in_line, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

_FAR = 400
"""Lines above the parser's place that are looked at."""


@dataclass(frozen=True)
class Complaint:
    """The place where the parser gave up; it is rarely the place of the slip."""

    text: str
    line: int
    column: int
    begun: int
    """Line in which begins what the parser was reading."""
    said: str
    """The parser's own words."""
    lines: list[str] = field(repr=False, default_factory=list[str])

    @classmethod
    def of(cls, error: yaml.MarkedYAMLError, text: str) -> Complaint:
        """Take the places out of the parser's error."""
        lines = lines_of(text)
        mark, begun = error.problem_mark or error.context_mark, error.context_mark
        line = min(mark.line, len(lines) - 1) if mark else 0
        return cls(
            text, line, mark.column if mark else 0, min(begun.line, line) if begun else line, str(error.problem), lines
        )

    @cached_property
    def near(self) -> tuple[Line, ...]:
        """Lines in which the slip may be, the likeliest first: the parser's own, the one above, where it began."""
        above = next((at for at in range(self.line - 1, -1, -1) if self._written(at)), self.line)
        first = max(self.begun, self.line - _FAR)
        order = dict.fromkeys([self.line, above, self.begun, *range(self.line - 1, first - 1, -1)])
        return tuple(line_of(self.lines[at], at) for at in order if self._written(at))

    def above(self, number: int) -> Iterator[Line]:
        """Written lines above a line, from near to far."""
        for at in range(number - 1, max(-1, number - _FAR), -1):
            if self._written(at):
                yield line_of(self.lines[at], at)

    def below(self, number: int) -> Iterator[Line]:
        """Written lines below a line."""
        for at in range(number + 1, min(len(self.lines), number + _FAR)):
            if self._written(at):
                yield line_of(self.lines[at], at)

    def _written(self, at: int) -> bool:
        return bool(re.match(r"\s*[^\s#]", self.lines[at]))


def slip(message: str, remedy: str, edit: Edit, place: Span | None = None) -> Problem:
    """Word a slip that an edit mends."""
    return Problem("not-yaml", message, place or _marked(edit.span), remedy, edit)


def rewritten(line: Line, new: str, start: int = 0) -> Edit:
    """Write a line anew, from a column on."""
    return Edit(in_line(line.number, start, len(line.text)), new)


def _marked(span: Span) -> Span:
    """At least one letter of a place can be seen."""
    empty = (span.line, span.column) == (span.end_line, span.end_column)
    return Span(span.line, span.column, span.line, span.column + 1) if empty else span
