"""Problems as text for people: place, excerpt, caret, reason, remedy."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from guidelint.language.text.problem import readable
from guidelint.language.text.span import lines_of

if TYPE_CHECKING:
    from guidelint.language.text.problem import GuidelineProblems, Problem

WIDTH = 100
"""Columns of an excerpt; a longer line is cut around the place."""
SHOWN = 50
"""Problems that are shown; the rest is counted."""


def report(found: GuidelineProblems) -> str:
    """Show every problem with its place in the text, and what to do about it."""
    lines = lines_of(found.text)
    shown = [_block(problem, lines, found.filename) for problem in found.problems[:SHOWN]]
    return "\n".join([*shown, _summary(found)]) + "\n"


def _block(problem: Problem, lines: list[str], filename: str) -> str:
    number = str(problem.line)
    margin = " " * len(number)
    level = "" if problem.level == "error" else f"{problem.level}: "
    head = f"{filename}:{problem.line}:{problem.column}: {level}{problem.code}: {problem.message}"
    excerpt = _excerpt(problem, lines)
    body = [f"{margin} |", f"{number} | {excerpt[0]}", f"{margin} | {excerpt[1]}"] if excerpt else []
    return "\n".join([head, *body, *([f"{margin} = {problem.help}"] if problem.help else []), ""])


def _summary(found: GuidelineProblems) -> str:
    more = f", the first {SHOWN} are shown" if len(found.problems) > SHOWN else ""
    example = found.problems[0].code
    return f"{_capital(found.count)}{more}. `guidelint explain {example}` says more about `{example}`."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _excerpt(problem: Problem, lines: list[str]) -> tuple[str, str] | None:
    span = problem.span
    if span.line >= len(lines):
        return None
    line = lines[span.line]
    start = min(span.column, len(line))
    end = len(line.rstrip()) if span.end_line > span.line else min(span.end_column, len(line))
    line, start, end = _cut(line, start, max(end, start + 1))
    pad, marked = sum(map(_width, line[:start])), sum(map(_width, line[start:end]))
    return "".join(map(_drawn, line)).rstrip(), " " * pad + "^" * max(marked, 1)


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """Cut a long line to a window around the place."""
    if len(line) <= WIDTH:
        return line, start, end
    left = max(0, min(start - WIDTH // 3, len(line) - WIDTH))
    window = line[left : left + WIDTH]
    if left:
        window = "…" + window[1:]
    if left + WIDTH < len(line):
        window = window[:-1] + "…"
    return window, start - left, min(end - left, WIDTH)


def _drawn(char: str) -> str:
    return " " if char == "\t" else readable(char)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else len(_drawn(char))
