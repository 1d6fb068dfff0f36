"""Problems as plain JSON values, under names that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.plain.head import FORMAT
from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from guidelint.cli.render.formats.record_json import Json
    from guidelint.cli.render.of_guidelines.linted import Linted
    from guidelint.language.text.problem import Problem


def head() -> Json:
    """Say by what was read."""
    return {"format": FORMAT, "engine": engine_version()}


def problem_json(problem: Problem) -> Json:
    """Give a problem; what to do is left out where nothing is advised."""
    return {
        "code": problem.code,
        "level": problem.level,
        "message": problem.message,
        **({"do": problem.help} if problem.help else {}),
        "line": problem.line,
        "column": problem.column,
        "end_line": problem.end_line,
        "end_column": problem.end_column,
    }


def statistics(linted: Linted) -> Json:
    """Count what was found."""
    levels = {str(level): count for level, count in linted.levels.items()}
    return {**linted.numbers, "unread": list(linted.unread), **levels}
