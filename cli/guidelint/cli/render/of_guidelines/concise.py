"""One line per problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.of_guidelines.totals import totals
from guidelint.cli.render.terminal.ink import COLUMN_STYLES, Ink
from guidelint.cli.render.terminal.visible import visible

if TYPE_CHECKING:
    from guidelint.cli.render.of_guidelines.linted import Linted
    from guidelint.language.text.problem import Problem


def page(linted: Linted, *, colour: bool) -> str:
    """Write lines such as ``lesions.yaml:10:1: warning empty-section: …``, and the totals."""
    ink = Ink(colour)
    lines = [f"{visible(file)}:{_told(problem, ink)}\n" for file, problem in linted.every]
    return "".join([*lines, "" if linted.quiet else totals(linted)])


def _told(problem: Problem, ink: Ink) -> str:
    label = f"{ink(problem.level, COLUMN_STYLES[problem.level])} {ink(problem.code, 'bold')}"
    return f"{problem.line}:{problem.column}: {label}: {visible(problem.message)}"
