"""Workflow commands that GitHub shows as annotations of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.text_point import Point, Span
from guidelint.checking.place import Place
from guidelint.cli.render.formats.github import COMMANDS, command_line

if TYPE_CHECKING:
    from guidelint.cli.render.of_guidelines.linted import Linted
    from guidelint.language.text.problem import Problem


def page(linted: Linted, *, colour: bool) -> str:  # noqa: ARG001 - GitHub colours by the command
    """Write lines such as ``::warning file=lesions.yaml,line=10,col=1,title=empty-section::…``."""
    return "".join(_line(file, problem) for file, problem in linted.every)


def _line(file: str, problem: Problem) -> str:
    start = Point(line=problem.line, column=problem.column)
    return command_line(COMMANDS[problem.level], Place(file, Span(start, start)), problem.code, problem.said)
